import type { WsProvider } from '@polkadot/api'
import type { ClockPort } from '../../../system/system.port.ts'
import { ChainFailure, fail } from '../failure.ts'
import { rpcErrorIn } from './rpc-error.ts'
import type { Traffic } from './traffic.ts'
import { newProvider } from './ws-provider.ts'

const OPEN_MS = 12_000
const ANSWER_MS = 30_000

export interface SubscriptionNames {
  readonly subscribe: string
  readonly unsubscribe: string
  /** Method of the notifications. */
  readonly item: string
  readonly params?: readonly unknown[]
}
export interface RpcDeps {
  readonly clock: ClockPort
  readonly traffic: Traffic
}

/** JSON-RPC over one `WsProvider`. Opened once, closed once; the session above it opens the next one. */
export class JsonRpc {
  readonly endpoint: string
  readonly #provider: WsProvider
  readonly #deps: RpcDeps
  /** What ends each unanswered request when the socket goes. */
  readonly #pending = new Set<(cause: Error) => void>()
  readonly #onClosed: (() => void)[] = []
  #bytesIn = 0
  #closed = false

  private constructor(endpoint: string, provider: WsProvider, deps: RpcDeps) {
    this.endpoint = endpoint
    this.#provider = provider
    this.#deps = deps
    provider.on('disconnected', () => this.#end())
    provider.on('error', () => this.#end())
  }

  /** @errors chain/bad-endpoint, chain/unreachable, contract/cancelled */
  static async open(endpoint: string, deps: RpcDeps, signal?: AbortSignal): Promise<JsonRpc> {
    if (!isWebSocketAddress(endpoint)) fail({ code: 'chain/bad-endpoint', endpoint })
    const provider = await newProvider(new URL(endpoint).href, ANSWER_MS)
    if (signal?.aborted) fail({ code: 'contract/cancelled' })
    const outcome = await new Promise<'open' | 'failed' | 'late' | 'cancelled'>((resolve) => {
      const stop = deps.clock.after(OPEN_MS, () => resolve('late'))
      const done = (how: 'open' | 'failed' | 'cancelled') => {
        stop()
        resolve(how)
      }
      provider.on('connected', () => done('open'))
      provider.on('error', () => done('failed'))
      provider.on('disconnected', () => done('failed'))
      signal?.addEventListener('abort', () => done('cancelled'), { once: true })
      provider.connect().catch(() => done('failed'))
    })
    if (outcome === 'open' && provider.isConnected) return new JsonRpc(endpoint, provider, deps)
    void provider.disconnect()
    if (outcome === 'cancelled') return fail({ code: 'contract/cancelled' })
    const reason = outcome === 'late' ? `no answer within ${OPEN_MS / 1000} s` : 'the connection was refused'
    return fail({ code: 'chain/unreachable', endpoint, reason })
  }

  /** @errors RpcError where the node answers with an error; chain/unreachable when the socket or the answer is lost */
  request(method: string, params: readonly unknown[] = []): Promise<unknown> {
    return this.#sent(method, () => this.#provider.send<unknown>(method, [...params], false))
  }

  /** @returns a function that ends the subscription. Items that arrive with the answer are delivered, in order. */
  async subscribe(names: SubscriptionNames, onItem: (item: unknown) => void): Promise<() => void> {
    const { subscribe, unsubscribe, item: type, params = [] } = names
    let over = false
    const take = (error: Error | null, item: unknown) => {
      this.#countReceived()
      if (!error && !over && !this.#closed) onItem(item)
    }
    const id = await this.#sent(subscribe, () => this.#provider.subscribe(type, subscribe, [...params], take))
    return () => {
      if (over || this.#closed) return
      over = true
      this.#sent(unsubscribe, () => this.#provider.unsubscribe(type, unsubscribe, id)).catch(() => undefined)
    }
  }

  onClosed(listener: () => void): void {
    if (this.#closed) listener()
    else this.#onClosed.push(listener)
  }

  close(): void {
    void this.#provider.disconnect()
    this.#end()
  }

  /** Counts a request, limits its time, and translates how it fails. */
  #sent<T>(method: string, send: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(this.#lost('the connection is closed'))
    const { clock, traffic } = this.#deps
    return new Promise<T>((settle, refuse) => {
      const before = this.#provider.stats.total.bytesSent
      const answer = send()
      const sentAtMs = traffic.sent(this.#provider.stats.total.bytesSent - before)
      const done = (): void => {
        stopTimer()
        this.#pending.delete(lost)
      }
      const lost = (cause: Error): void => {
        done()
        refuse(cause)
      }
      const stopTimer = clock.after(ANSWER_MS, () => lost(this.#lost(`no answer to ${method} within 30 s`)))
      this.#pending.add(lost)
      const answered = (): void => {
        done()
        this.#countReceived()
        traffic.answered(sentAtMs)
      }
      answer.then(
        (result) => {
          answered()
          settle(result)
        },
        (cause: unknown) => {
          answered()
          refuse(rpcErrorIn(cause) ?? new ChainFailure({ code: 'chain/bad-answer', what: `answer to ${method}` }))
        },
      )
    })
  }

  #countReceived(): void {
    const { bytesRecv } = this.#provider.stats.total
    this.#deps.traffic.received(bytesRecv - this.#bytesIn)
    this.#bytesIn = bytesRecv
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    for (const lose of [...this.#pending]) lose(this.#lost('the connection was lost'))
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
