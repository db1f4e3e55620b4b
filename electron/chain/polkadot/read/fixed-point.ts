import { type RaoPerAlpha, UNITS_PER_WHOLE } from '../../../../shared/units/amounts.ts'
import { Answer, asBigint, asPrice } from '../answer.ts'

/**
 * A price that the chain keeps as `I96F32` (bits / 2^32 TAO per alpha).
 * @returns rao per alpha, rounded down
 * @source subtensor `SubnetMovingPrice`, `DynamicInfo.moving_price`
 */
export function priceOfBits(fixed: unknown, what: string): RaoPerAlpha {
  const bits = asBigint(new Answer(fixed, what).raw('bits'), what)
  return asPrice((bits * UNITS_PER_WHOLE) >> 32n, what)
}
