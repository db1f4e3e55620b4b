import { useState } from 'react'
import { type ManyPlan, MOST_PLACES } from '../../../shared/registration/plan-many.ts'
import { isNetuid, isSs58Shape } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSettled } from '../../bridge/use-quote.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading } from '../../ui/states.tsx'
import { Tolerance } from '../../ui/tolerance.tsx'
import { ExpectsLoss } from './pay-for-place.tsx'
import { PlaceLists } from './place-lists.tsx'
import { useSeveralDraft } from './several.store.ts'
import { SeveralConfirm } from './several-confirm.tsx'
import { SeveralHotkeys } from './several-hotkeys.tsx'
import { SeveralPlan, SeveralWords } from './several-plan.tsx'

/** Places for several hotkeys at once: one choice, one plan, one agreement, and how far each is. */
export function SeveralView() {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const names = new Map((wallet?.hotkeys ?? []).map(({ address, name }) => [address as string, name]))
  return (
    <>
      <Head title="Several hotkeys">
        <a className="btn" href={hrefOf({ view: 'mine' })}>
          Back to Mine
        </a>
      </Head>
      <PlaceLists names={names} />
      <div className="mine-two">
        <Choice wallet={wallet} />
        <Paying wallet={wallet} names={names} />
      </div>
    </>
  )
}

type Wallet = Parameters<typeof SeveralHotkeys>[0]['wallet']

function Choice({ wallet }: { readonly wallet: Wallet }) {
  const { netuid, userPickedSubnet } = useSeveralDraft()
  const subnets = [...useDirectory().values()].filter((one) => one.netuid !== 0)
  const options = useQuestion('mining.options', {}, { everyMs: 15_000 })
  const mine = options.state === 'ready' ? (options.value.find((one) => one.netuid === netuid)?.mine ?? []) : []
  return (
    <div className="pad grid content-start gap-6">
      <Select
        label="Subnet"
        value={netuid === undefined ? '' : String(netuid)}
        onPick={(value) => userPickedSubnet(Number(value))}
        choices={[
          { value: '', text: 'Choose a subnet', off: netuid !== undefined },
          ...subnets.map((one) => ({
            value: String(one.netuid),
            text: `${one.netuid} ${cleanName(one.name ?? '') || 'no name'}`,
          })),
        ]}
      />
      <SeveralHotkeys wallet={wallet} uids={new Map(mine.map(({ hotkey, uid }) => [hotkey as string, uid]))} />
    </div>
  )
}

/** Each costs requests, so a longer plan is asked for less often. */
const eachMs = (blockMs: number, count: number) => Math.max(4_000, blockMs * 2, count * 2_000)

function useManyQuote(wallet: Wallet) {
  const { blockMs } = useChain()
  const draft = useSeveralDraft()
  const { netuid, tolerancePpm } = draft
  const own = new Set<string>(wallet?.hotkeys.map(({ address }) => address))
  const hotkeys = draft.hotkeys.filter(isSs58Shape).filter((one) => own.has(one))
  const input =
    isNetuid(netuid) && hotkeys.length > 0 && hotkeys.length <= MOST_PLACES
      ? { netuid, hotkeys, tolerancePpm }
      : undefined
  const settled = useSettled(input, JSON.stringify([input, wallet?.address]))
  const answer = useQuestion('registration.planMany', settled, {
    freshForMs: blockMs,
    everyMs: eachMs(blockMs, hotkeys.length),
  })
  return { input, quote: input && (settled ? answer : ({ state: 'loading' } as const)) }
}

function Paying({ wallet, names }: { readonly wallet: Wallet; readonly names: ReadonlyMap<string, string> }) {
  const { netuid, tolerancePpm, userPickedTolerance, begun } = useSeveralDraft()
  const chain = useChain()
  const { account } = useActing()
  const { quote } = useManyQuote(wallet)
  const [expectsLoss, setExpectsLoss] = useState(false)
  const [agreeing, setAgreeing] = useState<ManyPlan>()
  const plan = quote?.state === 'ready' ? quote.value : undefined
  const off = !isNetuid(netuid)
    ? 'Choose a subnet.'
    : !quote
      ? 'Tick the hotkeys that get a place.'
      : !plan
        ? 'There is no quote.'
        : plan.buys.length === 0
          ? 'All of them have a place there.'
          : wallet?.watchOnly
            ? 'This wallet is only watched: its key is not here.'
            : chain.stale
              ? 'The chain data is old. Signing waits for a new block.'
              : !chain.play && !expectsLoss
                ? 'Tick the line above first.'
                : undefined
  return (
    <div className="pad vrule grid content-start gap-4">
      <h2>What they cost</h2>
      {account && (
        <Note kind="warn" title="They are paid by the wallet itself.">
          <p>Not by the account that is acted for: several at once are registered by their own coldkey only.</p>
        </Note>
      )}
      {!quote && <p className="soft">{off}</p>}
      {quote?.state === 'loading' && <Loading awaits="the price of each place" rows={3} />}
      {quote?.state === 'failed' && <ErrorNote error={quote.error} />}
      {plan && <SeveralPlan plan={plan} names={names} />}
      {plan && <SeveralWords plan={plan} blockMs={chain.blockMs} />}
      <div className="row top">
        <p className="soft small grow">
          Room for a rise of each until its block. One registration of somebody else makes a place 26 % dearer.
        </p>
        <Tolerance label="Room for a rise" ppm={tolerancePpm} onPick={userPickedTolerance} />
      </div>
      {plan && !chain.play && plan.buys.length > 0 && <ExpectsLoss checked={expectsLoss} onChange={setExpectsLoss} />}
      <div className="grid gap-1">
        <Button kind="main" large offBecause={off} onPress={() => setAgreeing(plan)}>
          Register {plan && plan.buys.length > 0 && <MostOf plan={plan} />}
        </Button>
        {quote && <span className="why">{off ?? 'Nothing is bought before you agree to the sum.'}</span>}
      </div>
      {agreeing && wallet && (
        <SeveralConfirm
          plan={agreeing}
          wallet={wallet}
          names={names}
          onBegun={() => {
            setAgreeing(undefined)
            setExpectsLoss(false)
            begun()
          }}
          onClose={() => setAgreeing(undefined)}
        />
      )}
    </div>
  )
}

const MostOf = ({ plan }: { readonly plan: ManyPlan }) => (
  <>
    {plan.buys.length} for at most <Amount value={plan.mostCost} unit={TAO} decimals={3} />
  </>
)
