import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxonPort } from '../../electron/axon/axon.port.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import type { SpawnPort } from '../../electron/system/spawn.port.ts'
import { callerOf, MINER, startAxon, VALIDATOR } from '../support/axon-harness.ts'

/** What the callers' process is asked to do. */
export type ClientAsked =
  /** `count` requests as fast as answers come. */
  | {
      readonly kind: 'round'
      readonly port: number
      readonly receiver: string
      readonly count: number
      readonly connections: number
      readonly bad: boolean
    }
  /** A steady rate. `from`: the address that they come from, out of 127.0.0.0/8. */
  | {
      readonly kind: 'stream'
      readonly port: number
      readonly receiver: string
      readonly perSecond: number
      readonly seconds: number
      readonly connections: number
      readonly bad: boolean
      readonly from: string
    }

export interface ClientDone {
  /** How many answers of each status; 0 = none came. */
  readonly statuses: Readonly<Record<number, number>>
  readonly tookMs: number
  /** Processor time of the callers while it took: signing is over before. Only of a round. Unit: ms. */
  readonly callersMs?: number
  /** From the moment that a request was due. Only of a steady rate. */
  readonly latenciesMs: readonly number[]
}

/** A process of callers. */
export class AxonClient {
  readonly #child: ChildProcess

  constructor() {
    const entry = fileURLToPath(new URL('axon-client.ts', import.meta.url))
    this.#child = fork(entry, { serialization: 'advanced' })
  }

  /** One question at a time. */
  ask(asked: ClientAsked): Promise<ClientDone> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the callers are gone'))
      this.#child.once('exit', gone)
      this.#child.once('message', (done: ClientDone) => {
        this.#child.off('exit', gone)
        resolve(done)
      })
      this.#child.send(asked)
    })
  }

  close(): void {
    this.#child.disconnect()
  }
}

/** High enough that no rate or queue is what is measured. */
const OPEN = 1_000_000
/** More than all validators of a subnet keep. */
export const CONNECTIONS = 32

export interface LoadedAxon {
  readonly axon: AxonPort
  readonly port: number
  readonly receiver: string
  /** Of every worker, by name and in order of their start. */
  readonly workers: readonly { readonly name: string; readonly pid: number }[]
}

/** A real server whose host is this process and whose model takes no time. */
export async function startLoaded(): Promise<LoadedAxon> {
  const workers: { name: string; pid: number }[] = []
  const spawn: SpawnPort = {
    start(name, options) {
      const worker = nodeSpawn.start(name, options)
      if (worker.pid !== undefined) workers.push({ name, pid: worker.pid })
      return worker
    },
  }
  const limits = { concurrency: CONNECTIONS, queue: OPEN, perHotkeyPerMinute: OPEN * 60, perAddressPerSecond: OPEN }
  const { axon, port } = await startAxon({ callers: [callerOf(VALIDATOR)], limits, deps: { spawn } })
  return { axon, port, receiver: MINER.address, workers }
}

/** Clock ticks of Linux, ms. */
const TICK_MS = 10

/** Processor time that a process has taken, all its threads, kernel included; in steps of 10 ms. Linux only. Unit: ms. */
export function processorMs(pid: number): number {
  const [, , , , , , , , , , , user = '', kernel = ''] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(user) + Number(kernel)) * TICK_MS
}

/**
 * Memory that a process has made, MiB: no file is in it. Of the pages of Node's own program a process is counted its share, which
 * grows when others that run the same program end. Linux only.
 */
export function madeMib(pid: number): number {
  const kib = /^Pss_Anon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
  return Number(kib) / 1_024
}

/** Everybody was answered as expected. @throws where not */
export function expectAll({ statuses }: ClientDone, ...expected: readonly number[]): void {
  if (Object.keys(statuses).some((seen) => !expected.includes(Number(seen)))) throw new Error(JSON.stringify(statuses))
}
