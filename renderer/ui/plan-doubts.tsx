import type { PlanDoubt } from '../../shared/staking/stake-move.ts'
import { SOURCE_WORDS } from '../../shared/words/explain-trade-error.ts'
import { Amount, TAO } from './amount.tsx'
import { MovePlace, type SubnetNames } from './move-steps.tsx'
import { Note } from './note.tsx'

export interface PlanDoubtsProps {
  readonly doubts: readonly PlanDoubt[]
  readonly names: SubnetNames
  readonly agreed: boolean
  /** Absent: nothing can be agreed to here, only seen. */
  readonly onAgree?: (agreed: boolean) => void
}

/** Two sources that cannot both be right, with both numbers: never an average of them. */
export function PlanDoubts({ doubts, names, agreed, onAgree }: PlanDoubtsProps) {
  return (
    <div role="alert">
      <Note kind="bad" title="Two sources disagree.">
        <div className="grid gap-2">
          <ul className="grid gap-2">
            {doubts.map((doubt) => (
              <li key={doubt.kind === 'fee' ? 'fee' : `${doubt.netuid}/${doubt.source}`}>
                <DoubtWords doubt={doubt} names={names} />
              </li>
            ))}
          </ul>
          <p>
            One of the two is wrong, and this computer cannot tell which. A node that lies could make you trade at a bad
            price. Try another endpoint under Settings, or look the price up somewhere else.
          </p>
          {onAgree && (
            <label className="row top">
              <input type="checkbox" checked={agreed} onChange={(event) => onAgree(event.target.checked)} />
              <span>I have looked at both numbers, and I go on with those of the node.</span>
            </label>
          )}
        </div>
      </Note>
    </div>
  )
}

function DoubtWords({ doubt, names }: { readonly doubt: PlanDoubt; readonly names: SubnetNames }) {
  if (doubt.kind === 'fee')
    return (
      <>
        The node says that the network fee is <Amount value={doubt.stated} unit={TAO} />. By the work of the call it
        comes to about <Amount value={doubt.compared} unit={TAO} />.
      </>
    )
  return (
    <>
      For one alpha of <MovePlace netuid={doubt.netuid} names={names} /> the node says{' '}
      <Amount value={doubt.stated} unit={TAO} />; {SOURCE_WORDS[doubt.source]}{' '}
      <Amount value={doubt.compared} unit={TAO} />.
    </>
  )
}
