import type { ClockPort } from '../../../system/system.port.ts'
import { ChainFailure, fail } from '../failure.ts'
import type { Priority } from './budget.ts'
import type { Endpoint } from './endpoints.ts'
import { type Frame, framesIn } from './frames.ts'
import { openSocket } from './limited-socket.ts'
import { Outbox, type Waiting } from './outbox.ts'
import { isRateLimit, rpcErrorOf } from './rpc-error.ts'
import { Subscriptions } from './subscriptions.ts'
import type { Traffic } from './traffic.ts'

const OPEN_MS = 12_000
const ANSWER_MS = 30_000
/** Calls in one frame. Nodes allow more; a smaller frame is answered sooner. */
const MOST_IN_A_BATCH = 20
/** After a refusal for too many requests, nothing is asked for so long. */
const PAUSE_AFTER_REFUSAL_MS = 10_000

export interface SubscriptionNames {
  readonly subscribe: string
  readonly unsubscribe: string
  readonly params?: readonly unknown[]
}
export interface RpcDeps {
  readonly clock: ClockPort
  readonly traffic: Traffic
  /** For tests: how long an answer may take, ms. */
  readonly answerMs?: number | undefined
}

interface Request extends Waiting {
  readonly method: string
  readonly params: readonly unknown[]
  /** Sees the result before any later frame is looked at. */
  readonly settle: (result: unknown) => void
  readonly refuse: (cause: Error) => void
}
interface Sent {
  readonly request: Request
  readonly sentAtMs: number
  /** Sent beside others in one frame. */
  readonly batched: boolean
  readonly stopTimer: () => void
}

/** What sends money is sent alone: its answer must not depend on that of another. */
const ALONE = /^author_/
/** What a person who signed waits for: the nonce before, the blocks after. */
const SIGNING = /^(author_|practice_|system_accountNextIndex$|chain_getBlock$|chain_getHeader$)/

/**
 * JSON-RPC over one WebSocket. Opened once, closed once; the session above it opens the next one. Requests leave as the
 * endpoint's budget lets them; those that leave together share a frame where the node takes that.
 */
export class JsonRpc {
  readonly endpoint: string
  readonly #endpoint: Endpoint
  readonly #socket: WebSocket
  readonly #deps: RpcDeps
  readonly #outbox: Outbox<Request>
  readonly #sent = new Map<number, Sent>()
  readonly #subscriptions = new Subscriptions()
  readonly #onClosed: (() => void)[] = []
  readonly #onLimited: (() => void)[] = []
  #nextId = 1
  #closed = false

