import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { HoldReason } from '../../shared/mining/hold.ts'
import {
  isActive,
  MINER_IDLE,
  type MinerEvent,
  type MinerState,
  type MinerStep,
  minerSteps,
  reduceMiner,
} from '../../shared/mining/miner-machine.ts'
import { endpointAddress } from '../../shared/mining/plan-serve.ts'
import { type Produced, recentProduced, tokensPerSecond } from '../../shared/mining/token-rate.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TaskHandler } from '../axon/axon.port.ts'
import type { MinerSnapshot } from '../chain/chain.port.ts'
import type { LogPort } from '../system/system.port.ts'
import { AnswerSignatures } from './answer-signatures.ts'
import { Listeners } from './live-read.ts'
import { identityRefusal, liveIdentity, modelTasks } from './mining-adapter.ts'
import { endpointText, NO_METRICS, placesOf, type RunFacts, runFacts } from './mining-facts.ts'
import { type HoldBy, MiningHold } from './mining-hold.ts'
import {
  announce,
  type Checked,
  callersOf,
  checkMining,
  loadModel,
  type MiningDeps,
  type MiningRequest,
  openServer,
} from './mining-steps.ts'
import { workRunner } from './work-runner.ts'

export type { MiningDeps, MiningRequest } from './mining-steps.ts'

/** Blocks between two looks at our own uid and endpoint. */
const LOOK_BLOCKS = 5
/** Blocks between two reads of everyone who may call: the whole metagraph, so less often. */
const CALLERS_BLOCKS = 25

/** One run, from Start until it is stopped or has failed. */
interface Run extends RunFacts {
  readonly ending: AbortController
  readonly offs: (() => void)[]
  produced: readonly Produced[]
  lookedAt: number
  callersAt: number
  looking: boolean
}

const cancelled = err({ code: 'contract/cancelled' } as const)

/** Gather → plan → act, for the miner: check, load, serve, announce, and then watch the chain while requests are answered. */
export class MiningService {
  readonly #deps: MiningDeps
  readonly #changed = new Listeners<void>()
  #state: MinerState = MINER_IDLE
  #run: Run | undefined
  #stopping: Promise<void> | undefined
  readonly #answers: AnswerSignatures
  readonly #hold: MiningHold

