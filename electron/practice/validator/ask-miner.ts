import type { DevKey } from '../signing/dev-key.ts'
import { btauthHeaders } from './btauth.ts'
import type { Sample } from './score-book.ts'

export interface Miner {
  readonly uid: number
  /** Address. */
  readonly hotkey: string
  /** Dotted IPv4 of this computer. */
  readonly host: string
  readonly port: number
}

const TARGET = '/v1/chat/completions'
/** An answer of 24 tokens has some hundred bytes. */
const MOST_ANSWER_BYTES = 65_536

const SUBJECTS = ['the sea', 'a cup of tea', 'a bicycle', 'the first snow', 'a lighthouse', 'an old map', 'a violin']

/** A small task, different each time, so that yesterday's answer cannot be sent again unnoticed. */
export function chatBody(round: number): Uint8Array {
  const subject = SUBJECTS[round % SUBJECTS.length] ?? 'the sea'
  const content = `Write one short sentence about ${subject}. (${round})`
  return Buffer.from(JSON.stringify({ messages: [{ role: 'user', content }], max_tokens: 24, temperature: 0.7 }))
}

/** @returns whether the answer is a chat completion in OpenAI's shape that says something. */
export function isCompletion(answer: unknown): boolean {
  const { object, choices } = (answer ?? {}) as { object?: unknown; choices?: unknown }
  if (object !== 'chat.completion' || !Array.isArray(choices)) return false
  const message = (choices[0] as { message?: { role?: unknown; content?: unknown } } | undefined)?.message
  return message?.role === 'assistant' && typeof message.content === 'string' && message.content.trim() !== ''
}

async function readLimited(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > MOST_ANSWER_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Asks once. Every way of not answering well, also in time, is an invalid sample; never throws. */
export async function askMiner(key: DevKey, miner: Miner, ask: { round: number; timeoutMs: number }): Promise<Sample> {
  const body = chatBody(ask.round)
  const nonceNs = BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n)
  const request = { method: 'POST', target: TARGET, body, receiver: miner.hotkey, nonceNs } as const
  const startedMs = performance.now()
  try {
    const response = await fetch(`http://${miner.host}:${miner.port}${TARGET}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...btauthHeaders(key, request) },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(ask.timeoutMs),
    })
    const text = await readLimited(response)
    if (response.status !== 200 || text === undefined || !isCompletion(JSON.parse(text))) return { valid: false }
    return { valid: true, latencyMs: performance.now() - startedMs }
  } catch {
    return { valid: false }
  }
}
