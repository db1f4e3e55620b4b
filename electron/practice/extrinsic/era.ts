/** How long an extrinsic lives, in blocks. */
export type Era =
  | { readonly type: 'immortal' }
  /** Valid in `period` blocks from its birth; `phase` is the birth block modulo the period. */
  | { readonly type: 'mortal'; readonly period: number; readonly phase: number }

export const IMMORTAL: Era = { type: 'immortal' }

/** Shortest and longest life; periods are powers of two. */
const MIN_PERIOD = 4
const MAX_PERIOD = 65_536

/** Long periods cannot say every phase: they count it in steps of this many blocks. */
const stepOf = (period: number): number => Math.max(period >> 12, 1)

/**
 * The era of an extrinsic that is signed now.
 * @param period  wanted life in blocks; raised to the next power of two within 4..65_536
 * @param current number of the block that the extrinsic is signed at
 * @source sp_runtime `generic::Era::mortal`
 */
export function mortalEra(period: number, current: number): Era {
  const power = 2 ** Math.ceil(Math.log2(Math.max(period, 1)))
  const actual = Math.min(Math.max(power, MIN_PERIOD), MAX_PERIOD)
  const step = stepOf(actual)
  return { type: 'mortal', period: actual, phase: Math.floor((current % actual) / step) * step }
}

/**
 * First block in which the extrinsic is valid; its hash is what the signature covers.
 * @param current  number of the block on which the extrinsic is checked
 */
export const birthBlock = (era: Era, current: number): number =>
  era.type === 'immortal'
    ? 0
    : Math.floor((Math.max(current, era.phase) - era.phase) / era.period) * era.period + era.phase

/** First block in which the extrinsic is no longer valid; Infinity for an immortal one. */
export const deathBlock = (era: Era, current: number): number =>
  era.type === 'immortal' ? Number.POSITIVE_INFINITY : birthBlock(era, current) + era.period

/** One zero byte, or two bytes with the period's power in the low four bits and the phase above. */
export function encodeEra(era: Era): Uint8Array {
  if (era.type === 'immortal') return Uint8Array.of(0)
  const power = Math.min(Math.max(Math.log2(era.period) - 1, 1), 15)
  const encoded = power | (Math.floor(era.phase / stepOf(era.period)) << 4)
  return Uint8Array.of(encoded & 0xff, encoded >> 8)
}

/** The era at the beginning of `bytes` and how many bytes it took; throws a RangeError on one that cannot be. */
export function decodeEra(bytes: Uint8Array): { readonly era: Era; readonly length: 1 | 2 } {
  const [first, second] = bytes
  if (first === 0) return { era: IMMORTAL, length: 1 }
  if (first === undefined || second === undefined) throw new RangeError('era is cut off')
  const encoded = first | (second << 8)
  const period = 2 << (encoded & 0x0f)
  const phase = (encoded >> 4) * stepOf(period)
  if (period < MIN_PERIOD || phase >= period) throw new RangeError('era has no such phase')
  return { era: { type: 'mortal', period, phase }, length: 2 }
}
