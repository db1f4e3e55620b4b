import { useState } from 'react'
import type { PortfolioView, SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import type { Target } from '../../../shared/staking/rebalance.ts'
import { isRao, type Netuid, rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { useForAccountOneByOne } from '../../bridge/use-acting.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writePpm } from '../../format/percent.ts'
import { AMOUNT_WORDS, readAmount } from '../../format/read-amount.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { QueueNote, queueAction } from '../../trade/queue-note.tsx'
import { SpotLimit } from '../../trade/spot-limit.tsx'
import { needsLimit } from '../../trade/use-limit-draft.ts'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { useSpotLimit } from '../../trade/use-spot-limit.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TradeDrawer } from '../../ui/trade-drawer.tsx'
import { startShares, type TargetDraft, targetsOf } from './target-drafts.ts'

const MINUTES_1 = 60_000
const textOf = ({ netuid, name }: SubnetView): string => `${netuid} ${cleanName(name) || 'no name'}`

export interface RebalanceDrawerProps {
  readonly portfolio: PortfolioView
  readonly onClose: () => void
}

/** Wanted shares in, the cheapest moves out. */
export function RebalanceDrawer({ portfolio, onClose }: RebalanceDrawerProps) {
  const [drafts, setDrafts] = useState<readonly TargetDraft[]>(() => startShares(portfolio.positions))
  const [free, setFree] = useState('0')
  const spot = useSpotLimit()
  const { tolerancePpm, limitFromSpotPpm } = spot
  const counted = readAmount(free, 'whole', portfolio.free)
  const targets = targetsOf(drafts)
  const freeWrong = counted.ok ? undefined : AMOUNT_WORDS[counted.error]
  const wrong = targets.wrong ?? freeWrong
  const forAccount = useForAccountOneByOne()
  const asked = {
    targets: targets.targets as Target[],
    tolerancePpm,
    ...(limitFromSpotPpm === undefined ? {} : { limitFromSpotPpm }),
    ...forAccount,
  }
  const quote = useQuote(
    'staking.planRebalance',
    (wrong ?? spot.wrong) === undefined && counted.ok && isRao(counted.value)
      ? { ...asked, freeCounted: rao(counted.value) }
      : undefined,
  )
  const needed = spot.typed || needsLimit(quote)
  const review = useMovesReview(quote, { wrong, lacks: spot.wrong && 'Correct the limit first.' }, onClose)
  const { acted } = review
  const change = (netuid: Netuid, by: Partial<TargetDraft>) =>
    setDrafts((all) => all.map((draft) => (draft.netuid === netuid ? { ...draft, ...by } : draft)))
  return (
    <TradeDrawer
      title="Rebalance"
      off={review.off}
      onReview={review.onReview}
      action={queueAction(review)}
      onClose={onClose}
    >
      {acted.account && <ActingForPlan {...acted} account={acted.account} narrow />}
      <p className="soft small">
        Give the share that each subnet shall have, at spot price. A share of 0 leaves the subnet. What is missing to
        100 % becomes free TAO.
      </p>
      {drafts.map((draft) => (
        <TargetRow key={draft.netuid} draft={draft} onChange={(by) => change(draft.netuid, by)} />
      ))}
      <AddTarget
        taken={drafts}
        onAdd={(netuid, hotkey) => setDrafts((all) => [...all, { netuid, hotkey, text: '' }])}
      />
      <Field label="Free TAO that takes part" inputMode="decimal" value={free} onType={setFree} wrong={freeWrong} />
      <p className={targets.wrong ? 'bad small' : 'small soft'} aria-live="polite">
        {targets.wrong ?? `Together ${writePpm(targets.sumPpm)}. The rest is free TAO.`}
      </p>
      <SpotLimit
        title="Limit of each trade"
        side="Each is refused further than this from its price of now."
        draft={spot}
        needed={needed}
      />
      {needed && (
        <p className="soft small">
          Without a simulation no cost can be compared: what is planned are the fewest trades, by the worth at the price
          of now. The shares that come out may differ by what the trades move their prices.
        </p>
      )}
      <MovesQuoteView quote={quote} review={review} />
      <QueueNote review={review} />
    </TradeDrawer>
  )
}

function TargetRow({
  draft,
  onChange,
}: {
  readonly draft: TargetDraft
  readonly onChange: (by: Partial<TargetDraft>) => void
}) {
  const subnet = useDirectory().get(draft.netuid)
  return (
    <Field
      label={`Share of ${subnet ? textOf(subnet) : `netuid ${draft.netuid}`}, %`}
      inputMode="decimal"
      value={draft.text}
      onType={(text) => onChange({ text })}
    />
  )
}

/** A subnet that is not held yet; its stake goes to its largest validator, and can be moved later without a trade. */
function AddTarget({
  taken,
  onAdd,
}: {
  readonly taken: readonly TargetDraft[]
  readonly onAdd: (netuid: Netuid, hotkey: Ss58) => void
}) {
  const [picked, setPicked] = useState<number>()
  const subnets = [...useDirectory().values()].filter(
    (subnet) => (subnet.started || subnet.netuid === 0) && !taken.some((draft) => draft.netuid === subnet.netuid),
  )
  const subnet = subnets.find((entry) => entry.netuid === picked) ?? subnets[0]
  const validators = useQuestion('subnets.validators', subnet && { netuid: subnet.netuid }, { freshForMs: MINUTES_1 })
  const hotkey = validators.state === 'ready' ? validators.value[0]?.hotkey : undefined
  if (!subnet) return null
  return (
    <div className="row">
      <div className="grow">
        <Select
          label="Another subnet"
          value={String(subnet.netuid)}
          choices={subnets.map((entry) => ({ value: String(entry.netuid), text: textOf(entry) }))}
          onPick={(value) => setPicked(Number(value))}
          hint="What comes to it goes to its largest validator; what is there stays with whom it is."
        />
      </div>
      <Button
        offBecause={hotkey ? undefined : 'Nobody there takes stake.'}
        onPress={() => hotkey && onAdd(subnet.netuid, hotkey)}
      >
        Add
      </Button>
    </div>
  )
}