  private constructor(endpoint: Endpoint, socket: WebSocket, deps: RpcDeps) {
    this.endpoint = endpoint.address
    this.#endpoint = endpoint
    this.#socket = socket
    this.#deps = deps
    this.#outbox = new Outbox(endpoint.budget, deps.clock, (requests) => this.#send(requests))
    socket.addEventListener('message', ({ data }) => this.#take(data))
    socket.addEventListener('close', () => this.#end())
    socket.addEventListener('error', () => this.#end())
  }

  /** @errors chain/bad-endpoint, chain/unreachable, contract/cancelled */
  static async open(endpoint: Endpoint, deps: RpcDeps, signal?: AbortSignal): Promise<JsonRpc> {
    const { address } = endpoint
    if (!isWebSocketAddress(address)) fail({ code: 'chain/bad-endpoint', endpoint: address })
    const socket = openSocket(new URL(address).href)
    const outcome = await new Promise<'open' | 'failed' | 'late' | 'cancelled'>((resolve) => {
      const stop = deps.clock.after(OPEN_MS, () => resolve('late'))
      const done = (how: 'open' | 'failed' | 'cancelled') => {
        stop()
        resolve(how)
      }
      socket.addEventListener('open', () => done('open'))
      socket.addEventListener('error', () => done('failed'))
      socket.addEventListener('close', () => done('failed'))
      signal?.addEventListener('abort', () => done('cancelled'), { once: true })
    })
    if (outcome === 'open' && !signal?.aborted) return new JsonRpc(endpoint, socket, deps)
    socket.close()
    if (outcome === 'cancelled' || signal?.aborted) return fail({ code: 'contract/cancelled' })
    const reason = outcome === 'late' ? `no answer within ${OPEN_MS / 1000} s` : 'the connection was refused'
    return fail({ code: 'chain/unreachable', endpoint: address, reason })
  }

  /**
   * @errors RpcError where the node answers with an error; chain/unreachable when the socket or the answer is lost;
   *         chain/over-budget when its turn did not come; chain/rate-limited when the endpoint refuses more
   */
  request(method: string, params: readonly unknown[] = [], priority: Priority = usual(method)): Promise<unknown> {
    return new Promise((settle, refuse) => this.#queue({ method, params, priority, settle, refuse }))
  }

  /** @returns a function that ends the subscription. Items that arrive before the answer are delivered, in order. */
  async subscribe(names: SubscriptionNames, onItem: (item: unknown) => void): Promise<() => void> {
    const { subscribe: method, unsubscribe, params = [] } = names
    const id = await new Promise<string>((resolve, refuse) => {
      const settle = (result: unknown): void => {
        if (typeof result !== 'string' && typeof result !== 'number') return refuse(unreadable(method))
        this.#subscriptions.add(String(result), onItem)
        resolve(String(result))
      }
      this.#queue({ method, params, priority: ALONE.test(method) ? 'signing' : 'view', settle, refuse })
    })
    return () => {
      if (!this.#subscriptions.remove(id) || this.#closed) return
      this.request(unsubscribe, [id], 'background').catch(() => undefined)
    }
  }

  onClosed(listener: () => void): void {
    if (this.#closed) listener()
    else this.#onClosed.push(listener)
  }
  /** The endpoint refuses more requests for a while. */
  onLimited(listener: () => void): void {
    this.#onLimited.push(listener)
  }

  close(): void {
    this.#socket.close()
    this.#end()
  }

  #queue(request: Omit<Request, 'queuedAtMs' | 'expire'>): void {
    if (this.#closed) return request.refuse(this.#lost('the connection is closed'))
    const expire = (waitedMs: number): void =>
      request.refuse(new ChainFailure({ code: 'chain/over-budget', endpoint: this.endpoint, waitedMs }))
    this.#waiting.add(request.refuse)
    const gone = () => this.#waiting.delete(request.refuse)
    this.#outbox.put({
      ...request,
      queuedAtMs: this.#deps.clock.nowMs(),
      settle: (result) => {
        gone()
        request.settle(result)
      },
      refuse: (cause) => {
        gone()
        request.refuse(cause)
      },
      expire: (waitedMs) => {
        gone()
        expire(waitedMs)
      },
    })
  }
  /** What ends each unanswered request when the socket goes, sent or not. */
  readonly #waiting = new Set<(cause: Error) => void>()

  #send(requests: readonly Request[]): void {
    const together = this.#endpoint.takesBatches === false ? [] : requests.filter(({ method }) => !ALONE.test(method))
    const batches = together.length < 2 ? [] : pagesOf(together, MOST_IN_A_BATCH)
    for (const batch of batches) this.#write(batch)
    for (const request of requests) if (batches.length === 0 || !together.includes(request)) this.#write([request])
  }

  #write(requests: readonly Request[]): void {
    const { clock, traffic, answerMs = ANSWER_MS } = this.#deps
    const batched = requests.length > 1
    const calls = requests.map((request) => {
      const id = this.#nextId++
      const late = () => this.#late(id)
      const stopTimer = clock.after(answerMs, late)
      this.#sent.set(id, { request, batched, sentAtMs: clock.nowMs(), stopTimer })
      return { jsonrpc: '2.0', id, method: request.method, params: request.params }
    })
    const text = JSON.stringify(batched ? calls : calls[0])
    traffic.sent(calls.length)
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text)
    else this.#end()
  }

  #take(data: unknown): void {
    if (typeof data !== 'string' || this.#closed) return
    if (data.startsWith('[')) this.#endpoint.takesBatches = true
    for (const frame of framesIn(data)) this.#takeFrame(frame)
  }

  #takeFrame(frame: Frame): void {
    if (frame.kind === 'item') return this.#subscriptions.tell(frame.subscription, frame.result)
    if (frame.kind === 'refusal') return this.#alone()
    const sent = this.#sent.get(frame.id)
    if (!sent) return
    this.#sent.delete(frame.id)
    sent.stopTimer()
    this.#endpoint.answerMs = this.#deps.traffic.answered(sent.sentAtMs)
    const { request } = sent
    if (!frame.error)
      return frame.result === undefined ? request.refuse(unreadable(request.method)) : request.settle(frame.result)
    const error = rpcErrorOf(frame.error)
    if (!isRateLimit(error)) return request.refuse(error)
    this.#endpoint.budget.drain(PAUSE_AFTER_REFUSAL_MS)
    request.refuse(new ChainFailure({ code: 'chain/rate-limited', endpoint: this.endpoint }))
    for (const listener of this.#onLimited) listener()
  }

  /** A node that does not take batches gets everything that was in one again, one by one. */
  #alone(): void {
    this.#endpoint.takesBatches = false
    const again = [...this.#sent].filter(([, { batched }]) => batched)
    for (const [id, { stopTimer, request }] of again) {
      this.#sent.delete(id)
      stopTimer()
      this.#outbox.put(request)
    }
  }

  /** A socket that swallows an answer swallows the next one, too: it is given up, and what waits is told at once. */
  #late(id: number): void {
    const { method = '' } = this.#sent.get(id)?.request ?? {}
    const { answerMs = ANSWER_MS } = this.#deps
    this.#end(`no answer to ${method} within ${Math.round(answerMs / 1000)} s`)
    this.#socket.close()
  }

  #end(reason = 'the connection was lost'): void {
    if (this.#closed) return
    this.#closed = true
    // Cut off while it thought about its first batch: it may be the batch that it minds.
    if (this.#endpoint.takesBatches === undefined && [...this.#sent.values()].some(({ batched }) => batched))
      this.#endpoint.takesBatches = false
    for (const { stopTimer } of this.#sent.values()) stopTimer()
    this.#sent.clear()
    this.#outbox.close()
    for (const refuse of [...this.#waiting]) refuse(this.#lost(reason))
    this.#waiting.clear()
    for (const listener of this.#onClosed) listener()
  }

  #lost(reason: string): Error {
    return new ChainFailure({ code: 'chain/unreachable', endpoint: this.endpoint, reason })
  }
}

const usual = (method: string): Priority => (SIGNING.test(method) ? 'signing' : 'view')
const unreadable = (method: string): Error =>
  new ChainFailure({ code: 'chain/bad-answer', what: `answer to ${method}` })

const pagesOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, page) => items.slice(page * size, (page + 1) * size))

function isWebSocketAddress(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname } = new URL(endpoint)
  return (protocol === 'ws:' || protocol === 'wss:') && hostname !== ''
}
