import type { ClockPort } from '../../../system/system.port.ts'

const LOOK_EVERY_MS = 5_000
/** A look that comes so late says that this computer slept: a socket does not survive that, it only looks so. */
const SLEPT_MS = 20_000
/** Blocks come late now and then; no node is given up for one. */
export const LATE_BLOCKS = 4
const LATE_AT_LEAST_MS = 30_000
/** A chain that stands still is not helped by more sockets. */
const BETWEEN_RENEWALS_MS = 60_000

export interface Watched {
  /** When the newest block was first seen, ms; `undefined` before there is one. */
  readonly seenAtMs: number | undefined
  readonly blockMs: number | undefined
}
export interface Watching {
  readonly clock: ClockPort
  look(): Watched
  /** The computer slept. */
  onWake(): void
  /** No new block for too long. */
  onLate(ageMs: number): void
}

/** Looks every few seconds whether blocks still come, and whether this computer slept. @returns stops it */
export function watchLine({ clock, look, onWake, onLate }: Watching): () => void {
  let lookedAtMs = clock.nowMs()
  let toldAtMs = Number.NEGATIVE_INFINITY
  return clock.every(LOOK_EVERY_MS, () => {
    const now = clock.nowMs()
    const slept = now - lookedAtMs > SLEPT_MS
    lookedAtMs = now
    if (slept) {
      toldAtMs = now
      return onWake()
    }
    const { seenAtMs, blockMs } = look()
    if (seenAtMs === undefined) return
    const ageMs = now - seenAtMs
    if (ageMs <= lateAfterMs(blockMs) || now - toldAtMs < BETWEEN_RENEWALS_MS) return
    toldAtMs = now
    onLate(ageMs)
  })
}

/** Age at which a newest block is too old to be one, ms. */
export const lateAfterMs = (blockMs: number | undefined): number =>
  Math.max(LATE_AT_LEAST_MS, LATE_BLOCKS * (blockMs ?? 12_000))
