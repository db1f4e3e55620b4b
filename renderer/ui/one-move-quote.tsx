import { type MoveNote, originOf, type PlannedMove, type StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { MOVE_NOTES } from '../format/move-words.ts'
import { writeDifference, writePpm } from '../format/percent.ts'
import { Amount, alphaOf, TAO, type Unit } from './amount.tsx'
import { MoveTotals, type SubnetNames, unitsOf } from './move-steps.tsx'
import { Note } from './note.tsx'
import { YouReceive } from './trade-drawer.tsx'

export interface OneMoveQuoteProps {
  readonly plan: StakeMovesPlan
  readonly names: SubnetNames
}

const IN_A_BOX: ReadonlySet<MoveNote> = new Set(['leaves-dust', 'only-a-part'])

/** One trade as the chain quotes it: best, expected and worst, what it costs, and what stays. */
export function OneMoveQuote({ plan, names }: OneMoveQuoteProps) {
  const [step] = plan.steps
  if (!step) return null
  const unit = unitsOf(step, names).gets
  const { best, expected, worst, notes } = step
  return (
    <div className="grid gap-4">
      {best === undefined || expected === undefined || worst === undefined ? (
        <Unquoted step={step} unit={unit} />
      ) : (
        <YouReceive
          atBlock={plan.atBlock}
          best={best}
          expected={expected}
          worst={worst}
          unit={unit}
          partial={notes.includes('partial')}
        />
      )}
      {notes.includes('only-a-part') && (
        <Note kind="warn" title="Only a part will be done.">
          <p>{MOVE_NOTES['only-a-part']}</p>
        </Note>
      )}
      <StepCosts step={step} names={names} />
      <MoveTotals plan={plan} names={names} />
      {notes.includes('leaves-dust') && (
        <Note kind="warn" title="What stays is very little.">
          <p>{MOVE_NOTES['leaves-dust']}</p>
        </Note>
      )}
      {notes
        .filter((note) => !IN_A_BOX.has(note) && note !== 'no-quote')
        .map((note) => (
          <p key={note} className="small soft">
            {MOVE_NOTES[note]}
          </p>
        ))}
    </div>
  )
}

/** This chain simulates nothing: what the limit lets through is all that is known. */
function Unquoted({ step, unit }: { readonly step: PlannedMove; readonly unit: Unit }) {
  return (
    <div>
      <h3>You receive</h3>
      <dl className="kv quote">
        <dt>Expected</dt>
        <dd>
          <Amount value={undefined} unit={unit} why="This chain does not simulate swaps" />
        </dd>
        <dt className="strong">At least, if it is done</dt>
        <dd className="strong">
          <Amount value={step.worst} unit={unit} />
        </dd>
      </dl>
    </div>
  )
}

interface StepCostsProps {
  readonly step: PlannedMove
  readonly names: SubnetNames
}
function StepCosts({ step, names }: StepCostsProps) {
  const from = originOf(step.move)
  const worst = step.worst !== undefined && step.best !== undefined ? writeDifference(step.worst, step.best) : undefined
  return (
    <dl className="kv">
      <dt>Price impact of this amount</dt>
      <dd>{step.impactPpm === undefined ? 'unknown' : writePpm(step.impactPpm)}</dd>
      <dt>In the worst case, against the best</dt>
      <dd>{worst ?? 'unknown'}</dd>
      <dt>Swap fee, inside the amount</dt>
      <dd>
        <Amount value={step.poolFeeRao} unit={TAO} why="This chain does not simulate swaps" />
      </dd>
      {from && (
        <>
          <dt>Left in this position</dt>
          <dd>
            <Amount value={step.alphaAfter} unit={alphaOf(from.netuid, names.get(from.netuid)?.symbol)} />
          </dd>
        </>
      )}
    </dl>
  )
}
