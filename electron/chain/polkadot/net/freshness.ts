import { USUAL_BLOCK_MS } from '../../../../shared/network/block-time.ts'
import type { Head, HeadSeen } from '../../../../shared/network/network.ts'
import { LATE_BLOCKS, lateAfterMs } from './watchman.ts'

/** For so long no endpoint is gone to whose newest block is older than the newest one seen. */
const BEST_COUNTS_MS = 5 * 60_000

/** What the endpoint in use shows. */
export interface OwnHead {
  readonly best: Head | undefined
  readonly blockMs: number | undefined
  /** How far the time in its newest block is behind this computer, ms; 0 while within bounds. */
  readonly behindMs: number
  readonly nowMs: number
}

/** How old a block of that number is, by the clock and by the blocks of the endpoint in use. */
export function headSeen(number: number, { best, blockMs = USUAL_BLOCK_MS, behindMs, nowMs }: OwnHead): HeadSeen {
  const newest = best?.number ?? number
  const ownAgeMs = nowMs - (best?.seenAtMs ?? nowMs) + behindMs
  const ageMs = Math.max(0, ownAgeMs + (newest - number) * blockMs)
  return { number, ageMs, askedAtMs: nowMs, stale: newest - number > LATE_BLOCKS || ageMs > lateAfterMs(blockMs) }
}

/**
 * The block that an endpoint must have to be gone to; absent: any. One's only node may have been set back, and is still the
 * only one. And a number that no endpoint came near for minutes may have been made up.
 */
export function leastHead({ best, nowMs }: OwnHead, endpoints: number): number | undefined {
  return best && endpoints > 1 && nowMs - best.seenAtMs < BEST_COUNTS_MS ? best.number : undefined
}

/**
 * Blocks come, but their time is past, and another endpoint is clearly further. One that is in time is not left for a larger
 * number: a number proves nothing. Nor are all of them, when it is the clock of this computer that is wrong.
 */
export const isFresher = ({ number }: HeadSeen, { best, behindMs }: OwnHead): boolean =>
  behindMs > 0 && number > (best?.number ?? number) + LATE_BLOCKS
