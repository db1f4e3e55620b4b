import type { ChainFacts, Head } from '../../../shared/network/network.ts'
import type { ClockPort, LogPort } from '../../system/system.port.ts'
import type { ChainTarget, ConnectionState } from '../chain.port.ts'
import { badAnswer, ChainFailure, errorOf, fail } from './failure.ts'
import { BlockTime } from './net/block-time.ts'
import { readHeader } from './net/header.ts'
import { JsonRpc } from './net/json-rpc.ts'
import { SeenBlocks } from './net/seen-blocks.ts'
import { Traffic } from './net/traffic.ts'
import { fetchRuntime, versionIn } from './runtime/fetch-runtime.ts'
import type { Runtime } from './runtime/runtime.ts'

export interface SessionDeps {
  readonly clock: ClockPort
  readonly log: LogPort
}
export interface SessionEvents {
  readonly onState: (state: ConnectionState) => void
  readonly onHead: (head: Head) => void
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const FIRST_HEAD_MS = 60_000

/**
 * One chosen chain, from `connect` until it is left: keeps a socket to it open, opens it again when it breaks, follows
 * heads, finality and runtime upgrades.
 */
export class Session {
  readonly target: ChainTarget
  readonly traffic: Traffic
  readonly seen = new SeenBlocks()
  readonly #deps: SessionDeps
  readonly #events: SessionEvents
  readonly #blockTime: BlockTime
  readonly #headListeners = new Set<(head: Head) => void>()
  readonly #leftListeners: (() => void)[] = []
  #rpc: JsonRpc | undefined
  #runtime: Runtime | undefined
  #facts: ChainFacts | undefined
  #best: Head | undefined
  #finalized: Head | undefined
  #reconnecting = false
  #left = false
  #stopPause: () => void = () => undefined

  constructor(target: ChainTarget, deps: SessionDeps, events: SessionEvents) {
    this.target = target
    this.#deps = deps
    this.#events = events
    this.traffic = new Traffic(deps.clock)
    this.#blockTime = new BlockTime()
  }

