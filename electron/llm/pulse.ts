import type { ClockPort } from '../system/system.port.ts'

/** How often a worker that computes gives a sign of life. */
export const PULSE_MS = 2_000
/** A worker that is silent so long is stopped in its tracks: its loop turns, or it hangs. */
const SILENCE_LIMIT_MS = 15_000
/** Until its first word: a process with the native library takes a second to start, and far longer on an overloaded machine. */
const START_LIMIT_MS = 60_000
/**
 * Signs of life without a step of the computation for so long: llama.cpp hangs. A step of 512 tokens of a large model on a weak
 * processor takes about one minute.
 */
const STILL_LIMIT_MS = 180_000

export interface Watchdog {
  /** Anything that the worker says. @param steps  of its computation, where it says so */
  heard(steps?: number): void
  /** How many requests it has; while there are none, nothing is expected of it. */
  works(requests: number): void
  stop(): void
}

/** Calls `onHang` once, when a worker that has work gives no sign of life or gets no further with it. */
export function watchdog(clock: ClockPort, onHang: (reason: string) => void): Watchdog {
  let heardAt = clock.nowMs()
  let steppedAt = heardAt
  let lastSteps = -1
  let busy = false
  let started = false
  const stop = clock.every(PULSE_MS, () => {
    const now = clock.nowMs()
    if (!busy) return
    const silent = now - heardAt >= (started ? SILENCE_LIMIT_MS : START_LIMIT_MS)
    if (!silent && now - steppedAt < STILL_LIMIT_MS) return
    stop()
    onHang(silent ? 'it gave no sign of life' : 'it got no further with its work')
  })
  return {
    heard(steps) {
      started = true
      heardAt = clock.nowMs()
      if (steps === undefined || steps !== lastSteps) steppedAt = heardAt
      lastSteps = steps ?? lastSteps
    },
    works(requests) {
      if (requests > 0 && !busy) {
        heardAt = clock.nowMs()
        steppedAt = heardAt
      }
      busy = requests > 0
    },
    stop,
  }
}
