import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LlmPort } from '../../../electron/llm/llm.port.ts'
import { withBenchLlm } from '../bench-llm.ts'
import type { BenchCase } from '../case.ts'
import type { ChatsAsked } from '../chat-client.ts'
import { axonOver } from './llm-axon.ts'

const CLIENT = fileURLToPath(new URL('../chat-client.ts', import.meta.url))
/** Chats on each kind of connection before any counts: until then four processes still compile what is hot. */
const WARM_UPS = 500
const REQUESTS = 500
const MAX_TOKENS = 4

/** Sorted, ms. */
type Added = readonly number[]
const at = (added: Added, share: number): number => added[Math.floor(share * (added.length - 1))] ?? Number.NaN
const told = (added: Added): string =>
  [0.5, 0.9, 0.95, 0.99, 1].map((share) => `p${share * 100} ${at(added, share).toFixed(2)}`).join(', ')

/** One chat after another, so that no wait for another one's tokens hides in the model's time. */
async function measure(llm: LlmPort): Promise<{ readonly kept: Added; readonly fresh: Added }> {
  const modelMs: number[] = []
  const { axon, port } = await axonOver(llm, (done) => modelMs.push(done.firstTokenMs))
  const client = fork(CLIENT, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ask = async (count: number, fresh: boolean): Promise<Added> => {
    modelMs.length = 0
    client.send({ port, count, fresh, maxTokens: MAX_TOKENS } satisfies ChatsAsked)
    const [took] = (await once(client, 'message')) as [readonly number[]]
    return took.map((ms, n) => ms - (modelMs[n] ?? Number.NaN)).toSorted((a, b) => a - b)
  }
  try {
    process.stderr.write(
      `ttft-added-p99, the first ${WARM_UPS}, which do not count: ${told(await ask(WARM_UPS, false))} ms\n`,
    )
    await ask(WARM_UPS, true)
    return { kept: await ask(REQUESTS, false), fresh: await ask(REQUESTS, true) }
  } finally {
    client.disconnect()
    await axon.stop()
  }
}

/**
 * From the caller's first byte sent to its first byte of text, less the time that the model itself took to its first token
 * (place in the batch, prompt, sampling): signature, queue, three processes, the chat template, text from tokens, and the way
 * back. The value is that of a kept connection, as validators' clients have one; a connection for each is told beside it.
 */
export const ttftAddedP99: BenchCase = {
  name: 'ttft-added-p99',
  unit: 'ms',
  target: 5,
  better: 'lower',
  run: () =>
    withBenchLlm(async (llm) => {
      const { kept, fresh } = await measure(llm)
      process.stderr.write(`ttft-added-p99, connection kept: ${told(kept)} ms\n`)
      process.stderr.write(`ttft-added-p99, a connection each: ${told(fresh)} ms\n`)
      return at(kept, 0.99)
    }),
}
