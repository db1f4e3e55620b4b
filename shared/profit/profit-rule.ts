import type { Figure } from './figure.ts'

/** Pauses mining while it costs more than it brings. Off unless a person turned it on. */
export interface ProfitRule {
  /** It has to cost more for so long, h. */
  readonly pauseAfterHours: number
  /** It has to bring more for so long before it goes on, h. */
  readonly wakeAfterHours: number
  /** Once paused it stays so at least this long, h. */
  readonly leastPauseHours: number
  /** By how much it has to bring more than it costs before it goes on. */
  readonly marginPercent: number
}

export const USUAL_RULE: ProfitRule = { pauseAfterHours: 2, wakeAfterHours: 0.5, leastPauseHours: 1, marginPercent: 10 }

/** Of an hour of mining: what it brings, and what a pause saves. Billionths of the currency. */
export interface RuleLook {
  readonly brings: Figure
  readonly saves: Figure
}

export type RuleSays = 'costs' | 'brings' | 'unsure'

/**
 * What one look says. What is spent either way (the computer, the place) does not count here: a pause does not bring it back. To pause, the
 * loss has to be beyond the errors of both; to go on, the margin has to be reached. In between nothing changes.
 */
export function saysOf({ brings, saves }: RuleLook, { marginPercent }: ProfitRule): RuleSays {
  if (brings.amount + brings.error < saves.amount - saves.error) return 'costs'
  const margin = BigInt(Math.round(marginPercent * 1_000))
  return brings.amount * 100_000n >= saves.amount * (100_000n + margin) ? 'brings' : 'unsure'
}

export interface RuleStand {
  readonly paused: boolean
  /** Since it is as it is, ms since 1970. */
  readonly sinceMs: number
  /** Since every look speaks for the other state. */
  readonly againstMs?: number | undefined
}

const HOUR_MS = 3_600_000

/**
 * One look more. One that is unsure, or that could not be taken, begins the count anew: a price that is missing can neither stop a miner nor
 * start one.
 * @param says `undefined`: something that it takes is unknown
 */
export function judgeLook(stand: RuleStand, says: RuleSays | undefined, rule: ProfitRule, nowMs: number): RuleStand {
  const { paused, sinceMs } = stand
  if (says !== (paused ? 'brings' : 'costs')) return { paused, sinceMs }
  const againstMs = stand.againstMs ?? nowMs
  const waitMs = (paused ? rule.wakeAfterHours : rule.pauseAfterHours) * HOUR_MS
  const restMs = paused ? rule.leastPauseHours * HOUR_MS : 0
  if (nowMs - againstMs < waitMs || nowMs - sinceMs < restMs) return { paused, sinceMs, againstMs }
  return { paused: !paused, sinceMs: nowMs }
}
