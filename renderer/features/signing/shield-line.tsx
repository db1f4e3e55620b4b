import type { ShieldVerdict } from '../../../shared/transactions/shield.ts'
import { SHIELD_REASONS } from '../../../shared/words/explain-holding-error.ts'
import { Amount, TAO } from '../../ui/amount.tsx'

/** Whether others can see the trade while it waits, and what hiding it costs. */
export function ShieldLine({ verdict }: { readonly verdict: ShieldVerdict }) {
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
          </>
        ) : (
          <>Visible to everybody. {SHIELD_REASONS[verdict.reason]}</>
        )}
      </dd>
    </>
  )
}
