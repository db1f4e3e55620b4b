import type { Alpha } from '../units/amounts.ts'

/** What one epoch paid to all who stake to one validator, after its take, and what was staked then. */
export interface PaidEpoch {
  readonly dividends: Alpha
  readonly stake: Alpha
}

export interface MeasuredYield {
  /** Parts per million a year, in alpha, not reinvested. The price of alpha is not in it. */
  readonly yearlyPpm: bigint
  readonly epochs: number
}
/** Not enough is recorded yet to say anything of a year. */
export interface Measuring {
  readonly epochs: number
  /** So many epochs make a day. */
  readonly needed: number
}

const DAY_MS = 86_400_000
const YEAR_MS = 365n * 86_400_000n

/** Epochs that together last at least a day. @param epochMs time between two epochs, above 0 */
export const epochsOfADay = (epochMs: number): number => Math.max(1, Math.ceil(DAY_MS / Math.max(1, epochMs)))

/**
 * Alpha that the recorded epochs brought ÷ alpha that was staked in them, times the epochs of a year. Each epoch weighs as much as
 * was staked in it; epochs that were not recorded are not in it, and are not guessed.
 * @param epochMs time between two epochs, above 0
 * @returns `Measuring` for less than a day of epochs, and where nothing was staked
 */
export function measuredYield(epochs: readonly PaidEpoch[], epochMs: number): MeasuredYield | Measuring {
  const needed = epochsOfADay(epochMs)
  const earned = epochs.reduce((sum, { dividends }) => sum + dividends, 0n)
  const staked = epochs.reduce((sum, { stake }) => sum + stake, 0n)
  if (epochs.length < needed || staked === 0n) return { epochs: epochs.length, needed }
  const yearlyPpm = (earned * 1_000_000n * YEAR_MS) / (staked * BigInt(Math.max(1, Math.round(epochMs))))
  return { yearlyPpm, epochs: epochs.length }
}
