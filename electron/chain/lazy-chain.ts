import type { AppError } from '../../shared/errors.ts'
import type { Head } from '../../shared/network/network.ts'
import { err, type Result } from '../../shared/result.ts'
import { isAddress } from './address-check.ts'
import type { ChainPort, ConnectionState } from './chain.port.ts'
import type { WholeChain } from './whole-chain.port.ts'

type Listener<T> = (value: T) => void
type Own = Pick<WholeChain, 'connect' | 'disconnect' | 'state' | 'onState' | 'onHead' | 'isAddress'>
/** Everything else of a chain is a question with an answer. */
type Question = (...input: readonly unknown[]) => Promise<Result<unknown, AppError>>

/** The members that are neither our own nor a question: none, or this does not compile. */
type NoQuestion = {
  [K in Exclude<keyof WholeChain, keyof Own>]: WholeChain[K] extends (
    ...input: never[]
  ) => Promise<Result<unknown, AppError>>
    ? never
    : K
}[Exclude<keyof WholeChain, keyof Own>]
type Only<_None extends never> = WholeChain

/** Listeners may come before there is anything to listen to. */
class Listeners<T> {
  readonly #listeners = new Set<Listener<T>>()

  add(listener: Listener<T>): () => void {
    // A wrapper of its own: the same function may listen twice, and stop once.
    const own: Listener<T> = (value) => listener(value)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  readonly tell: Listener<T> = (value) => {
    for (const listener of [...this.#listeners]) listener(value)
  }
}

class LazyChain implements Own {
  readonly #load: () => Promise<WholeChain>
  readonly #states = new Listeners<ConnectionState>()
  readonly #heads = new Listeners<Head>()
  #loading: Promise<WholeChain> | undefined
  #chain: WholeChain | undefined
  /** What is true until the code is there; from then on the chain itself says it. */
  #early: ConnectionState = { state: 'idle' }
  /** Of several connections that wait for the code, the newest counts. */
  #turn = 0

  constructor(load: () => Promise<WholeChain>) {
    this.#load = load
  }

  get loaded(): WholeChain | undefined {
    return this.#chain
  }

  state = (): ConnectionState => this.#chain?.state() ?? this.#early
  onState = (listener: Listener<ConnectionState>): (() => void) => this.#states.add(listener)
  onHead = (listener: Listener<Head>): (() => void) => this.#heads.add(listener)

  readonly isAddress = isAddress

  connect: ChainPort['connect'] = async (target, signal) => {
    if (this.#chain) return this.#chain.connect(target, signal)
    this.#turn += 1
    const turn = this.#turn
    this.#become({ state: 'connecting', endpoint: target.endpoint, attempt: 1 })
    try {
      const chain = await this.#whole()
      if (turn !== this.#turn) return err({ code: 'contract/cancelled' })
      if (!signal.aborted) return await chain.connect(target, signal)
      this.#become({ state: 'idle' })
      return err({ code: 'contract/cancelled' })
    } catch (cause) {
      if (turn === this.#turn) this.#become({ state: 'idle' })
      throw cause
    }
  }

  disconnect: ChainPort['disconnect'] = async () => {
    this.#turn += 1
    if (this.#chain) return this.#chain.disconnect()
    if (this.#early.state !== 'idle') this.#become({ state: 'idle' })
  }

  #become(state: ConnectionState): void {
    this.#early = state
    this.#states.tell(state)
  }

  #whole(): Promise<WholeChain> {
    this.#loading ??= this.#load().then(
      (chain) => {
        chain.onState(this.#states.tell)
        chain.onHead(this.#heads.tell)
        this.#chain = chain
        return chain
      },
      (cause: unknown) => {
        this.#loading = undefined
        throw cause
      },
    )
    return this.#loading
  }
}

/**
 * A chain whose code is loaded at the first connection: the client library costs a second of start and tens of MiB,
 * which nobody should pay who has not chosen a network yet. Before that every question is answered
 * `chain/not-connected`, as by a chain that is not connected.
 * @param load called once; again only after it failed
 */
export function lazyChain(load: () => Promise<WholeChain>): Only<NoQuestion> {
  const own = new LazyChain(load)
  const ask =
    (name: string): Question =>
    async (...input) => {
      const { loaded } = own
      if (!loaded) return err({ code: 'chain/not-connected' })
      // Every member of the port that is not our own is a question; the type of the port says which take what.
      return (
        (loaded as unknown as Readonly<Record<string, Question>>)[name]?.(...input) ??
        err({ code: 'internal', incident: name })
      )
    }
  return new Proxy(own as unknown as WholeChain, {
    get: (_chain, name) => {
      // Symbols and `then` are how the language asks what an object is; a chain is no promise.
      if (typeof name === 'symbol' || name === 'then') return undefined
      return name in own ? own[name as keyof Own] : ask(name)
    },
  })
}
