import type { ReactNode } from 'react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { marketValue } from '../../../shared/subnets/market.ts'
import { nextEpochAfter } from '../../../shared/subnets/next-epoch.ts'
import { ageOfBlock } from '../../bridge/age-of-block.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { nameFlags } from '../../format/hostile-text.ts'
import { sharesOf, writeTenths } from '../../format/percent.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDays } from '../../format/time.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { NameFlags } from '../../ui/name-flags.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { ExitTable } from './exit-table.tsx'
import { HistoryPart } from './history-part.tsx'
import { Change, FavouriteMark, tradedSince } from './market-cells.tsx'
import { StatementPart } from './statement-part.tsx'
import { type Before, useBefore, useFavourites } from './use-market.ts'

/** Everything about one subnet. */
export function SubnetDetailView({ netuid }: { readonly netuid: number }) {
  const chain = useChain()
  const answer = useFresh('subnets.watch', chain.stale)
  const favourites = useFavourites()
  const all = answer.state === 'ready' ? answer.value.subnets : []
  const subnet = all.find((one) => one.netuid === netuid)
  const stale = answer.state === 'ready' && answer.stale
  const block = answer.state === 'ready' ? answer.value.block : undefined
  return (
    <>
      <Head
        title={
          subnet ? (
            <SubnetName inline netuid={subnet.netuid} name={subnet.name} symbol={subnet.symbol} />
          ) : (
            `Subnet ${netuid}`
          )
        }
        age={<Age block={block} ageMs={ageOfBlock(chain, block)} stale={stale} />}
      >
        {subnet && (
          <>
            <FavouriteMark subnet={subnet} favourites={favourites} reachable />
            <a className="btn" href={hrefOf({ view: 'validators', netuid })}>
              Validators
            </a>
            {netuid !== 0 && (
              <a className="btn" href={hrefOf({ view: 'orders', netuid })}>
                Limit order
              </a>
            )}
            <a className="btn" href={hrefOf({ view: 'subnets', stakeTo: netuid })}>
              Stake
            </a>
          </>
        )}
      </Head>
      {answer.state === 'loading' && <Loading awaits="the list of subnets" rows={8} />}
      {answer.state === 'failed' && <Failed error={answer.error} />}
      {answer.state === 'ready' && answer.error && (
        <div className="pad">
          <ErrorNote error={answer.error} />
        </div>
      )}
      {answer.state === 'ready' && !subnet && (
        <Empty title="There is no such subnet">
          <p className="soft">Netuid {netuid} is free, or its subnet was removed.</p>
          <a className="btn" href={hrefOf({ view: 'subnets' })}>
            Look at the subnets
          </a>
        </Empty>
      )}
      {subnet && (
        <>
          <Facts subnet={subnet} all={all} stale={stale} />
          <ExitTable netuid={subnet.netuid} symbol={subnet.symbol} />
          <HistoryPart netuid={subnet.netuid} born={subnet.registeredAtBlock} />
          <StatementPart netuid={subnet.netuid} />
        </>
      )}
    </>
  )
}

interface FactsProps {
  readonly subnet: SubnetView
  readonly all: readonly SubnetView[]
  readonly stale: boolean
}

function Facts({ subnet, all, stale }: FactsProps) {
  const before = useBefore()
  const flags = nameFlags(all).get(subnet.netuid) ?? []
  return (
    <div className={stale ? 'pad grid gap-4 stale' : 'pad grid gap-4'}>
      <div className="row chips wrap">
        {subnet.netuid !== 0 && <StateChips subnet={subnet} />}
        <NameFlags flags={flags} />
      </div>
      <div className="fact-columns">
        <Market subnet={subnet} before={before} />
        <Issue subnet={subnet} all={all} />
      </div>
      <div>
        <div className="lbl">Owner</div>
        <FullAddress address={subnet.ownerColdkey} />
      </div>
    </div>
  )
}

