import type { EpochRow } from '../earnings/epoch-row.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS

export interface AlphaYield {
  /** Parts per million a year, in alpha terms: what the price does is not in it. Not compounded. */
  readonly yearlyPpm: number
  /** How much time of measured epochs it rests on, ms. At least a day. */
  readonly measuredMs: number
}

/**
 * Yield of one position: alpha earned ÷ (stake × time it stood), over all measured epochs, times a year.
 *
 * Each epoch counts with the stake at its beginning and the time since the epoch before it, so the first one only
 * starts the clock, and so does one after a gap: there the stake is another than the last epoch left. What a miner earns
 * is no yield of stake; epochs of mining do not count. Less than a day of measured time says nothing about a year.
 * @param rows of one position, in any order
 * @returns `undefined` for less than a day, or where nothing was staked
 */
export function yieldOf(rows: readonly EpochRow[]): AlphaYield | undefined {
  const sorted = [...rows].sort((a, b) => a.epochBlock - b.epochBlock)
  let earned = 0n
  let stakeTime = 0n
  let measuredMs = 0
  let before: EpochRow | undefined
  for (const row of sorted) {
    const follows = before !== undefined && before.stakeAfter === row.stakeBefore && row.source === 'staked'
    // Epochs that were looked up together were written down in the same moment.
    const sinceMs = before ? Math.max(0, row.atMs - before.atMs) : 0
    before = row
    if (!follows) continue
    earned += row.earned
    stakeTime += row.stakeBefore * BigInt(Math.round(sinceMs))
    measuredMs += sinceMs
  }
  if (measuredMs < DAY_MS || stakeTime === 0n) return undefined
  return { yearlyPpm: Number((earned * BigInt(YEAR_MS) * 1_000_000n) / stakeTime), measuredMs }
}