  constructor(deps: MiningDeps) {
    this.#deps = deps
    this.#hold = new MiningHold(deps.clock, () => this.#changed.tell())
    this.#answers = new AnswerSignatures(deps)
    deps.axon.onMetrics(() => this.#changed.tell())
    deps.axon.onExit((error) => void this.#fail(error))
    deps.llm.onStatus((status) => {
      // Servers of one's own go on without it. While the chain asks for a wait before the announcement, requests are answered already.
      const answers = this.#state.phase === 'mining' || this.#state.phase === 'announcing'
      if (status.state === 'failed' && answers && !this.#run?.remote)
        void this.#fail(status.error ?? { code: 'mining/worker-died', worker: 'llm', reason: 'unknown' })
    })
    deps.network.onChange(() => this.#followNetwork())
  }

  /** @returns a function that stops listening. */
  onStatus(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /**
   * Answers once requests are answered and the endpoint is on chain, or when a step failed. Where the chain asks for a wait before
   * the next announcement it answers at once, still `starting`, and the announcement follows by itself.
   *
   * @errors mining/already-running, and those of the steps in `mining-steps.ts`
   */
  async start(request: MiningRequest): Promise<Result<MiningStatus, AppError>> {
    if (isActive(this.#state) || this.#stopping) return err({ code: 'mining/already-running' })
    const run: Run = {
      request,
      ending: new AbortController(),
      offs: [],
      produced: [],
      lookedAt: 0,
      callersAt: 0,
      looking: false,
    }
    this.#run = run
    this.#dispatch({ kind: 'started' })
    const done = await this.#steps(run)
    if (run.ending.signal.aborted) return cancelled
    if (!done.ok) {
      await this.#fail(done.error)
      return done
    }
    return ok(this.status())
  }

  /** What runs now or ran last, until it is stopped. */
  request(): MiningRequest | undefined {
    return this.#run?.request
  }

  /** Ends serving and frees the model. Needs no key. What the chain has of the endpoint stays until it is announced anew. */
  async stop(): Promise<Result<MiningStatus, AppError>> {
    if (isActive(this.#state)) this.#log('info', 'mining.stopped')
    this.#dispatch({ kind: 'stopAsked' })
    const run = this.#run
    await this.#end()
    if (this.#run === run) this.#run = undefined
    this.#dispatch({ kind: 'stopped' })
    return ok(this.status())
  }

  /**
   * Lets callers wait: while there are reasons, requests get 503, and the model leaves memory where a reason asks for it. The server stays
   * open and announced. Reasons may be given at any time; they hold for the next run, too.
   * @param reasons all of now by this one; none = go on, as far as it goes
   */
  hold(reasons: readonly HoldReason[], by: HoldBy = 'care'): void {
    this.#hold.set(reasons, by)
  }

  /**
   * Announces another address while requests are answered. The server listens at all addresses, so whoever still calls the old one is
   * answered, too; where the chain asks for a wait, the announcement follows by itself.
   *
   * @errors mining/not-running, mining/bad-address, and those of reading and sending
   */
  async moveTo(address: string, publicPort: number | undefined): Promise<Result<MiningStatus, AppError>> {
    const run = this.#run
    if (!run?.checked || run.port === undefined || !isActive(this.#state)) return err({ code: 'mining/not-running' })
    const ip = endpointAddress(run.checked.network, address)
    if (!ip.ok) return ip
    if (ip.value.includes(':') && run.listensFor === 'ipv4')
      return err({ code: 'mining/bad-address', address, reason: 'this computer has no IPv6 to listen on' })
    run.checked = { ...run.checked, ip: ip.value, request: { ...run.checked.request, publicPort } }
    const snapshot = await this.#deps.chain.minerSnapshot(run.request.netuid, run.request.hotkey)
    if (!snapshot.ok) return snapshot
    const announced = await this.#announce(run, snapshot.value)
    return announced.ok ? ok(this.status()) : announced
  }

  status(): MiningStatus {
    const run = this.#run
    // Before its server is open, a run has no numbers; those of the run before are not its own.
    const metrics = run?.port === undefined ? NO_METRICS : this.#deps.axon.metrics()
    const { answered, late, refused, latencyP50Ms, latencyP95Ms, queue, recent } = metrics
    const { error } = this.#state
    const held = isActive(this.#state) ? this.#hold.held() : undefined
    const speed = run && tokensPerSecond(run.produced, this.#deps.clock.nowMs())
    return {
      state: this.#shownState(),
      steps: [...minerSteps(this.#state)],
      ...(run ? runFacts(run) : {}),
      ...(held ? { held } : {}),
      ...(speed === undefined ? {} : { tokensPerSecond: speed }),
      answered,
      late,
      refused: { ...refused },
      ...(latencyP50Ms === undefined ? {} : { latencyP50Ms }),
      ...(latencyP95Ms === undefined ? {} : { latencyP95Ms }),
      ...(run?.port === undefined ? {} : { queue }),
      recent: [...recent],
      ...(error === undefined ? {} : { error }),
    }
  }

  #shownState(): MiningStatus['state'] {
    const { phase } = this.#state
    if (phase === 'idle') return 'off'
    return phase === 'mining' || phase === 'stopping' || phase === 'failed' ? phase : 'starting'
  }

  async #steps(run: Run): Promise<Result<null, AppError>> {
    const { signal } = run.ending
    const checked = await checkMining(this.#deps, run.request)
    if (!checked.ok || signal.aborted) return checked.ok ? cancelled : checked
    run.checked = checked.value
    run.snapshot = checked.value.snapshot
    this.#finished('check', `uid ${checked.value.uid}`)

    const ready = await this.#makeReady(run, checked.value)
    if (!ready.ok || signal.aborted) return ready.ok ? cancelled : ready

    this.#deps.axon.onTask(this.#answer(run))
    await this.#answers.begin(checked.value)
    // Stopped meanwhile: that end could not close a server that was not open yet.
    if (signal.aborted) return cancelled
    const opened = await openServer(this.#deps, checked.value, placesOf(run))
    if (!opened.ok || signal.aborted) return opened.ok ? cancelled : opened
    run.port = opened.value.port
    run.listensFor = opened.value.listensFor
    this.#finished('serve', endpointText(checked.value.ip, run.port))

    const announced = await this.#announce(run, checked.value.snapshot)
    if (!announced.ok || signal.aborted) return announced.ok ? cancelled : announced
    run.offs.push(this.#deps.chain.onHead((head) => void this.#look(run, head.number)))
    return ok(null)
  }

  /** Loads the model, or sees that the user's own service is there. */
  async #makeReady(run: Run, { adapter }: Checked): Promise<Result<null, AppError>> {
    const { service } = run.request
    if (service && adapter.tasks.includes('forward')) {
      const there = await this.#deps.ownService.reach(service)
      if (!there.ok || run.ending.signal.aborted) return there
      this.#finished('load', `a service on port ${service.port}`)
    }
    const servers = await this.#reachServers(run, adapter)
    if (!servers.ok) return servers
    const { modelId } = run.request
    if (modelId === undefined || modelTasks(adapter).length === 0) {
      this.#finished('load', run.remote ? `${run.remote.name}, on servers of your own` : 'nothing to load')
      return ok(null)
    }
    const { signal } = run.ending
    const onProgress = (fraction: number) => this.#told(run, { kind: 'told', step: 'load', fraction })
    const load = () => loadModel(this.#deps, { adapter, modelId }, { onProgress, signal })
    const model = await load()
    if (!model.ok || signal.aborted) return model.ok ? cancelled : model
    run.model = model.value
    this.#finished('load', model.value.name)
    this.#hold.begin({
      over: signal,
      load,
      unload: () => this.#deps.llm.unload(),
      loaded: (again) => {
        run.model = again
      },
      failed: (error) => void this.#fail(error),
    })
    return ok(null)
  }

  /** Servers that are to compute are looked at before anything is spent, and looked after until the end. */
  async #reachServers(run: Run, adapter: Checked['adapter']): Promise<Result<null, AppError>> {
    const tasks = modelTasks(adapter)
    if (!run.request.backends || tasks.length === 0) return ok(null)
    const there = await this.#deps.backends.reach(tasks, run.ending.signal)
    if (!there.ok || run.ending.signal.aborted) return there.ok ? cancelled : there
    run.remote = there.value
    run.offs.push(this.#deps.backends.watch())
    return ok(null)
  }

  /** Brings the chain to say what we serve. A wait that the chain asks for is no failure: `#look` comes back to it. */
  async #announce(run: Run, snapshot: MinerSnapshot): Promise<Result<null, AppError>> {
    const { checked, port } = run
    // Whoever was asked in between: after the end nothing is signed and announced any more.
    if (!checked || port === undefined || run.ending.signal.aborted) return cancelled
    const block = await announce(this.#deps, checked, { port, snapshot })
    if (!block.ok && block.error.code === 'mining/serve-too-soon') {
      this.#told(run, { kind: 'told', step: 'announce', value: `in ${block.error.blocksLeft} blocks` })
      return ok(null)
    }
    if (!block.ok || run.ending.signal.aborted) return block.ok ? cancelled : block
    run.axonBlock = block.value
    if (run.startedAtMs === undefined) {
      run.startedAtMs = this.#deps.clock.nowMs()
      this.#log('info', 'mining.began', { uid: checked.uid, adapter: checked.adapter.id, block: block.value })
    }
    this.#finished('announce', `block ${block.value}`)
    return ok(null)
  }

  /** Passes a task to the model and notes how fast it was answered. */
  #answer(run: Run): TaskHandler {
    const { clock } = this.#deps
    const mapping = run.checked?.adapter.remote ? this.#deps.mappedWork.open(run.checked.adapter) : undefined
    if (mapping) run.offs.push(() => mapping.close())
    const { service } = run.request
    const work = workRunner(this.#deps, { service, mapping, servers: run.remote !== undefined, embedded: run.model })
    return async (asked, on, signal) => {
      if (this.#hold.held()) return err({ code: 'mining/held' })
      const done = await work(asked, on, signal)
      const tokens = done.ok && 'text' in done.value ? (done.value.completionTokens ?? 0) : 0
      if (done.ok && tokens > 0) {
        const endedMs = clock.nowMs()
        const one = { endedMs, tokens, tookMs: done.value.totalMs }
        run.produced = recentProduced([...run.produced, one], endedMs)
      }
      return done
    }
  }

  /** Every few blocks: are we still registered, does the chain still name our endpoint, who may call. */
  async #look(run: Run, block: number): Promise<void> {
    if (run.looking || run.ending.signal.aborted || block - run.lookedAt < LOOK_BLOCKS) return
    run.looking = true
    try {
      const failure = await this.#lookNow(run, block)
      if (failure && !run.ending.signal.aborted) await this.#fail(failure)
    } finally {
      run.looking = false
      this.#changed.tell()
    }
  }

  /** @returns why mining must end. A chain that does not answer is no reason: callers and requests go on without it. */
  async #lookNow(run: Run, block: number): Promise<AppError | undefined> {
    const { chain, axon, log } = this.#deps
    const { netuid, hotkey } = run.request
    const snapshot = await chain.minerSnapshot(netuid, hotkey)
    if (run.ending.signal.aborted) return undefined
    if (!snapshot.ok) {
      log.log('warn', 'mining.look', { code: snapshot.error.code })
      // That is an answer: the subnet was removed.
      return snapshot.error.code === 'stake/unknown-subnet' ? snapshot.error : undefined
    }
    run.lookedAt = block
    run.snapshot = snapshot.value
    if (run.checked) {
      const live = liveIdentity(run.checked.network, snapshot.value)
      const changed = identityRefusal(netuid, run.checked.identity, live)
      if (changed) return changed
    }
    if (snapshot.value.uid === undefined) return { code: 'mining/not-registered', netuid, hotkey }
    if (block - run.callersAt >= CALLERS_BLOCKS) {
      const callers = await chain.callers(netuid)
      if (callers.ok && !run.ending.signal.aborted) {
        axon.setCallers(callersOf(callers.value))
        run.callersAt = block
      }
    }
    const announced = await this.#announce(run, snapshot.value)
    if (!announced.ok) log.log('warn', 'mining.announce', { code: announced.error.code })
    return undefined
  }

  /** Another chain, or none: what was announced there is not here. */
  #followNetwork(): void {
    const run = this.#run
    if (!run?.checked || !isActive(this.#state) || this.#state.phase === 'stopping') return
    const genesis = this.#deps.network.genesis()
    const left = this.#deps.network.choice()?.kind !== run.checked.network
    if (left || (genesis !== undefined && genesis !== run.checked.genesis))
      void this.#fail({ code: 'chain/not-connected' })
  }

  async #fail(error: AppError): Promise<void> {
    this.#dispatch({ kind: 'failed', error })
    if (this.#state.phase !== 'failed') return
    const run = this.#run
    const { code } = error
    if (run && !run.ending.signal.aborted)
      this.#log(run.startedAtMs === undefined ? 'warn' : 'error', 'mining.failed', { step: this.#state.step, code })
    await this.#end()
  }

  /** Ends whatever the run has begun; several callers wait for the same end. */
  #end(): Promise<void> {
    const run = this.#run
    if (!run || run.ending.signal.aborted) return this.#stopping ?? Promise.resolve()
    run.ending.abort()
    this.#hold.end()
    for (const off of run.offs) off()
    const { axon, llm } = this.#deps
    this.#stopping = axon
      .stop()
      .then(() => this.#answers.end())
      .then(() => llm.unload())
      .finally(() => {
        this.#stopping = undefined
      })
    return this.#stopping
  }

  /** What becomes of a miner that its owner leaves alone stands in the log. */
  #log(level: 'info' | 'warn' | 'error', event: string, facts: Parameters<LogPort['log']>[2] = {}): void {
    this.#deps.log.log(level, event, { netuid: this.#run?.request.netuid, ...facts })
  }

  #finished(step: MinerStep, value: string): void {
    this.#dispatch({ kind: 'finished', step, value })
  }

  #told(run: Run, event: MinerEvent): void {
    if (!run.ending.signal.aborted) this.#dispatch(event)
  }

  #dispatch(event: MinerEvent): void {
    this.#state = reduceMiner(this.#state, event)
    this.#changed.tell()
  }
}
