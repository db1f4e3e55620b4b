/**
 * Powers of fractions with whole numbers only, so that every machine computes the same pool and a restart changes
 * nothing. 160 fraction bits; the answer comes as an interval whose ends are certain, and each caller takes the end
 * that favours the pool.
 */
const BITS = 160n
/** 1.0 in the fixed-point form of this file. */
export const ONE = 1n << BITS
/** Covers the rounding of about 200 truncated operations times the largest exponent (99), with room to spare. */
const UNCERTAINTY = 1n << 48n

/** 2·atanh(z) = ln((1+z)/(1−z)) for 0 ≤ z ≤ 1/3. */
function twiceArtanh(z: bigint): bigint {
  const square = (z * z) >> BITS
  let power = z
  let sum = 0n
  for (let n = 1n; power > 0n; n += 2n) {
    sum += power / n
    power = (power * square) >> BITS
  }
  return 2n * sum
}

const LN_2 = twiceArtanh(ONE / 3n)

const bitLength = (n: bigint): bigint => BigInt(n.toString(2).length)

/** ln(value) for a fixed-point value ≥ 1. */
function naturalLog(value: bigint): bigint {
  const shift = bitLength(value) - 1n - BITS
  const mantissa = value >> shift // 1 ≤ mantissa < 2
  return shift * LN_2 + twiceArtanh(((mantissa - ONE) << BITS) / (mantissa + ONE))
}

/** e^−t for a fixed-point t ≥ 0. */
function expOfMinus(t: bigint): bigint {
  const halvings = t / LN_2
  const rest = t - halvings * LN_2
  let term = ONE
  let sum = 0n
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term
    term = ((term * rest) >> BITS) / n
  }
  return ((ONE << BITS) / sum) >> halvings
}

/** Certain bounds in units of {@link ONE}: `down` ≤ truth ≤ `up`. */
export interface Interval {
  readonly down: bigint
  readonly up: bigint
}

/**
 * (num/den)^(expNum/expDen) for 0 < num ≤ den.
 *
 * @param num,den  a fraction no larger than 1
 * @param expNum,expDen  a positive exponent, at most 99 (weights are kept within 0.01…0.99)
 * @returns bounds between 0 and {@link ONE}
 */
export function fractionPower(fraction: readonly [bigint, bigint], exponent: readonly [bigint, bigint]): Interval {
  const [num, den] = fraction
  const [expNum, expDen] = exponent
  if (num <= 0n || num > den) throw new RangeError('fractionPower needs 0 < num ≤ den')
  if (num === den) return { down: ONE, up: ONE }
  const log = naturalLog((den << BITS) / num)
  const value = expOfMinus((log * expNum) / expDen)
  const down = value - UNCERTAINTY
  const up = value + UNCERTAINTY
  return { down: down < 0n ? 0n : down, up: up > ONE ? ONE : up }
}
