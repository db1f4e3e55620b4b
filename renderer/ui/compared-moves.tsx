import { type ComparedMove, compareMoves, isBroken, isPart } from '../../shared/transactions/predicted.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { MOVE_NAMES, VERDICT_WORDS } from '../format/move-words.ts'
import { writeDifference } from '../format/percent.ts'
import { Amount, alphaOf, TAO } from './amount.tsx'
import { Chip } from './chip.tsx'
import { MovePlace, type SubnetNames } from './move-steps.tsx'
import { Note } from './note.tsx'

export interface ComparedMovesProps {
  readonly record: Pick<TransactionRecord, 'predicted' | 'outcome'>
  readonly names: SubnetNames
}

/** Predicted beside happened, move by move, from the chain's own events. What broke its bound is flagged. */
export function ComparedMoves({ record, names }: ComparedMovesProps) {
  const compared = compareMoves(record)
  if (!compared) return null
  const broken = compared.filter(isBroken)
  return (
    <section aria-label="Predicted and happened" className="grid gap-2">
      {broken.length > 0 && (
        <Note kind="bad" title="The chain did not keep to the bound.">
          <p>{broken.length === 1 ? 'One move' : `${broken.length} moves`} ended outside of what was agreed to.</p>
        </Note>
      )}
      <ol className="moves">
        {compared.map((row, index) => (
          // The order is that of the plan, and it does not change.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <ComparedRow row={row} names={names} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function ComparedRow({ row, names }: { readonly row: ComparedMove; readonly names: SubnetNames }) {
  const { predicted, gave, received, expected, verdict, error } = row
  const tokenOn = (netuid: number) => alphaOf(netuid, names.get(netuid)?.symbol)
  const unit = predicted.receives === 'tao' ? TAO : tokenOn(predicted.toNetuid ?? predicted.netuid)
  const given = predicted.kind === 'add' ? TAO : tokenOn(predicted.netuid)
  const bad = isBroken(row) || verdict === 'failed'
  return (
    <>
      <div className="row wrap">
        <b className="strong">{MOVE_NAMES[predicted.kind]}</b>
        <MovePlace netuid={predicted.netuid} names={names} />
        <span className="end">
          <Chip kind={bad ? 'bad' : 'neutral'}>{VERDICT_WORDS[verdict]}</Chip>
        </span>
      </div>
      <dl className="kv">
        {isPart(row) && (
          <>
            <dt>Given</dt>
            <dd>
              <Amount value={gave} unit={given} /> of <Amount value={predicted.gives} unit={given} />: the rest stayed
            </dd>
          </>
        )}
        <dt>{isPart(row) ? 'Expected of this part' : 'Expected'}</dt>
        <dd>
          <Amount value={expected} unit={unit} why="It had no quote" />
          {isPart(row) && (
            <>
              {' '}
              <span className="mute">
                its share of <Amount value={predicted.expected} unit={unit} why="It had no quote" />
              </span>
            </>
          )}
        </dd>
        <dt>At least</dt>
        <dd>
          <Amount value={predicted.worst} unit={unit} />
        </dd>
        <dt>Happened</dt>
        <dd>
          <Amount value={received} unit={unit} why="The chain's events did not tell it" />{' '}
          {received !== undefined && expected !== undefined && (
            <span className="mute">{writeDifference(received, expected)}</span>
          )}
        </dd>
      </dl>
      {error && <p className="mono small mute break">{error}</p>}
    </>
  )
}
