import { request } from 'node:http'
import type { ChatDone, LlmPort } from '../../../electron/llm/llm.port.ts'
import { type AxonUnderTest, signedHeaders, startAxon } from '../../support/axon-harness.ts'

/** High enough that no rate is what is measured. */
const OPEN = 1_000_000

/** A real request server that hands its chats to a model. @param onDone  what the model said of each */
export function axonOver(llm: LlmPort, onDone: (done: ChatDone) => void = () => undefined): Promise<AxonUnderTest> {
  return startAxon({
    limits: { concurrency: 8, queue: 64, perHotkeyPerMinute: OPEN, perAddressPerSecond: OPEN },
    handler: async (work, on, signal) => {
      if (work.kind !== 'chat') throw new Error(work.kind)
      const done = await llm.chat(work.task, on, signal)
      if (done.ok) onDone(done.value)
      return done
    },
  })
}

export interface Heard {
  readonly status: number
  /** From sending to the first byte of the body. Unit: ms. */
  readonly firstByteMs: number
}

/** Signs and sends one chat over a connection of its own. */
export function askStreaming({ port }: AxonUnderTest, maxTokens: number): Promise<Heard> {
  const messages = [{ role: 'user', content: 'Say something of the sea.' }]
  const body = JSON.stringify({ messages, max_tokens: maxTokens, stream: true })
  const headers = signedHeaders({ body })
  return new Promise((resolve, reject) => {
    const sentAt = performance.now()
    const options = { host: '127.0.0.1', port, method: 'POST', path: '/v1/chat/completions', headers, agent: false }
    const outgoing = request(options, (incoming) => {
      let firstByteMs: number | undefined
      incoming.on('data', () => {
        firstByteMs ??= performance.now() - sentAt
      })
      incoming.on('error', reject)
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, firstByteMs: firstByteMs ?? Number.NaN }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
