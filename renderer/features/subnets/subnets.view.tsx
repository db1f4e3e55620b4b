import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { ageOfBlock } from '../../bridge/age-of-block.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useShownPortfolio } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { cleanName, cleanSymbol, nameFlags } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { FiatNote } from '../../ui/fiat.tsx'
import { Field } from '../../ui/field.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { StakeDrawer } from './stake-drawer.tsx'
import { type ColumnSet, SubnetsTable } from './subnets-table.tsx'
import { useBefore, useFavourites } from './use-market.ts'

type Filter = 'all' | 'held' | 'open' | 'favourites'

function matches(subnet: SubnetView, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase('en')
  if (wanted === '') return true
  return (
    String(subnet.netuid) === wanted ||
    cleanName(subnet.name).toLocaleLowerCase('en').includes(wanted) ||
    cleanSymbol(subnet.symbol) === text.trim()
  )
}

const NONE: readonly SubnetView[] = []

export function SubnetsView({ stakeTo }: { readonly stakeTo: number | undefined }) {
  const chain = useChain()
  const answer = useFresh('subnets.watch', chain.stale)
  const portfolio = valueIn(useShownPortfolio())
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const [show, setShow] = useState<ColumnSet>('market')
  const now = useNow(60_000)
  const favourites = useFavourites()
  const before = useBefore()
  const positions = portfolio?.positions
  const held = useMemo(() => new Set((positions ?? []).map((position) => position.netuid as number)), [positions])
  const all = answer.state === 'ready' ? answer.value.subnets : NONE
  const passes: Readonly<Record<Filter, (subnet: SubnetView) => boolean>> = {
    all: () => true,
    held: (subnet) => held.has(subnet.netuid),
    open: (subnet) => subnet.started || subnet.netuid === 0,
    favourites: (subnet) => favourites.all.has(subnet.netuid),
  }
  const shown = all.filter((subnet) => matches(subnet, text) && passes[filter](subnet))
  const chosen = all.find((subnet) => subnet.netuid === stakeTo)
  const stale = answer.state === 'ready' && answer.stale
  const block = answer.state === 'ready' ? answer.value.block : undefined
  return (
    <>
      <Head title="Subnets" age={<Age block={block} ageMs={ageOfBlock(chain, block)} stale={stale} />}>
        {answer.state === 'ready' && (
          <span className="soft" aria-live="polite">
            {shown.length} of {all.length}
          </span>
        )}
      </Head>
      {answer.state === 'loading' && <Loading awaits="the list of subnets" rows={8} />}
      {answer.state === 'failed' && <Failed error={answer.error} />}
      {answer.state === 'ready' && (
        <>
          <div className="pad row tools">
            <div className="grow">
              <Field
                label="Search by netuid, name or symbol"
                hideLabel
                placeholder="Netuid, name or symbol"
                type="search"
                icon={<Search className="ic s" />}
                value={text}
                onType={setText}
              />
            </div>
            <Segments<Filter>
              label="Which subnets"
              value={filter}
              onPick={setFilter}
              choices={[
                { value: 'all', text: 'All' },
                { value: 'held', text: `Held ${held.size}` },
                { value: 'open', text: 'Started' },
                { value: 'favourites', text: `Favourites ${favourites.all.size}` },
              ]}
            />
            <Segments<ColumnSet>
              label="Which columns"
              value={show}
              onPick={setShow}
              choices={[
                { value: 'market', text: 'Market' },
                { value: 'places', text: 'Places' },
              ]}
            />
          </div>
          {answer.error && (
            <div className="pad">
              <ErrorNote error={answer.error} />
            </div>
          )}
          <div className="pad fiat-pad">
            <FiatNote now={now} />
          </div>
          {shown.length === 0 ? (
            <Empty title="No subnet fits">
              <p className="soft">
                {filter === 'held' && held.size === 0
                  ? 'There is no stake yet.'
                  : filter === 'favourites' && favourites.all.size === 0
                    ? 'Nothing is marked yet. The star at the end of a row marks a subnet.'
                    : 'Change the words or the filter.'}
              </p>
            </Empty>
          ) : (
            <SubnetsTable
              subnets={shown}
              all={all}
              held={held}
              favourites={favourites}
              before={before}
              show={show}
              stale={stale}
              selected={stakeTo}
            />
          )}
        </>
      )}
      {chosen && (
        <StakeDrawer
          key={chosen.netuid}
          subnet={chosen}
          flags={nameFlags(all).get(chosen.netuid) ?? []}
          free={portfolio?.free}
          onClose={() => {
            location.hash = hrefOf({ view: 'subnets' })
          }}
        />
      )}
    </>
  )
}
