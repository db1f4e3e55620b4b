/** mantissa × 10^exponent, the chain's number for shares. @source subtensor `primitives/share-pool/src/lib.rs` */
export interface SafeFloat {
  readonly mantissa: bigint
  readonly exponent: bigint
}

/** 21 digits: finer than one part of the largest u64 amount, and well inside the u128 that is stored. */
const MOST_MANTISSA = 10n ** 21n

export const NO_SHARES: SafeFloat = { mantissa: 0n, exponent: 0n }

/** Cuts to 21 digits and drops trailing zeros, so that equal values have equal bytes. */
function normal(mantissa: bigint, exponent: bigint): SafeFloat {
  if (mantissa <= 0n) return NO_SHARES
  let m = mantissa
  let e = exponent
  while (m > MOST_MANTISSA) {
    m /= 10n
    e += 1n
  }
  while (m % 10n === 0n) {
    m /= 10n
    e += 1n
  }
  return { mantissa: m, exponent: e }
}

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const at = (n: SafeFloat, exponent: bigint): bigint => n.mantissa * 10n ** (n.exponent - exponent)

export const safeFloat = (whole: bigint): SafeFloat => normal(whole, 0n)
export const isZero = (n: SafeFloat): boolean => n.mantissa === 0n

export function addFloat(a: SafeFloat, b: SafeFloat): SafeFloat {
  const exponent = lower(a.exponent, b.exponent)
  return normal(at(a, exponent) + at(b, exponent), exponent)
}

/** Stops at zero. */
export function subtractFloat(a: SafeFloat, b: SafeFloat): SafeFloat {
  const exponent = lower(a.exponent, b.exponent)
  return normal(at(a, exponent) - at(b, exponent), exponent)
}

/** n × num / den, cut to 21 digits. */
export function scaleFloat(n: SafeFloat, num: bigint, den: bigint): SafeFloat {
  const extra = 42n
  return normal((n.mantissa * num * 10n ** extra) / den, n.exponent - extra)
}

/**
 * whole × share / all, rounded down after adding a thousandth: shares keep 21 digits, and without that a position
 * of exactly 5 could read as 4.
 */
export function partOf(whole: bigint, share: SafeFloat, all: SafeFloat): bigint {
  if (isZero(all)) return 0n
  const exponent = lower(share.exponent, all.exponent)
  const divisor = at(all, exponent)
  return (whole * at(share, exponent) * 1000n + divisor) / (divisor * 1000n)
}
