import { randomBytes, randomUUID } from 'node:crypto'
import type { ClockPort, RandomPort } from './system.port.ts'

/** Node's timers stop at 2^31-1 ms; nothing of ours waits longer. */
export const nodeClock: ClockPort = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: (periodMs, run) => {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}

export const nodeRandom: RandomPort = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
  uuid: () => randomUUID(),
}
