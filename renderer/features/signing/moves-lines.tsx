import type { StakeMovesPlan } from '../../../shared/staking/stake-move.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { planSentence } from '../../format/move-words.ts'
import { MoveSteps, MoveTotals, SkippedList } from '../../ui/move-steps.tsx'
import { PlanDoubts } from '../../ui/plan-doubts.tsx'

/** Moves of stake in words: every step with its bound, and what all of them cost. */
export function MovesLines({ plan }: { readonly plan: StakeMovesPlan }) {
  const names = useDirectory()
  return (
    <>
      {plan.doubts.length > 0 && (
        <>
          <dt>Doubt</dt>
          <dd>
            <PlanDoubts doubts={plan.doubts} names={names} agreed />
          </dd>
        </>
      )}
      <dt>What it does</dt>
      <dd>{planSentence(plan)}</dd>
      <dt>{plan.steps.length === 1 ? 'Move' : `${plan.steps.length} moves`}</dt>
      <dd>
        <MoveSteps plan={plan} names={names} />
      </dd>
      <dt>Costs</dt>
      <dd>
        <MoveTotals plan={plan} names={names} />
        {plan.rootHoldBlocks !== undefined && (
          <p className="small soft">
            On this chain stake on root may leave {plan.rootHoldBlocks} blocks after it came. Before that the chain
            refuses it, and the fee is lost.
          </p>
        )}
      </dd>
      {plan.skipped.length > 0 && (
        <>
          <dt>Not moved</dt>
          <dd>
            <SkippedList skipped={plan.skipped} names={names} />
          </dd>
        </>
      )}
    </>
  )
}