function StateChips({ subnet }: { readonly subnet: SubnetView }) {
  return (
    <>
      {subnet.started ? <Chip kind="good">started</Chip> : <Chip kind="dashed">not started</Chip>}
      {subnet.registrationOpen ? <Chip>places are sold</Chip> : <Chip kind="dashed">no places are sold</Chip>}
    </>
  )
}

const Fact = ({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) => (
  <div className="contents">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Market({ subnet, before }: { readonly subnet: SubnetView; readonly before: Before }) {
  const token = alphaOf(subnet.netuid, subnet.symbol)
  const now = useNow(60_000)
  const span = before.since === undefined ? '' : ` in ${writeDays(now - before.since.atMs)}`
  return (
    <dl className="kv">
      <Fact name="Price">
        <Amount value={subnet.price} unit={TAO} why="The chain gave no price" />
        <Fiat value={subnet.price} said />
      </Fact>
      {subnet.netuid !== 0 && (
        <>
          <Fact name={`Change${span}`}>
            <Change subnet={subnet} before={before} />
          </Fact>
          <Fact name="Slow price, by which emission is shared">
            <Amount value={subnet.movingPrice} unit={TAO} />
          </Fact>
          <Fact name="Market value: all alpha × price">
            <Amount value={marketValue(subnet)} unit={TAO} why="The chain gave no price" />
            <Fiat value={marketValue(subnet)} said />
          </Fact>
          <Fact name={`Traded${span}`}>
            <Amount value={tradedSince(subnet, before)} unit={TAO} why="This app has not recorded long enough" />
          </Fact>
          <Fact name="Traded since the start">
            <Amount value={subnet.volume} unit={TAO} />
          </Fact>
          <Fact name="TAO in the pool">
            <Amount value={subnet.taoReserve} unit={TAO} />
          </Fact>
          <Fact name="Alpha in the pool">
            <Amount value={subnet.alphaReserve} unit={token} />
          </Fact>
        </>
      )}
      <Fact name={subnet.netuid === 0 ? 'Staked' : 'Alpha outside the pool'}>
        <Amount value={subnet.alphaOutside} unit={token} />
      </Fact>
    </dl>
  )
}

function Issue({ subnet, all }: { readonly subnet: SubnetView; readonly all: readonly SubnetView[] }) {
  const { blockMs, block } = useChain()
  const emitted = all.filter(({ netuid }) => netuid !== 0)
  const place = emitted.findIndex(({ netuid }) => netuid === subnet.netuid)
  const share = sharesOf(emitted.map(({ taoPerBlock }) => taoPerBlock))[place]
  const age = block === undefined ? undefined : Math.max(0, block - subnet.registeredAtBlock)
  const said = subnet.nextEpochBlock
  const next = said === undefined || block === undefined ? said : nextEpochAfter(said, subnet.tempo, block)
  return (
    <dl className="kv">
      {subnet.netuid !== 0 && (
        <>
          <Fact name="Share of all TAO put into pools">{writeTenths(share ?? 0)}</Fact>
          <Fact name="TAO into its pool, each block">
            <Amount value={subnet.taoPerBlock} unit={TAO} />
          </Fact>
          <Fact name="Alpha to people, each block">
            <Amount value={subnet.alphaPerBlock} unit={alphaOf(subnet.netuid, subnet.symbol)} />
          </Fact>
          <Fact name="A place costs">
            <Amount value={subnet.registrationPrice} unit={TAO} />
          </Fact>
        </>
      )}
      <Fact name="Places taken">
        <Num value={subnet.placesTaken} /> of <Num value={subnet.places} />
      </Fact>
      <Fact name="Age">
        {age === undefined ? 'unknown' : `about ${writeDays(age * blockMs)}`}, since block{' '}
        <Num value={subnet.registeredAtBlock} />
      </Fact>
      <Fact name="Blocks between epochs">
        <Num value={subnet.tempo} />
      </Fact>
      {next !== undefined && (
        <Fact name="Next epoch at block">
          <Num value={next} />
        </Fact>
      )}
    </dl>
  )
}
