import type { AppError } from '../../../shared/errors.ts'
import type { ChainFacts, Head } from '../../../shared/network/network.ts'
import type { ClockPort, LogPort } from '../../system/system.port.ts'
import type { ChainTarget, ConnectionState } from '../chain.port.ts'
import { readsOf } from './block-reads.ts'
import { errorOf, fail } from './failure.ts'
import { BlockTime } from './net/block-time.ts'
import { ClockCheck } from './net/clock-check.ts'
import { CrossCheck } from './net/cross-check.ts'
import type { Endpoints } from './net/endpoints.ts'
import { headSeen, isFresher, leastHead, type OwnHead } from './net/freshness.ts'
import { greet } from './net/greeting.ts'
import { HeadGate } from './net/head-gate.ts'
import type { Header } from './net/header.ts'
import type { JsonRpc } from './net/json-rpc.ts'
import { Line } from './net/line.ts'
import { askOther, type OtherAnswer, type OtherDeps, type Said } from './net/other-endpoint.ts'
import { SeenBlocks } from './net/seen-blocks.ts'
import { StorageFeed } from './net/storage-feed.ts'
import { Traffic } from './net/traffic.ts'
import { lateAfterMs, watchLine } from './net/watchman.ts'
import { runtimeOf } from './runtime/fetch-runtime.ts'
import type { MetadataCache } from './runtime/metadata-cache.ts'
import type { Runtime } from './runtime/runtime.ts'
import { viewOfBest } from './view.ts'

export interface SessionDeps {
  readonly clock: ClockPort
  readonly log: LogPort
  readonly endpoints: Endpoints
  readonly cache: MetadataCache
  /** For tests: how long an answer may take, ms. */
  readonly answerMs?: number | undefined
  /** For tests: time between two looks at another endpoint, ms. */
  readonly crossCheckMs?: number | undefined
}
export interface SessionEvents {
  readonly onState: (state: ConnectionState) => void
  readonly onHead: (head: Head) => void
}

/**
 * One chosen chain, from `connect` until it is left: follows heads, finality and runtime upgrades, over whichever of its
 * endpoints answers.
 */
export class Session {
  readonly target: ChainTarget
  readonly traffic: Traffic
  readonly seen = new SeenBlocks()
  readonly feed: StorageFeed
  readonly #deps: SessionDeps
  readonly #events: SessionEvents
  readonly #line: Line
  readonly #blockTime = new BlockTime()
  readonly #clockCheck: ClockCheck
  readonly #other: OtherDeps
  readonly #crossCheck: CrossCheck
  readonly #headListeners = new Set<(head: Head) => void>()
  readonly #upListeners = new Set<() => void>()
  readonly #leftListeners: (() => void)[] = []
  #runtime: Runtime | undefined
  /** Blocks from this one on were seen under the rules of now. */
  #runtimeSince = Number.POSITIVE_INFINITY
  #facts: ChainFacts | undefined
  #best: Head | undefined
  #finalized: Head | undefined
  #left = false
  #stopWatch: () => void = () => undefined

