import type { LlmPort } from '../../../electron/llm/llm.port.ts'
import type { AxonUnderTest } from '../../support/axon-harness.ts'
import { withBenchLlm } from '../bench-llm.ts'
import type { BenchCase } from '../case.ts'
import { askStreaming, axonOver } from './llm-axon.ts'

const CLIENTS = 6
const TOKENS = 200
const KILLS = 3
const RETRY_MS = 20

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Requests one after the other until it is told to stop. */
async function client(under: AxonUnderTest, seen: (status: number) => void, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const { status } = await askStreaming(under, TOKENS)
    seen(status)
    if (status !== 200) await pause(RETRY_MS)
  }
}

/** Kills the model's process under load. @returns ms until a request is answered again */
async function killOnce(llm: LlmPort, under: AxonUnderTest): Promise<number> {
  const statuses: number[] = []
  const stop = new AbortController()
  const clients = Array.from({ length: CLIENTS }, () => client(under, (status) => statuses.push(status), stop.signal))
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) await pause(5)
  }
  await until(() => statuses.length >= CLIENTS && llm.status().busy > 0)
  const { pid } = llm.status()
  if (pid === undefined) throw new Error('no process')
  statuses.length = 0
  const killedAt = performance.now()
  process.kill(pid, 'SIGKILL')
  await until(() => statuses.includes(503) && statuses.at(-1) === 200)
  const backMs = performance.now() - killedAt
  stop.abort()
  await Promise.all(clients)
  // What had begun to stream when the process died ends within its stream; nothing else is told.
  if (statuses.some((status) => status !== 200 && status !== 503)) throw new Error(`statuses ${statuses.join(' ')}`)
  return backMs
}

/** `kill -9` of the llm worker while six callers stream; the longest of three. Host and request server go on. */
export const llmRestart: BenchCase = {
  name: 'llm-restart',
  unit: 'ms',
  target: 5_000,
  better: 'lower',
  run: () =>
    withBenchLlm(async (llm) => {
      const under = await axonOver(llm)
      let exits = 0
      under.axon.onExit(() => {
        exits += 1
      })
      try {
        const back: number[] = []
        for (let i = 0; i < KILLS; i++) back.push(await killOnce(llm, under))
        if (exits > 0) throw new Error('the request server ended, too')
        process.stderr.write(`llm-restart: ${back.map((ms) => ms.toFixed(0)).join(' ')} ms\n`)
        return Math.max(...back)
      } finally {
        await under.axon.stop()
      }
    }),
}
