import { uintBytes } from '../scale/bytes.ts'

/** Blocks for which a transaction stays valid: 128, as the chain's own clients use (about 25 minutes). */
export const PERIOD = 128

export interface Era {
  readonly bytes: Uint8Array
  /** Block whose hash is signed along. */
  readonly birth: number
  /** Last block that accepts it. */
  readonly lastBlock: number
}

/**
 * A mortal era that begins at `block`.
 * @param period blocks; a power of two
 * @source substrate `sp_runtime::generic::Era`: low 4 bits log2(period) − 1, the rest the phase (quantised only from
 *         a period of 8,192 on)
 */
export function mortalEra(block: number, period = PERIOD): Era {
  const phase = block % period
  const encoded = (Math.log2(period) - 1) | (phase << 4)
  return { bytes: uintBytes(BigInt(encoded), 2), birth: block, lastBlock: block + period - 1 }
}

/** Last block that accepts an era, seen from a block shortly after its birth. `undefined` = immortal. */
export function lastBlockOf(era: string, second: number, current: number): number | undefined {
  const match = /^Mortal(\d+)$/.exec(era)
  if (!match) return undefined
  const encoded = Number(match[1]) | (second << 8)
  const period = 2 ** ((encoded & 15) + 1)
  const quantum = Math.max(1, period >> 12)
  const phase = (encoded >> 4) * quantum
  const birth = Math.floor((Math.max(current, phase) - phase) / period) * period + phase
  return birth + period - 1
}