  constructor(target: ChainTarget, deps: SessionDeps, events: SessionEvents) {
    this.target = target
    this.#deps = deps
    this.#events = events
    this.traffic = new Traffic(deps.clock)
    const { clock, log, endpoints, answerMs } = deps
    endpoints.choose(target.allowances ?? {})
    this.#clockCheck = new ClockCheck(clock, () => {
      // Whether another endpoint is fresher is known from its last look; when this one falls behind, it is looked again.
      if (this.#clockCheck.behindMs > 0) this.#crossCheck.soon()
      this.#emit()
    })
    this.#other = { clock, endpoints, now: () => this.#said(), addresses: () => this.#line.addresses }
    const onChange = () => this.#emit()
    this.#crossCheck = new CrossCheck({
      ...this.#other,
      log,
      everyMs: deps.crossCheckMs,
      headOf: (number) => headSeen(number, this.#own()),
      isBehind: () => this.#clockCheck.behindMs > 0,
      onHead: (head) => {
        if (isFresher(head, this.#own())) this.#line.renew('another endpoint is ahead', true)
        else this.#emit()
      },
      onChange,
    })
    this.feed = new StorageFeed({
      clock,
      isNewest: (block) => block === this.#best?.hash,
      onBlock: ({ block, values }) => readsOf(this).told(block, values),
    })
    this.#line = new Line([...new Set([target.endpoint, ...(target.fallbacks ?? [])])], {
      clock,
      log,
      endpoints,
      answerMs,
      traffic: this.traffic,
      greet: (rpc) => this.#greet(rpc),
      onUp: () => this.#isUp(),
      onDown: () => {
        this.feed.interrupt(false)
        this.#emit()
      },
      onLost: (cause) => this.#fails(cause),
    })
  }

  /** @errors chain/bad-endpoint, chain/unreachable, chain/wrong-genesis, chain/bad-answer, contract/cancelled */
  async start(signal: AbortSignal): Promise<ChainFacts> {
    signal.addEventListener('abort', () => this.#facts || this.leave(), { once: true })
    this.#events.onState({ state: 'connecting', endpoint: this.target.endpoint, attempt: 1 })
    try {
      await this.#line.open(signal)
      this.#stopWatch = this.#watch()
      this.#crossCheck.start()
      return this.facts
    } catch (cause) {
      if (signal.aborted) {
        this.leave()
        return fail({ code: 'contract/cancelled' })
      }
      this.#fails(cause)
      throw cause
    }
  }

  leave(): void {
    if (this.#left) return
    this.#left = true
    this.#stopWatch()
    this.#crossCheck.stop()
    this.#line.close()
    for (const listener of this.#leftListeners) listener()
  }

  get clock(): ClockPort {
    return this.#deps.clock
  }
  /** Asks a second endpoint of this chain; `undefined` where there is none to ask. */
  askOther<T>(run: (rpc: JsonRpc) => Promise<T>): Promise<OtherAnswer<T> | undefined> {
    return askOther(this.#other, run)
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
    const { rpc, up, address: endpoint } = this.#line
    if (!rpc) return fail({ code: 'chain/not-connected' })
    // A node that has not said yet which chain it is of is asked nothing else.
    return up ? rpc : fail({ code: 'chain/unreachable', endpoint, reason: 'the connection is opened again' })
  }
  /** The endpoint in use. */
  get endpoint(): string {
    return this.#line.address
  }
  /** The socket is down; what is known is old. */
  get reconnecting(): boolean {
    return !this.#line.up
  }

  state(): ConnectionState {
    const { address: endpoint, addresses } = this.#line
    if (!this.#facts || !this.#best) return { state: 'connecting', endpoint, attempt: 1 }
    return {
      state: 'ready',
      endpoint,
      facts: this.#facts,
      best: this.#best,
      finalized: this.#finalized,
      requestsPerMinute: this.traffic.perMinute(),
      answerMs: this.traffic.answerMs(),
      reconnecting: this.reconnecting,
      trouble: this.#trouble(),
      endpoints: this.#deps.endpoints.states(addresses, endpoint, headSeen(this.#best.number, this.#own())),
    }
  }

  onHead(listener: (head: Head) => void): () => void {
    this.#headListeners.add(listener)
    return () => this.#headListeners.delete(listener)
  }

  /** A socket is open again, perhaps to another endpoint. @returns stops listening */
  onUp(listener: () => void): () => void {
    this.#upListeners.add(listener)
    return () => this.#upListeners.delete(listener)
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

  /** Whether a block is certainly of the rules of now. */
  isOfNow(block: number): boolean {
    return block >= this.#runtimeSince
  }
  /** The rules of another time. */
  runtimeAt(specVersion: number, at: string): Promise<Runtime> {
    const { genesis } = this.facts
    return runtimeOf({ genesis, specVersion }, { rpc: this.rpc, cache: this.#deps.cache, at })
  }

  async #greet(rpc: JsonRpc): Promise<void> {
    const gate = new HeadGate({
      number: leastHead(this.#own(), this.#line.addresses.length),
      blockMs: this.#blockTime.ms(),
      ageMs: (number) => headSeen(number, this.#own()).ageMs,
    })
    const { genesis, specVersion, firstHead } = await greet(rpc, this.#deps.clock, {
      onHead: (header) => gate.takes(header) && this.#takeHead(rpc, header),
      onFinal: (header) => this.#takeFinal(rpc, header),
      onVersion: (spec) => this.#takeVersion(rpc, spec),
      onOdd: (cause) => {
        const what = cause instanceof Error ? cause.message : ''
        this.#deps.log.log('warn', 'chain.bad-notification', { what })
      },
    })
    const expected = this.target.genesis ?? this.#facts?.genesis
    if (expected !== undefined && genesis.toLowerCase() !== expected.toLowerCase())
      return fail({ code: 'chain/wrong-genesis', endpoint: rpc.endpoint, expected, actual: genesis })
    const runtime = await this.#sameOrNew(rpc, { genesis, specVersion })
    await firstHead
    await gate.passed(rpc, this.#deps.clock)
    this.#rules(genesis, runtime)
  }

  async #sameOrNew(rpc: JsonRpc, id: { readonly genesis: string; readonly specVersion: number }): Promise<Runtime> {
    const known = this.#runtime
    return known?.version.specVersion === id.specVersion ? known : runtimeOf(id, { rpc, cache: this.#deps.cache })
  }

  /** From now on the chain is read by these rules. */
  #rules(genesis: string, runtime: Runtime): void {
    const from = this.#runtime?.version.specVersion
    if (runtime !== this.#runtime) this.#runtimeSince = (this.#best?.number ?? 0) + 1
    this.#runtime = runtime
    const { specName, specVersion } = runtime.version
    const existentialDeposit = runtime.constant('Balances.ExistentialDeposit')
    if (typeof existentialDeposit !== 'bigint') return fail({ code: 'chain/unsupported', missing: ['Balances'] })
    const slot = runtime.constant('Aura.SlotDuration')
    this.#blockTime.promise(typeof slot === 'bigint' ? Number(slot) : undefined)
    this.#facts = { genesis, specName, specVersion, blockMs: this.#blockTime.ms(), existentialDeposit }
    if (from !== undefined && from !== specVersion)
      this.#deps.log.log('info', 'chain.runtime-upgraded', { from, to: specVersion })
  }

  #takeHead(rpc: JsonRpc, header: Header): void {
    if (this.#left || this.#line.rpc !== rpc) return
    const { number, hash } = header
    const before = this.#best
    this.seen.add(header)
    // Another branch won: what did not change on it was told by the one that lost.
    if (before && before.hash !== hash && before.hash !== header.parentHash) {
      this.feed.interrupt(this.#line.up)
      // A node may tell what a block changed before it tells of the block itself.
      readsOf(this).forget(hash)
    }
    // The same block told again, by another socket perhaps, is not a newer one.
    const seenAtMs = before?.hash === hash ? before.seenAtMs : this.#deps.clock.nowMs()
    const head: Head = { number, hash, seenAtMs }
    this.#best = head
    if (before?.hash !== hash) this.#blockTime.saw(head)
    if (this.#facts) this.#facts = { ...this.#facts, blockMs: this.#blockTime.ms() }
    if (!this.#facts || !this.#line.up) return
    this.#emit()
    this.#events.onHead(head)
    for (const listener of [...this.#headListeners]) listener(head)
    this.#checkClock()
  }

  #takeFinal(rpc: JsonRpc, { number, hash }: Header): void {
    if (this.#left || this.#line.rpc !== rpc) return
    this.seen.final({ number, hash })
    this.#finalized = { number, hash, seenAtMs: this.#deps.clock.nowMs() }
    this.#emit()
  }

  /** The chain changed its rules under us: from the next read on, its new metadata counts. */
  #takeVersion(rpc: JsonRpc, specVersion: number): void {
    const facts = this.#facts
    if (!facts || !this.#line.up || this.#line.rpc !== rpc || specVersion === facts.specVersion) return
    const { genesis } = facts
    this.#sameOrNew(rpc, { genesis, specVersion }).then(
      (runtime) => {
        if (this.#line.rpc !== rpc || this.#left) return
        this.#rules(genesis, runtime)
        this.#emit()
      },
      (cause: unknown) => {
        // Without the new metadata nothing may be read or signed: start over with a fresh socket.
        this.#deps.log.log('warn', 'chain.runtime-unreadable', { code: errorOf(cause).code })
        rpc.close()
      },
    )
  }

  #isUp(): void {
    this.feed.attach(this.rpc)
    this.#emit()
    this.#checkClock(true)
    for (const listener of [...this.#upListeners]) listener()
  }

  /** The chain's own clock in the newest block, against this computer's. Beside what else is asked of that block. */
  #checkClock(now = false): void {
    if (!this.#runtime?.has({ storage: ['Timestamp.Now'] }) || !this.#clockCheck.isDue(now)) return
    const view = viewOfBest(this, 'background')
    this.#clockCheck.take(view.storage([['Timestamp.Now']]).then(([stored]) => stored?.value))
  }

  #own(): OwnHead {
    const nowMs = this.#deps.clock.nowMs()
    return { best: this.#best, blockMs: this.#blockTime.ms(), behindMs: this.#clockCheck.behindMs, nowMs }
  }

  #watch(): () => void {
    return watchLine({
      clock: this.#deps.clock,
      look: () => ({ seenAtMs: this.#best?.seenAtMs, blockMs: this.#blockTime.ms() }),
      onWake: () => this.#line.renew('this computer slept', false),
      onLate: () => {
        this.#emit()
        this.#line.renew('no new block', true)
      },
    })
  }

  #said(): Said | undefined {
    const [facts, final] = [this.#facts, this.#finalized]
    if (!facts || !final || !this.#line.up) return undefined
    return { endpoint: this.#line.address, genesis: facts.genesis, block: final.number, hash: final.hash }
  }

  /** Why nothing may be signed now, although a node answers. */
  #trouble(): AppError | undefined {
    const { address: endpoint } = this.#line
    const ageMs = this.#deps.clock.nowMs() - (this.#best?.seenAtMs ?? 0)
    if (ageMs > lateAfterMs(this.#blockTime.ms())) return { code: 'chain/head-too-old', endpoint, ageMs }
    return this.#clockCheck.trouble(endpoint) ?? this.#crossCheck.trouble
  }

  #fails(cause: unknown): void {
    this.leave()
    this.#events.onState({ state: 'failed', endpoint: this.#line.address, error: errorOf(cause) })
  }

  #emit(): void {
    if (this.#facts && this.#best && !this.#left) this.#events.onState(this.state())
  }
}