  /** @errors chain/bad-endpoint, chain/unreachable, chain/wrong-genesis, chain/bad-answer, contract/cancelled */
  async start(signal: AbortSignal): Promise<ChainFacts> {
    signal.addEventListener('abort', () => this.#facts || this.leave(), { once: true })
    this.#events.onState({ state: 'connecting', endpoint: this.target.endpoint, attempt: 1 })
    try {
      await this.#open(signal)
      return this.facts
    } catch (cause) {
      this.leave()
      if (signal.aborted) return fail({ code: 'contract/cancelled' })
      this.#events.onState({ state: 'failed', endpoint: this.target.endpoint, error: errorOf(cause) })
      throw cause
    }
  }

  leave(): void {
    if (this.#left) return
    this.#left = true
    this.#stopPause()
    this.#rpc?.close()
    for (const listener of this.#leftListeners) listener()
  }

  get runtime(): Runtime {
    return this.#runtime ?? fail({ code: 'chain/not-connected' })
  }
  get best(): Head {
    return this.#best ?? fail({ code: 'chain/not-connected' })
  }
  get finalized(): Head | undefined {
    return this.#finalized
  }
  get facts(): ChainFacts {
    return this.#facts ?? fail({ code: 'chain/not-connected' })
  }
  get rpc(): JsonRpc {
    return this.#left || !this.#rpc ? fail({ code: 'chain/not-connected' }) : this.#rpc
  }
  /** The socket is down; what is known is old. */
  get reconnecting(): boolean {
    return this.#reconnecting
  }

  state(): ConnectionState {
    const { endpoint } = this.target
    if (!this.#facts || !this.#best) return { state: 'connecting', endpoint, attempt: 1 }
    return {
      state: 'ready',
      endpoint,
      facts: this.#facts,
      best: this.#best,
      finalized: this.#finalized,
      requestsPerMinute: this.traffic.perMinute(),
      answerMs: this.traffic.answerMs(),
      reconnecting: this.#reconnecting,
    }
  }

  onHead(listener: (head: Head) => void): () => void {
    this.#headListeners.add(listener)
    return () => this.#headListeners.delete(listener)
  }

  onLeft(listener: () => void): void {
    this.#leftListeners.push(listener)
  }

  /** Hash of a block of the best chain. @errors chain/unsupported when the node does not know that block */
  async hashAt(block: number): Promise<string> {
    const seen = this.seen.hash(block)
    if (seen) return seen
    const hash = await this.rpc.request('chain_getBlockHash', [block])
    return typeof hash === 'string' ? hash : fail({ code: 'chain/unsupported', missing: [`block ${block}`] })
  }

  async #open(signal?: AbortSignal): Promise<void> {
    const rpc = await JsonRpc.open(this.target.endpoint, { clock: this.#deps.clock, traffic: this.traffic }, signal)
    if (this.#left || signal?.aborted) {
      rpc.close()
      return fail({ code: 'contract/cancelled' })
    }
    this.#rpc = rpc
    try {
      await this.#greet(rpc)
    } catch (cause) {
      rpc.close()
      throw cause
    }
    this.#reconnecting = false
    rpc.onClosed(() => this.#lost(rpc))
    this.#emit()
  }

  /** Everything that must be known before the chain counts as connected; all questions leave at once. */
  async #greet(rpc: JsonRpc): Promise<void> {
    const known = this.#runtime
    const announced = Promise.withResolvers<number>()
    const firstHead = Promise.withResolvers<void>()
    const giveUp = () => {
      announced.reject(this.#silent())
      firstHead.reject(this.#silent())
    }
    const stopTimer = this.#deps.clock.after(FIRST_HEAD_MS, giveUp)
    rpc.onClosed(giveUp)
    // A rejection that another one overtakes must not become an unhandled one.
    announced.promise.catch(() => undefined)
    firstHead.promise.catch(() => undefined)
    try {
      const [genesis, name, runtime] = await Promise.all([
        rpc.request('chain_getBlockHash', [0]),
        rpc.request('system_chain'),
        known ? announced.promise.then((spec) => this.#sameOrNew(rpc, known, spec)) : fetchRuntime(rpc),
        this.#followVersion(rpc, announced.resolve),
        this.#followHeads(rpc, firstHead.resolve),
        this.#followFinality(rpc),
        firstHead.promise,
      ])
      this.#accept(genesis, name, runtime)
    } finally {
      stopTimer()
    }
  }

  #accept(genesis: unknown, name: unknown, runtime: Runtime): void {
    const { endpoint, genesis: wanted } = this.target
    if (typeof genesis !== 'string' || typeof name !== 'string') return badAnswer('genesis or chain name')
    const expected = wanted ?? this.#facts?.genesis
    if (expected !== undefined && genesis.toLowerCase() !== expected.toLowerCase())
      return fail({ code: 'chain/wrong-genesis', endpoint, expected, actual: genesis })
    this.#runtime = runtime
    this.#facts = this.#factsOf(genesis, name, runtime)
  }

  #factsOf(genesis: string, chainName: string, runtime: Runtime): ChainFacts {
    const { specName, specVersion } = runtime.version
    const existentialDeposit = runtime.constant('Balances.ExistentialDeposit')
    if (typeof existentialDeposit !== 'bigint') return fail({ code: 'chain/unsupported', missing: ['Balances'] })
    const slot = runtime.constant('Aura.SlotDuration')
    this.#blockTime.promise(typeof slot === 'bigint' ? Number(slot) : undefined)
    return { chainName, genesis, specName, specVersion, blockMs: this.#blockTime.ms(), existentialDeposit }
  }

  async #followHeads(rpc: JsonRpc, onFirst: () => void): Promise<void> {
    const names = {
      subscribe: 'chain_subscribeNewHeads',
      unsubscribe: 'chain_unsubscribeNewHeads',
      item: 'chain_newHead',
    }
    await rpc.subscribe(names, (raw) =>
      this.#safely(() => {
        const header = readHeader(raw)
        this.seen.add(header)
        const head: Head = { number: header.number, hash: header.hash, seenAtMs: this.#deps.clock.nowMs() }
        this.#best = head
        this.#blockTime.saw(head)
        if (this.#facts) this.#facts = { ...this.#facts, blockMs: this.#blockTime.ms() }
        onFirst()
        if (!this.#facts || this.#rpc !== rpc) return
        this.#emit()
        this.#events.onHead(head)
        for (const listener of this.#headListeners) listener(head)
      }),
    )
  }

  async #followFinality(rpc: JsonRpc): Promise<void> {
    const names = {
      subscribe: 'chain_subscribeFinalizedHeads',
      unsubscribe: 'chain_unsubscribeFinalizedHeads',
      item: 'chain_finalizedHead',
    }
    await rpc.subscribe(names, (raw) =>
      this.#safely(() => {
        const { number, hash } = readHeader(raw)
        this.#finalized = { number, hash, seenAtMs: this.#deps.clock.nowMs() }
        this.#emit()
      }),
    )
  }

  async #followVersion(rpc: JsonRpc, onFirst: (spec: number) => void): Promise<void> {
    const names = {
      subscribe: 'state_subscribeRuntimeVersion',
      unsubscribe: 'state_unsubscribeRuntimeVersion',
      item: 'state_runtimeVersion',
    }
    await rpc.subscribe(names, (raw) =>
      this.#safely(() => {
        const spec = versionIn(raw)
        onFirst(spec)
        const current = this.#runtime
        if (current && this.#facts && !this.#reconnecting) void this.#upgrade(rpc, current, spec)
      }),
    )
  }

  async #sameOrNew(rpc: JsonRpc, known: Runtime, spec: number): Promise<Runtime> {
    return known.version.specVersion === spec ? known : fetchRuntime(rpc)
  }

  /** The chain changed its rules under us: from the next read on, its new metadata counts. */
  async #upgrade(rpc: JsonRpc, current: Runtime, spec: number): Promise<void> {
    try {
      const next = await this.#sameOrNew(rpc, current, spec)
      if (next === current || !this.#facts || this.#rpc !== rpc) return
      this.#runtime = next
      this.#facts = this.#factsOf(this.#facts.genesis, this.#facts.chainName, next)
      this.#deps.log.log('info', 'chain.runtime-upgraded', { from: current.version.specVersion, to: spec })
      this.#emit()
    } catch (cause) {
      // Without the new metadata nothing may be read or signed: start over with a fresh socket.
      this.#deps.log.log('warn', 'chain.runtime-unreadable', { code: errorOf(cause).code })
      rpc.close()
    }
  }

  #lost(rpc: JsonRpc): void {
    if (this.#left || this.#rpc !== rpc) return
    this.#reconnecting = true
    this.#deps.log.log('warn', 'chain.connection-lost', { endpoint: this.target.endpoint })
    this.#emit()
    this.#tryAgain(FIRST_PAUSE_MS)
  }

  #tryAgain(pauseMs: number): void {
    this.#stopPause = this.#deps.clock.after(pauseMs, () => {
      this.#open().catch((cause: unknown) => {
        if (this.#left) return
        const error = errorOf(cause)
        if (error.code !== 'chain/wrong-genesis') return this.#tryAgain(Math.min(pauseMs * 2, LONGEST_PAUSE_MS))
        this.leave()
        this.#events.onState({ state: 'failed', endpoint: this.target.endpoint, error })
      })
    })
  }

  #emit(): void {
    if (this.#facts && this.#best && !this.#left) this.#events.onState(this.state())
  }

  /** A malformed notification is the node's fault; it is noted and skipped. */
  #safely(run: () => void): void {
    try {
      run()
    } catch (cause) {
      this.#deps.log.log('warn', 'chain.bad-notification', { what: cause instanceof Error ? cause.message : '' })
    }
  }

  #silent(): Error {
    const { endpoint } = this.target
    return new ChainFailure({ code: 'chain/unreachable', endpoint, reason: 'the node sent no block' })
  }
}
