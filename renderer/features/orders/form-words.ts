import { BILLION } from '../../../shared/signing/limit-order.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { writeDifference } from '../../format/percent.ts'

/** A part of what is available, as text of the field. */
export const partOf = (available: bigint, percent: number): string => formatUnits((available * BigInt(percent)) / 100n)

/** `0.5 %`, or `any price`. */
export const slippageText = (ppb: number | undefined): string =>
  ppb === undefined ? 'Any price' : `${Number((ppb / (BILLION / 100)).toFixed(4))} %`

/** What one alpha costs now, and how far the limit is from it. */
export function priceHint(price: bigint | undefined, limit: bigint | undefined): string {
  if (price === undefined) return 'The price of now is unknown.'
  const away = limit === undefined ? undefined : writeDifference(limit, price)
  return `Now ${formatUnits(price)}.${away === undefined ? '' : ` The limit is ${away} from it.`}`
}
