import type { SpawnPort } from '../system/spawn.port.ts'
import type { LogPort } from '../system/system.port.ts'
import type { AxonPort } from './axon.port.ts'
import { type AxonDeps, AxonProcess } from './axon-process.ts'

const clock: AxonDeps['clock'] = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** The request server of this program; nothing is started before `start`. */
export const launchAxon = (deps: { readonly spawn: SpawnPort; readonly log: LogPort }): AxonPort =>
  new AxonProcess({ ...deps, clock, startedAtMs: performance.timeOrigin })
