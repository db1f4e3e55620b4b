import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ClockPort, LogPort, RandomPort } from './system.port.ts'

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

/** One old file is kept beside the current one, so a log never takes more than twice this. */
const LOG_BYTES = 2_000_000

/** JSON lines in a file. A log that cannot be written must not stop a wallet: it is then silent. */
export function fileLog(path: string): LogPort {
  let ready = false
  return {
    log(level, event, facts = {}) {
      try {
        if (!ready) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        ready = true
        appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), level, event, ...facts })}\n`, {
          mode: 0o600,
        })
        if (statSync(path).size > LOG_BYTES) renameSync(path, `${path}.old`)
      } catch {
        // Disk full or read-only: whatever matters is also answered to the caller.
      }
    },
  }
}
