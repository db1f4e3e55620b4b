import { fractionPower, ONE } from '../pool/power.ts'

/** What decides the price of a neuron on one subnet. Amounts in rao. */
export interface PriceRules {
  readonly minBurn: bigint
  readonly maxBurn: bigint
  /** Blocks in which the price halves. */
  readonly halfLife: number
  /** Factor after a registration, as U64F64 bits (1.26 by default). */
  readonly increase: bigint
}

const clamp = (price: bigint, { minBurn, maxBurn }: PriceRules): bigint =>
  price < minBurn ? minBurn : price > maxBurn ? maxBurn : price

const factors = new Map<number, bigint>()
/** 0.5^(1/halfLife); the same for every block, so it is computed once. */
function factorOf(halfLife: number): bigint {
  const known = factors.get(halfLife)
  if (known !== undefined) return known
  const { down, up } = fractionPower([1n, 2n], [1n, BigInt(halfLife)])
  const factor = (down + up) / 2n
  factors.set(halfLife, factor)
  return factor
}

/**
 * The price one block later. Half-life 0 means no decay.
 * @returns rao, rounded to nearest
 * @source subtensor `subnets/registration.rs`, `macros/hooks.rs`
 */
export function decayedPrice(price: bigint, rules: PriceRules): bigint {
  if (rules.halfLife === 0) return clamp(price, rules)
  return clamp((price * factorOf(rules.halfLife) + ONE / 2n) / ONE, rules)
}

/** The price right after somebody registered. @returns rao */
export const raisedPrice = (price: bigint, rules: PriceRules): bigint => clamp((price * rules.increase) >> 64n, rules)
