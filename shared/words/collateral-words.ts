import type { Collateral } from '../registration/collateral.ts'
import type { Rao } from '../units/amounts.ts'
import { formatUnits } from '../units/decimal.ts'

export const COLLATERAL_UNSAID = 'this version of the chain does not say whether a part is bound'

export const BOND_UNSAID = 'this version of the chain does not say what this hotkey has bound from before'

/** @returns e.g. `1.5` */
const rateOf = (freesPpm: number): string => String(Number((freesPpm / 1_000_000).toPrecision(3)))

/** Of what a place costs, what is bound: an amount, none, or unknown. One sentence for a terminal and for a list of facts. */
export function boundSentence({
  collateral,
  mostBound,
}: {
  readonly collateral?: Pick<Collateral, 'share'> | undefined
  readonly mostBound?: Rao | undefined
}): string {
  if (!collateral || mostBound === undefined)
    return 'Whether a part of it is bound and not spent, this version of the chain does not say.'
  if (collateral.share === 0) return 'None of it is bound: it is spent for good.'
  return `At most ${formatUnits(mostBound)} TAO of it is bound as alpha on the hotkey until it is earned free; the rest is spent for good.`
}

/** What becomes of the price of a place. */
export function boundWords(collateral: Collateral | undefined): string {
  if (!collateral)
    return 'It does not come back when the place is lost. Whether a part of it is bound and not spent, this version of the chain does not say.'
  if (collateral.share === 0) return 'Spent for good: it does not come back when the place is lost.'
  const { freesPpm } = collateral
  const rate =
    freesPpm === undefined ? 'at a rate that is not known' : `${rateOf(freesPpm)} alpha for each alpha earned`
  return `What is bound becomes alpha on this hotkey. It is freed only by what the hotkey earns (${rate}), cannot be sold or moved before, and loses or gains with the price of alpha. The rest is spent for good.`
}
