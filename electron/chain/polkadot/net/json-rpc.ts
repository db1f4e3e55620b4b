import { z } from 'zod'
import type { ClockPort } from '../../../system/system.port.ts'
import { ChainFailure, fail } from '../failure.ts'
import { RpcError } from './rpc-error.ts'
import type { Traffic } from './traffic.ts'

const OPEN_MS = 12_000
const ANSWER_MS = 30_000

const frame = z.looseObject({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.looseObject({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
  method: z.string().optional(),
  params: z.looseObject({ subscription: z.union([z.string(), z.number()]), result: z.unknown().optional() }).optional(),
})

interface Pending {
  readonly settle: (answer: unknown) => void
  readonly refuse: (cause: Error) => void
  readonly sentAtMs: number
  readonly stopTimer: () => void
}
export interface SubscriptionNames {
  readonly subscribe: string
  readonly unsubscribe: string
  readonly params?: readonly unknown[]
}
export interface RpcDeps {
  readonly clock: ClockPort
  readonly traffic: Traffic
}

/** JSON-RPC 2.0 over one WebSocket. Opened once, closed once; the session above it opens the next one. */
export class JsonRpc {
  readonly endpoint: string
  readonly #socket: WebSocket
  readonly #deps: RpcDeps
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<string, (item: unknown) => void>()
  /** Items that overtook the answer which names their subscription. */
  readonly #early = new Map<string, unknown[]>()
  readonly #onClosed: (() => void)[] = []
  #nextId = 1
  #closed = false

  private constructor(endpoint: string, socket: WebSocket, deps: RpcDeps) {
    this.endpoint = endpoint
    this.#socket = socket
    this.#deps = deps
    socket.addEventListener('message', (event) => this.#receive(String(event.data)))
    socket.addEventListener('close', () => this.#end())
    socket.addEventListener('error', () => this.#end())
  }

  /** @errors chain/bad-endpoint, chain/unreachable, contract/cancelled */
  static async open(endpoint: string, deps: RpcDeps, signal?: AbortSignal): Promise<JsonRpc> {
    if (!isWebSocketAddress(endpoint)) fail({ code: 'chain/bad-endpoint', endpoint })
    if (signal?.aborted) fail({ code: 'contract/cancelled' })
    const socket = new WebSocket(endpoint)
    const outcome = await new Promise<'open' | 'failed' | 'late' | 'cancelled'>((resolve) => {
      const stop = deps.clock.after(OPEN_MS, () => resolve('late'))
      const done = (how: 'open' | 'failed' | 'cancelled') => {
        stop()
        resolve(how)
      }
      socket.addEventListener('open', () => done('open'), { once: true })
      socket.addEventListener('error', () => done('failed'), { once: true })
      socket.addEventListener('close', () => done('failed'), { once: true })
      signal?.addEventListener('abort', () => done('cancelled'), { once: true })
    })
    if (outcome === 'open') return new JsonRpc(endpoint, socket, deps)
    socket.close()
    if (outcome === 'cancelled') return fail({ code: 'contract/cancelled' })
    const reason = outcome === 'late' ? `no answer within ${OPEN_MS / 1000} s` : 'the connection was refused'
    return fail({ code: 'chain/unreachable', endpoint, reason })
  }

  /** @errors RpcError where the node answers with an error; chain/unreachable when the socket or the answer is lost */
  request(method: string, params: readonly unknown[] = []): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#lost('the connection is closed'))
    const id = this.#nextId++
    const text = JSON.stringify({ jsonrpc: '2.0', id, method, params })
    const { clock, traffic } = this.#deps
    return new Promise<unknown>((settle, refuse) => {
      const stopTimer = clock.after(ANSWER_MS, () => {
        this.#pending.delete(id)
        refuse(this.#lost(`no answer to ${method} within ${ANSWER_MS / 1000} s`))
      })
      this.#pending.set(id, { settle, refuse, sentAtMs: traffic.sent(text.length), stopTimer })
      this.#socket.send(text)
    })
  }

  /** @returns a function that ends the subscription. Items that arrive with the answer are delivered, in order. */
  async subscribe(names: SubscriptionNames, onItem: (item: unknown) => void): Promise<() => void> {
    const id = String(await this.request(names.subscribe, names.params))
    this.#listeners.set(id, onItem)
    for (const item of this.#early.get(id) ?? []) onItem(item)
    this.#early.delete(id)
    return () => {
      if (!this.#listeners.delete(id) || this.#closed) return
      this.request(names.unsubscribe, [id]).catch(() => undefined)
    }
  }

  onClosed(listener: () => void): void {
    if (this.#closed) listener()
    else this.#onClosed.push(listener)
  }

  close(): void {
    this.#socket.close()
    this.#end()
  }

  #receive(text: string): void {
    this.#deps.traffic.received(text.length)
    const parsed = frame.safeParse(readJson(text))
    // Not JSON-RPC: nothing to settle. What waits for an answer runs into its time limit.
    if (!parsed.success) return
    const { id, error, result, params } = parsed.data
    if (params) return this.#deliver(String(params.subscription), params.result)
    if (id === undefined) return
    const waiting = this.#pending.get(id)
    if (!waiting) return
    this.#pending.delete(id)
    waiting.stopTimer()
    this.#deps.traffic.answered(waiting.sentAtMs)
    if (error) waiting.refuse(new RpcError(error.code, error.message, describe(error.data)))
    else waiting.settle(result)
  }

  #deliver(subscription: string, item: unknown): void {
    const listener = this.#listeners.get(subscription)
    if (listener) return listener(item)
    const waiting = this.#early.get(subscription) ?? []
    // A subscription that we ended may still send a few; only a short memory is needed.
    if (waiting.length < 32 && this.#early.size < 32) this.#early.set(subscription, [...waiting, item])
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    for (const waiting of this.#pending.values()) {
      waiting.stopTimer()
      waiting.refuse(this.#lost('the connection was lost'))
    }
    this.#pending.clear()
    this.#listeners.clear()
    for (const listener of this.#onClosed) listener()
  }

  #lost(reason: string): Error {
    return new ChainFailure({ code: 'chain/unreachable', endpoint: this.endpoint, reason })
  }
}

function isWebSocketAddress(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname } = new URL(endpoint)
  return (protocol === 'ws:' || protocol === 'wss:') && hostname !== ''
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const describe = (data: unknown): string =>
  data === undefined ? '' : typeof data === 'string' ? data : JSON.stringify(data)
