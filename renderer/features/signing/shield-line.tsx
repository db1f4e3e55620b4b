import type { ShieldMode, ShieldVerdict } from '../../../shared/transactions/shield.ts'
import { SHIELD_REASONS } from '../../../shared/words/explain-holding-error.ts'
import { Amount, TAO } from '../../ui/amount.tsx'

export interface ShieldLineProps {
  readonly verdict: ShieldVerdict
  /** Absent where it is not signed here. */
  readonly onChoose?: ((mode: ShieldMode) => void) | undefined
}

/** Whether others can see the trade while it waits, what hiding it costs, and the other way where there is one. */
export function ShieldLine({ verdict, onChoose }: ShieldLineProps) {
  const other = otherWay(verdict)
  return (
    <>
      <dt>While it waits</dt>
      <dd>
        {verdict.hidden ? (
          <>
            <b className="strong">Hidden</b> until it is in a block, so that nobody can trade before it
            {verdict.carrierFee !== undefined && (
              <>
                . The cover costs <Amount value={verdict.carrierFee} unit={TAO} /> more
              </>
            )}
            .
          </>
        ) : (
          <>Visible to everybody. {SHIELD_REASONS[verdict.reason]}</>
        )}
        {other && onChoose && (
          <>
            {' '}
            <button type="button" className="linklike" onClick={() => onChoose(other.mode)}>
              {other.text}
            </button>
          </>
        )}
      </dd>
    </>
  )
}

interface OtherWay {
  readonly mode: ShieldMode
  readonly text: string
}

/** What a person may choose instead; where it cannot work there is no choice. */
function otherWay(verdict: ShieldVerdict): OtherWay | undefined {
  if (verdict.hidden) return { mode: 'off', text: 'Send it in the open' }
  if (verdict.reason === 'turned-off') return { mode: 'auto', text: 'Hide it' }
  return verdict.reason === 'too-fast' ? { mode: 'on', text: 'Hide it all the same' } : undefined
}
