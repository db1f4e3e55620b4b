// Callers of the miner's server, in a process of their own, so that they take nothing from what is measured.
import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { encodeAddress } from '@polkadot/util-crypto'
import { sr25519_pubkey, sr25519_secret_from_seed, sr25519_sign } from '@polkadot-labs/schnorrkel-wasm'
import { btAuthHeaders, btAuthText } from '../../shared/mining/btauth.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import type { ClientAsked, ClientDone } from './axon-load.ts'

const PATH = '/v1/chat/completions'
const BODY = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], max_tokens: 8 })
const BODY_SHA256 = createHash('sha256').update(BODY).digest('hex')
/** Bad signatures ready to be sent again and again: each is well formed, and over another text, so that it is checked in full. */
const FORGED = 64

const secret = sr25519_secret_from_seed(new Uint8Array(32).fill(2))
const publicKey = sr25519_pubkey(secret)
const sender = ss58(encodeAddress(publicKey, 42))
const sign = (text: string): string =>
  `0x${Buffer.from(sr25519_sign(publicKey, secret, Buffer.from(text))).toString('hex')}`

let lastNonce = 0n
function freshNonce(): bigint {
  const now = BigInt(Date.now()) * 1_000_000n
  lastNonce = lastNonce >= now ? lastNonce + 1n : now
  return lastNonce
}

const forged = Array.from({ length: FORGED }, (_, i) => sign(`something else ${i}`))
let nextForged = 0

/** One request as bytes. */
function requestBytes(receiver: string, isForged: boolean): Buffer {
  const nonceNs = freshNonce()
  const text = { scheme: 'sr25519', method: 'POST', target: PATH, bodySha256: BODY_SHA256, nonceNs, sender } as const
  const signed = { ...text, receiver }
  const signature = isForged ? (forged[nextForged++ % FORGED] ?? '') : sign(btAuthText(signed))
  const headers = Object.entries(btAuthHeaders(signed, signature)).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers.join('')}content-length: ${BODY.length}\r\n\r\n`
  return Buffer.from(head + BODY)
}

const LENGTH = /content-length: (\d+)/i

/** A kept connection that has one request under way at a time. */
class Caller {
  readonly #socket: Socket
  #heard = ''
  #answered: ((status: number) => void) | undefined

  constructor(port: number, localAddress: string) {
    this.#socket = connect({ port, host: '127.0.0.1', localAddress }).setNoDelay(true)
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (piece: unknown) => this.#hear(String(piece)))
    // A connection that breaks leaves its request without an answer; nothing is asked twice.
    this.#socket.on('error', () => this.#end(0))
    this.#socket.on('close', () => this.#end(0))
  }

  /** @returns the status; 0 where the connection ended first */
  ask(request: Buffer): Promise<number> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) return resolve(0)
      this.#answered = resolve
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #hear(piece: string): void {
    this.#heard += piece
    const headEnd = this.#heard.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(LENGTH.exec(this.#heard)?.[1])
    if (this.#heard.length < headEnd + 4 + length) return
    const status = Number(this.#heard.slice(9, 12))
    this.#heard = ''
    this.#end(status)
  }

  #end(status: number): void {
    const answered = this.#answered
    this.#answered = undefined
    answered?.(status)
  }
}

/** As fast as answers come, over every connection. Signing is over before the time runs. */
async function round({
  port,
  receiver,
  count,
  connections,
  bad,
}: Extract<ClientAsked, { kind: 'round' }>): Promise<ClientDone> {
  const callers = Array.from({ length: connections }, () => new Caller(port, '127.0.0.1'))
  const requests = Array.from({ length: count }, () => requestBytes(receiver, bad))
  const statuses: Record<number, number> = {}
  const before = process.cpuUsage()
  const began = performance.now()
  const drain = async (caller: Caller): Promise<void> => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const status = await caller.ask(request)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(callers.map(drain))
  const tookMs = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  for (const caller of callers) caller.close()
  return { statuses, tookMs, callersMs: (user + system) / 1_000, latenciesMs: [] }
}

/** At a steady rate, whether or not answers come; a caller that is busy is passed over, and a late start counts as latency. */
async function stream({
  port,
  receiver,
  perSecond,
  seconds,
  connections,
  bad,
  from,
}: Extract<ClientAsked, { kind: 'stream' }>): Promise<ClientDone> {
  const idle = Array.from({ length: connections }, () => new Caller(port, from))
  const statuses: Record<number, number> = {}
  const latenciesMs: number[] = []
  const waiting: number[] = []
  const under = new Set<Promise<void>>()
  const began = performance.now()
  const total = perSecond * seconds
  const ask = async (caller: Caller, dueMs: number): Promise<void> => {
    const status = await caller.ask(requestBytes(receiver, bad))
    statuses[status] = (statuses[status] ?? 0) + 1
    latenciesMs.push(performance.now() - began - dueMs)
    const next = waiting.shift()
    if (next === undefined) idle.push(caller)
    else await ask(caller, next)
  }
  for (let sent = 0; sent < total; ) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    for (const due = ((performance.now() - began) * perSecond) / 1_000; sent < Math.min(due, total); sent++) {
      const dueMs = (sent * 1_000) / perSecond
      // In turns: the server closes a connection that stays silent.
      const caller = idle.shift()
      if (!caller) waiting.push(dueMs)
      else {
        const asked = ask(caller, dueMs).finally(() => under.delete(asked))
        under.add(asked)
      }
    }
  }
  await Promise.all(under)
  for (const caller of idle) caller.close()
  return { statuses, tookMs: performance.now() - began, latenciesMs }
}

process.on('message', (asked: ClientAsked) => {
  void (asked.kind === 'round' ? round(asked) : stream(asked)).then((done) => process.send?.(done))
})
process.on('disconnect', () => process.exit(0))
