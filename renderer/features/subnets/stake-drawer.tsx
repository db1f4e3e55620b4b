import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import type { AddStakePlan } from '../../../shared/staking/plan-add-stake.ts'
import { isRao, rao } from '../../../shared/units/amounts.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useActedPlan, useForAccount, whyNotActed } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import type { NameFlag } from '../../format/hostile-text.ts'
import { writeDifference } from '../../format/percent.ts'
import { AMOUNT_WORDS, readAmount } from '../../format/read-amount.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Amount, alphaOf, TAO, UnitMark } from '../../ui/amount.tsx'
import { AmountField } from '../../ui/amount-field.tsx'
import { NameFlags } from '../../ui/name-flags.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { PriceLimit, TradeDrawer, whyNoReview, YouReceive } from '../../ui/trade-drawer.tsx'
import { ValidatorChoice } from '../../ui/validator-choice.tsx'
import { useStakeDraft } from './stake-draft.store.ts'

export interface StakeDrawerProps {
  readonly subnet: SubnetView
  /** What is odd about its name; said again here, where the decision is made. */
  readonly flags: readonly NameFlag[]
  readonly free: bigint | undefined
  readonly onClose: () => void
}

/** Kept back from Max while the exact fee is not yet known: 0.01 TAO. */
const FEE_ROOM = 10_000_000n
const MINUTES_1 = 60_000

/** What may be staked: free, less the smallest balance and the network fee. */
function availableOf(free: bigint | undefined, existentialDeposit: bigint, txFee: bigint): bigint {
  const left = (free ?? 0n) - existentialDeposit - txFee
  return left > 0n ? left : 0n
}

function useDrawerData({ subnet, free }: StakeDrawerProps) {
  const draft = useStakeDraft()
  const chain = useChain()
  const forAccount = useForAccount()
  const settings = valueIn(useSubscription('settings.watch'))
  const validators = useQuestion('subnets.validators', { netuid: subnet.netuid }, { freshForMs: MINUTES_1 })
  const list = validators.state === 'ready' ? validators.value : []
  const hotkey = list.find((entry) => entry.hotkey === draft.hotkeys[subnet.netuid]) ?? list[0]
  const tolerancePpm = draft.tolerancePpm ?? settings?.tolerancePpm ?? 5_000
  // A small quote tells the network fee, which hardly depends on the amount; without it Max could not be exact.
  const probe = useQuestion(
    'staking.planAdd',
    hotkey
      ? {
          netuid: subnet.netuid,
          hotkey: hotkey.hotkey,
          amount: rao(100_000_000n),
          tolerancePpm: 500_000,
          ...forAccount,
        }
      : undefined,
    { freshForMs: MINUTES_1 },
  )
  const txFee = probe.state === 'ready' ? probe.value.txFee : FEE_ROOM
  const available = availableOf(free, chain.status?.facts?.existentialDeposit ?? 0n, txFee)
  const read = readAmount(draft.text, draft.unit, available)
  const amount = read.ok && isRao(read.value) && read.value > 0n ? read.value : undefined
  const quote = useQuote(
    'staking.planAdd',
    hotkey && amount !== undefined
      ? { netuid: subnet.netuid, hotkey: hotkey.hotkey, amount, tolerancePpm, ...forAccount }
      : undefined,
  )
  return { draft, chain, validators, list, hotkey, tolerancePpm, available, read, quote }
}

export function StakeDrawer(props: StakeDrawerProps) {
  const { subnet, flags, onClose } = props
  const { review } = useAppActions()
  const { draft, chain, validators, list, hotkey, tolerancePpm, available, read, quote } = useDrawerData(props)
  const wrong = !read.ok && read.error !== 'empty' ? AMOUNT_WORDS[read.error] : undefined
  const plan = quote.state === 'ready' ? quote.value : undefined
  const acted = useActedPlan(plan)
  const off = whyNoReview({ stale: chain.stale, wrong, quote: quote.state }) ?? whyNotActed(acted)
  const send = () => {
    if (!acted.plan) return
    review(acted.plan, () => {
      draft.draftSent()
      onClose()
    })
  }
  return (
    <TradeDrawer
      title={
        <>
          Stake to <SubnetName inline netuid={subnet.netuid} name={subnet.name} symbol={subnet.symbol} />
        </>
      }
      off={off}
      onReview={send}
      onClose={onClose}
    >
      {acted.account && <ActingForPlan {...acted} account={acted.account} narrow />}
      {flags.length > 0 && (
        <div className="row chips wrap">
          <NameFlags flags={flags} />
        </div>
      )}
      {validators.state === 'loading' && <Loading awaits="its validators" rows={2} />}
      {validators.state === 'failed' && <ErrorNote error={validators.error} />}
      {validators.state === 'ready' && list.length === 0 && (
        <Note kind="warn" title="Nobody to stake with.">
          <p>This subnet has no hotkey that takes stake.</p>
        </Note>
      )}
      {hotkey && (
        <ValidatorChoice
          validators={list}
          hotkey={hotkey.hotkey}
          unit={alphaOf(subnet.netuid, subnet.symbol)}
          onPick={(picked) => draft.userPickedHotkey(subnet.netuid, picked)}
        />
      )}
      {!subnet.started && subnet.netuid !== 0 && (
        <Note kind="warn" title="Not started.">
          <p>The owner has not started this token. The chain refuses stake until then.</p>
        </Note>
      )}
      <AmountField
        label="TAO to stake"
        text={draft.text}
        unit={draft.unit}
        unitName={<UnitMark unit={TAO} />}
        onType={draft.userTypedAmount}
        onUnit={draft.userPickedUnit}
        onPart={(percent) => {
          draft.userPickedUnit('whole')
          draft.userTypedAmount(formatUnits((available * BigInt(percent)) / 100n))
        }}
        available={<Amount value={props.free === undefined ? undefined : available} unit={TAO} />}
        wrong={wrong}
        code={read.ok || read.error !== 'above-available' ? undefined : 'stake/balance-too-low'}
      />
      {quote.state === 'loading' && <Loading awaits="a quote of the chain" rows={2} />}
      {quote.state === 'failed' && <ErrorNote error={quote.error} />}
      {plan && <AddQuote plan={plan} subnet={subnet} />}
      {subnet.netuid === 0 ? (
        <p className="soft small">Root has no pool: one TAO is one alpha, always.</p>
      ) : (
        <PriceLimit
          refuses="above"
          limitPrice={plan?.limitPrice}
          tolerancePpm={tolerancePpm}
          onPick={draft.userPickedTolerance}
        />
      )}
    </TradeDrawer>
  )
}

function AddQuote({ plan, subnet }: { readonly plan: AddStakePlan; readonly subnet: SubnetView }) {
  const token = alphaOf(subnet.netuid, subnet.symbol)
  return (
    <>
      <YouReceive
        atBlock={plan.atBlock}
        best={plan.bestAlpha}
        expected={plan.expectedAlpha}
        worst={plan.worstAlpha}
        unit={token}
      />
      <dl className="kv">
        <dt>Price impact of this amount</dt>
        <dd>{writeDifference(plan.expectedAlpha, plan.bestAlpha) ?? 'unknown'}</dd>
        <dt>Swap fee, inside the amount</dt>
        <dd>
          <Amount value={plan.poolFee} unit={TAO} />
        </dd>
        <dt>Network fee</dt>
        <dd>
          <Amount value={plan.txFee} unit={TAO} />
        </dd>
        <dt>Free afterwards</dt>
        <dd>
          <Amount value={plan.freeAfter} unit={TAO} />
        </dd>
      </dl>
    </>
  )
}
