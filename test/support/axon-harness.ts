import { createHash } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import {
  ed25519PairFromSeed,
  ed25519Sign,
  encodeAddress,
  sr25519PairFromSeed,
  sr25519Sign,
} from '@polkadot/util-crypto'
import type {
  AxonConfig,
  AxonLimits,
  AxonPort,
  Caller,
  CallerScheme,
  TaskHandler,
} from '../../electron/axon/axon.port.ts'
import { type AxonDeps, AxonProcess } from '../../electron/axon/axon-process.ts'
import type { ChatDone } from '../../electron/llm/llm.port.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import { btAuthHeaders, btAuthText } from '../../shared/mining/btauth.ts'
import { ok } from '../../shared/result.ts'
import { type Ss58, ss58 } from '../../shared/units/amounts.ts'

/** A key that signs requests, made from a one-byte seed. */
export interface TestKey {
  readonly scheme: CallerScheme
  readonly address: Ss58
  sign(text: string): string
}

const hexOf = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`

export function testKey(seed: number, scheme: CallerScheme = 'sr25519'): TestKey {
  const bytes = new Uint8Array(32).fill(seed)
  const pair = scheme === 'sr25519' ? sr25519PairFromSeed(bytes) : ed25519PairFromSeed(bytes)
  const sign = (text: string) => (scheme === 'sr25519' ? sr25519Sign(text, pair) : ed25519Sign(text, pair))
  return { scheme, address: ss58(encodeAddress(pair.publicKey, 42)), sign: (text) => hexOf(sign(text)) }
}

export const MINER = testKey(1)
export const VALIDATOR = testKey(2)
export const CHAT_PATH = '/v1/chat/completions'
export const CHAT_BODY = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], max_tokens: 8 })

export const callerOf = (key: TestKey, change: Partial<Caller> = {}): Caller => ({
  hotkey: key.address,
  uid: 1,
  permit: true,
  stake: 1_000n,
  scheme: key.scheme,
  ...change,
})

let lastNonce = 0n
/** Now in nanoseconds, and never the same twice. */
export function freshNonce(offsetMs = 0): bigint {
  const now = BigInt(Date.now()) * 1_000_000n
  lastNonce = lastNonce >= now ? lastNonce + 1n : now
  return lastNonce + BigInt(offsetMs) * 1_000_000n
}

export interface Signing {
  readonly key?: TestKey
  readonly method?: string
  readonly target?: string
  readonly body?: string
  readonly nonceNs?: bigint
  readonly receiver?: string
  /** The scheme written into the text and the header. Default: the key's own. */
  readonly scheme?: CallerScheme
}

/** Headers of a request as an honest caller makes them, except where told otherwise. */
export function signedHeaders(options: Signing = {}): Record<string, string> {
  const key = options.key ?? VALIDATOR
  const text = {
    scheme: options.scheme ?? key.scheme,
    method: options.method ?? 'POST',
    target: options.target ?? CHAT_PATH,
    bodySha256: createHash('sha256')
      .update(options.body ?? CHAT_BODY)
      .digest('hex'),
    nonceNs: options.nonceNs ?? freshNonce(),
    sender: key.address,
    receiver: options.receiver ?? MINER.address,
  }
  return { 'content-type': 'application/json', ...btAuthHeaders(text, key.sign(btAuthText(text))) }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  json(): { error?: { code: string; message: string }; [field: string]: unknown }
}

/** Sends bytes as they are; an early refusal counts as the answer even while the body is still going out. */
export function send(
  url: string,
  options: {
    readonly method?: string
    readonly target?: string
    readonly headers?: Record<string, string>
    readonly body?: string | Uint8Array
  },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', target = CHAT_PATH, headers = {}, body } = options
    const { hostname, port } = new URL(url)
    const host = hostname.replace(/^\[|\]$/g, '')
    const outgoing = httpRequest({ host, port, method, path: target, headers, agent: false }, (incoming) => {
      const pieces: Buffer[] = []
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          json: () => JSON.parse(text),
        })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Signs and sends one chat request. */
export const ask = (url: string, options: Signing = {}): Promise<Answer> =>
  send(url, {
    method: options.method ?? 'POST',
    target: options.target ?? CHAT_PATH,
    headers: signedHeaders(options),
    body: options.body ?? CHAT_BODY,
  })

export const doneWith = (text: string): ChatDone => ({
  text,
  promptTokens: 3,
  completionTokens: 2,
  finish: 'stop',
  firstTokenMs: 1,
  totalMs: 2,
})

/** Answers at once, in two pieces. */
export const instantHandler: TaskHandler = async (_task, on) => {
  on.token('Hello')
  on.token(' there')
  return ok(doneWith('Hello there'))
}

export const TEST_LIMITS: AxonLimits = {
  bodyBytes: 65_536,
  concurrency: 2,
  queue: 4,
  perHotkeyPerMinute: 100_000,
  perAddressPerSecond: 100_000,
  deadlineMs: 20_000,
  deadlineMarginMs: 500,
}

export const realClock: AxonDeps['clock'] = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

export interface AxonUnderTest {
  readonly axon: AxonPort
  readonly config: AxonConfig
  readonly url: string
  readonly port: number
}

/** A real worker process with a real socket on loopback. */
export async function startAxon(
  options: {
    readonly adapter?: string
    readonly handler?: TaskHandler
    readonly callers?: readonly Caller[]
    readonly limits?: Partial<AxonLimits>
    readonly policy?: Partial<AxonConfig['policy']>
    readonly deps?: Partial<AxonDeps>
  } = {},
): Promise<AxonUnderTest> {
  const log: AxonDeps['log'] = {
    log: (_level, event, facts) => void process.stderr.write(`${event} ${facts?.['line'] ?? ''}\n`),
  }
  const axon = new AxonProcess({ spawn: nodeSpawn, clock: realClock, log, startedAtMs: 0, ...options.deps })
  const config: AxonConfig = {
    host: '127.0.0.1',
    port: 0,
    hotkey: MINER.address,
    adapter: options.adapter ?? 'practice-chat',
    policy: { requirePermit: true, minStake: 0n, ...options.policy },
    limits: { ...TEST_LIMITS, ...options.limits },
  }
  axon.onTask(options.handler ?? instantHandler)
  axon.setCallers(options.callers ?? [callerOf(VALIDATOR)])
  const started = await axon.start(config)
  if (!started.ok) throw new Error(started.error.code)
  return { axon, config, ...started.value }
}
