import { setFlagsFromString } from 'node:v8'
import type { WorkerName } from './spawn.port.ts'

/**
 * Loading a large library makes some 100 MiB of garbage, and V8 answers by growing the space for new objects to as much,
 * which it then keeps for good: 240 MiB of a process whose live objects take 16. Ours wait for a network most of the
 * time; keeping that space small cost no measurable time in loading, decoding metadata or answering requests.
 */
export const WORKER_HEAP: readonly string[] = ['--max-semi-space-size=4']

/** A program that nobody of us wrote gets little memory, and turns no text into code: neither its own nor ours. */
const ADAPTER = ['--max-old-space-size=128', '--disallow-code-generation-from-strings']
/** Thousands of requests a second: with this much space for what each leaves behind, one took a tenth less processor time. */
const AXON = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  // Some 600 bytes of each request stay until old objects are collected, which V8 did after 40,000 requests for the first time:
  // by then the process had grown from 70 to 104 MiB, and it swung between 66 and 104. Collected sooner it stays at 96 to 101,
  // for 3 % more processor time of a request at full load.
  '--initial-old-space-size=32',
  '--heap-growing-percent=30',
]
/**
 * Each token leaves behind what the library and we told each other: with this much space there were 0.968 of its tokens a second
 * where there were 0.959 before (means of five and six runs of 256 tokens in turns), for 23 MiB beside what a model takes.
 */
const LLM = ['--max-semi-space-size=16']
/** Lines pass through in large numbers and leave garbage only: a space for new objects that is soon full is soon empty again. Lots lie outside of this heap. */
const LEDGER = ['--max-semi-space-size=1', '--max-old-space-size=24']
const EXTRA: Partial<Readonly<Record<WorkerName, readonly string[]>>> = {
  adapter: ADAPTER,
  axon: AXON,
  llm: LLM,
  ledger: LEDGER,
}
export const extraFlags = (name: WorkerName): readonly string[] => EXTRA[name] ?? []

/** The same for a process that runs already, where the limit is fixed but the growth is not. Call before loading much. */
export function keepNewSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
