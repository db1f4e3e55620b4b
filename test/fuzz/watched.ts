import { parentPort, workerData } from 'node:worker_threads'
import { runCases, smallest } from './run-cases.ts'
import { TARGETS } from './targets.ts'

// One target in a thread of its own, so that a case that never ends can be ended from outside.

export interface Job {
  readonly target: string
  readonly seed: number
  readonly from: number
  readonly to: number
  /** Number of the case that runs. */
  readonly at: SharedArrayBuffer
}

const { target: name, seed, from, to, at } = workerData as Job
const target = TARGETS.find((one) => one.name === name)
if (!target || !parentPort) throw new Error(`no target ${name}`)
const shared = new Int32Array(at)
const prepared = await target.prepare()
parentPort.postMessage({ ready: true })
const ran = await runCases({
  target: name,
  prepared,
  seed,
  from,
  to,
  onCase: (number) => void Atomics.store(shared, 0, number + 1),
})
const wrong = await Promise.all(ran.wrong.map(async (one) => ({ ...one, input: await smallest(prepared, one.input) })))
await prepared.end?.()
parentPort.postMessage({ ran: { ...ran, wrong } })
