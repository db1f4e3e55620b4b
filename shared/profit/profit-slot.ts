import { GAP_MS, type PowerPoint, type PowerUse } from '../care/power.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'
import { QUARTER_MS } from './tariff.ts'

/** Time in which the computer did one thing, and what it drew meanwhile. */
export interface UseSum {
  readonly ms: number
  /** Of it, how long its power was known. */
  readonly measuredMs: number
  /** Of the measured time. */
  readonly wattHours: number
}
const NOTHING: UseSum = { ms: 0, measuredMs: 0, wattHours: 0 }

export interface SlotMiner {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}

/** A quarter of an hour of this computer: what the reckoning of profit is made of. */
export interface ProfitSlot extends Readonly<Record<PowerUse, UseSum>> {
  /** When it begins, ms since 1970; a multiple of {@link QUARTER_MS}. */
  readonly atMs: number
  /** A part that draws power did not say how much. */
  readonly partial: boolean
  /** Who mined in it; the last one where there were several. */
  readonly miner?: SlotMiner | undefined
  /** By the source of prices, read in it. */
  readonly price?: { readonly currency: string; readonly nanosPerTao: bigint } | undefined
}

export const emptySlot = (atMs: number): ProfitSlot => ({
  atMs,
  off: NOTHING,
  mining: NOTHING,
  held: NOTHING,
  partial: false,
})

export const slotStart = (atMs: number): number => atMs - (atMs % QUARTER_MS)

/**
 * A slot with the time from one point to the next. What was done at its beginning was done throughout, and it belongs to the slot in which it
 * begins. Power is the mean of both; unknown where one of them is.
 */
export function withPoints(slot: ProfitSlot, from: PowerPoint, to: PowerPoint): ProfitSlot {
  const ms = to.atMs - from.atMs
  if (ms <= 0 || ms > GAP_MS) return slot
  const before = slot[from.use]
  const isKnown = from.watts !== undefined && to.watts !== undefined
  const watts = ((from.watts ?? 0) + (to.watts ?? 0)) / 2
  const sum: UseSum = {
    ms: before.ms + ms,
    measuredMs: before.measuredMs + (isKnown ? ms : 0),
    wattHours: before.wattHours + (isKnown ? (watts * ms) / 3_600_000 : 0),
  }
  return { ...slot, [from.use]: sum, partial: slot.partial || (isKnown && (from.partial || to.partial)) }
}

/** Mean power while it did that; `undefined`: measured for less than half of the time. Unit: W. */
export const wattsIn = ({ ms, measuredMs, wattHours }: UseSum): number | undefined =>
  measuredMs > 0 && measuredMs * 2 >= ms ? (wattHours * 3_600_000) / measuredMs : undefined
