import { useState } from 'react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { isRao, rao } from '../../../shared/units/amounts.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { useForAccount } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import type { NameFlag } from '../../format/hostile-text.ts'
import { AMOUNT_WORDS, readAmount } from '../../format/read-amount.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { needsLimit, useLimitDraft } from '../../trade/use-limit-draft.ts'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Amount, alphaOf, TAO, UnitMark } from '../../ui/amount.tsx'
import { AmountField } from '../../ui/amount-field.tsx'
import { LimitChoice } from '../../ui/limit-choice.tsx'
import { NameFlags } from '../../ui/name-flags.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { PartialChoice } from '../../ui/partial-choice.tsx'
import { Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { TradeDrawer } from '../../ui/trade-drawer.tsx'
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
/** 0.1 TAO: enough for any minimum, too little to move a price by half. */
const PROBE = 100_000_000n
const PROBE_PPM = 500_000

/** What may be staked: free, less the smallest balance and the network fee. */
function availableOf(free: bigint | undefined, existentialDeposit: bigint, txFee: bigint): bigint | undefined {
  if (free === undefined) return undefined
  const left = free - existentialDeposit - txFee
  return left > 0n ? left : 0n
}

function useDrawerData({ subnet, free }: StakeDrawerProps) {
  const draft = useStakeDraft()
  const chain = useChain()
  const limits = useLimitDraft()
  const [partial, setPartial] = useState(false)
  const forAccount = useForAccount()
  const validators = useQuestion('subnets.validators', { netuid: subnet.netuid }, { freshForMs: MINUTES_1 })
  const list = validators.state === 'ready' ? validators.value : []
  const hotkey = list.find((entry) => entry.hotkey === draft.hotkeys[subnet.netuid]) ?? list[0]
  const ask = (chosen: Ss58, amount: bigint) =>
    ({ kind: 'add', netuid: subnet.netuid, hotkey: chosen, amount: rao(amount) }) as const
  // A small quote tells the network fee, which hardly depends on the amount; without it Max could not be exact.
  const probe = useQuestion(
    'staking.planMoves',
    hotkey && { moves: [ask(hotkey.hotkey, PROBE)], tolerancePpm: PROBE_PPM, ...forAccount },
    { freshForMs: MINUTES_1 },
  )
  const txFee = probe.state === 'ready' ? probe.value.txFee : FEE_ROOM
  const available = availableOf(free, chain.status?.facts?.existentialDeposit ?? 0n, txFee)
  const read = readAmount(draft.text, draft.unit, available)
  const amount = read.ok && isRao(read.value) && read.value > 0n ? read.value : undefined
  const { limit, tolerancePpm } = limits
  const bounds = { ...(limit === undefined ? {} : { limitPrice: limit }), ...(partial ? { allowPartial: true } : {}) }
  const quote = useQuote(
    'staking.planMoves',
    hotkey && amount !== undefined && !limits.lacks
      ? { moves: [{ ...ask(hotkey.hotkey, amount), ...bounds }], tolerancePpm, ...forAccount }
      : undefined,
  )
  const wrong = !read.ok && read.error !== 'empty' ? AMOUNT_WORDS[read.error] : undefined
  return { draft, limits, partial, setPartial, validators, list, hotkey, available, read, wrong, quote }
}

/** TAO into stake: how much, with whom, and how bad the price may get. */
export function StakeDrawer(props: StakeDrawerProps) {
  const { subnet, flags, onClose } = props
  const { draft, limits, partial, setPartial, validators, list, hotkey, available, read, wrong, quote } =
    useDrawerData(props)
  const review = useMovesReview(quote, { wrong, lacks: limits.lacks }, () => {
    draft.draftSent()
    onClose()
  })
  const { acted } = review
  return (
    <TradeDrawer
      title={
        <>
          Stake to <SubnetName inline netuid={subnet.netuid} name={subnet.name} symbol={subnet.symbol} />
        </>
      }
      off={review.off}
      onReview={review.onReview}
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
          if (available === undefined) return
          draft.userPickedUnit('whole')
          draft.userTypedAmount(formatUnits((available * BigInt(percent)) / 100n))
        }}
        available={<Amount value={available} unit={TAO} />}
        wrong={wrong}
        code={read.ok || read.error !== 'above-available' ? undefined : 'stake/balance-too-low'}
      />
      <MovesQuoteView single quote={quote} review={review} />
      {subnet.netuid === 0 ? (
        <p className="soft small">Root has no pool: one TAO is one alpha, always.</p>
      ) : (
        <>
          <LimitChoice
            kind="buy"
            draft={limits}
            limitPrice={review.plan?.steps[0]?.limitPrice}
            needed={needsLimit(quote)}
          />
          <PartialChoice partial={partial} onPick={setPartial} />
        </>
      )}
    </TradeDrawer>
  )
}
