const MASK = (1n << 64n) - 1n

/** The same numbers for the same seed, on every machine (SplitMix64). Not for secrets. */
export interface Dice {
  /** A whole number, `from` ≤ n ≤ `to`. */
  between(from: number, to: number): number
  /** An amount in smallest units between two whole-token amounts. */
  tokens(from: number, to: number): bigint
}

export function dice(seed: number): Dice {
  let state = BigInt.asUintN(64, BigInt(Math.trunc(seed)))
  const next = (): bigint => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
    return z ^ (z >> 31n)
  }
  const between = (from: bigint, to: bigint): bigint => from + (next() % (to - from + 1n))
  return {
    between: (from, to) => Number(between(BigInt(from), BigInt(to))),
    tokens: (from, to) => between(BigInt(from) * 1_000_000_000n, BigInt(to) * 1_000_000_000n),
  }
}
