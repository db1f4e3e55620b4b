import { randomBytes } from 'node:crypto'
import { RpcError } from './rpc-error.ts'

/** Per connection; Substrate's default is 1,024. */
const MAX_SUBSCRIPTIONS = 1_024
/** What a client that does not read may make us hold before it is cut off. */
const MAX_BUFFERED_BYTES = 64 * 1_048_576

/** The part of a WebSocket that a session needs. */
export interface Wire {
  send(text: string): void
  readonly bufferedAmount: number
  terminate(): void
}

interface Subscription {
  /** Ends what feeds it. */
  stop: () => void
  /** Notifications made before the client knows the subscription's id; `undefined` once it does. */
  waiting: string[] | undefined
  /** Its feed is over; what waits is still delivered. */
  ended: boolean
}

/** One connection: its subscriptions and its way out. */
export class Session {
  readonly #wire: Wire
  readonly #subscriptions = new Map<string, Subscription>()

  constructor(wire: Wire) {
    this.#wire = wire
  }

  /**
   * Opens a subscription. Nothing is sent before {@link flush}: the id must reach the client first.
   * @param start  begins feeding; gets `notify` and returns what stops it.
   */
  subscribe(method: string, start: (notify: (result: unknown) => void, end: () => void) => () => void): string {
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) {
      throw new RpcError(
        -32006,
        'Too many subscriptions on the connection',
        `Exceeded max limit of ${MAX_SUBSCRIPTIONS}`,
      )
    }
    const id = randomBytes(12).toString('base64url')
    const subscription: Subscription = { stop: () => undefined, waiting: [], ended: false }
    this.#subscriptions.set(id, subscription)
    const notify = (result: unknown): void => {
      const text = JSON.stringify({ jsonrpc: '2.0', method, params: { subscription: id, result } })
      if (subscription.waiting) subscription.waiting.push(text)
      else if (this.#subscriptions.has(id)) this.send(text)
    }
    try {
      subscription.stop = start(notify, () => this.#end(id))
    } catch (error) {
      this.#subscriptions.delete(id)
      throw error
    }
    return id
  }

  #end(id: string): void {
    const subscription = this.#subscriptions.get(id)
    if (!subscription) return
    subscription.ended = true
    if (!subscription.waiting) this.unsubscribe(id)
  }

  /** Sends what new subscriptions had to say while their id was on its way. */
  flush(): void {
    for (const [id, subscription] of this.#subscriptions) {
      const { waiting } = subscription
      if (!waiting) continue
      subscription.waiting = undefined
      for (const text of waiting) this.send(text)
      if (subscription.ended) this.unsubscribe(id)
    }
  }

  unsubscribe(id: unknown): boolean {
    if (typeof id !== 'string') return false
    const subscription = this.#subscriptions.get(id)
    if (!subscription) return false
    this.#subscriptions.delete(id)
    subscription.stop()
    return true
  }

  send(text: string): void {
    if (this.#wire.bufferedAmount > MAX_BUFFERED_BYTES) this.#wire.terminate()
    else this.#wire.send(text)
  }

  close(): void {
    for (const id of [...this.#subscriptions.keys()]) this.unsubscribe(id)
  }
}
