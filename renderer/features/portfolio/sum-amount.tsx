import type { Sum } from '../../../shared/ledger/all-positions.ts'
import { Amount, type AmountProps } from '../../ui/amount.tsx'

export interface SumAmountProps extends Omit<AmountProps, 'value'> {
  readonly sum: Sum
}

/**
 * A sum of rows. Where a row does not know its part the sum is unknown, and below it stands what is known: at least so
 * much of a value or a cost, and the known part of a gain, which what is missing may make smaller.
 */
export function SumAmount({ sum: { total, known, missing }, ...shown }: SumAmountProps) {
  if (total !== undefined) return <Amount value={total} {...shown} />
  return (
    <>
      <Amount value={undefined} {...shown} />
      {known !== 0n && (
        <small className="block mute light atleast">
          {shown.signed ? 'known part' : 'at least'} <Amount value={known} {...shown} decimals={3} />
          <span className="vh">, {missing} not known</span>
        </small>
      )}
    </>
  )
}
