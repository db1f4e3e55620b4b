import type { RestartState } from '../../shared/care/care-state.ts'
import {
  NO_DEATHS,
  oneMoreDeath,
  type Restarts,
  restartsAt,
  waitAfterRefusal,
  waitBeforeRestart,
} from '../../shared/care/restarts.ts'
import type { AppError } from '../../shared/errors.ts'
import type { AxonPort } from '../axon/axon.port.ts'
import type { LlmPort, LlmStatus } from '../llm/llm.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { MiningService } from './mining.service.ts'
import type { NetworkService } from './network.service.ts'

export interface CareRestartsDeps {
  readonly mining: Pick<MiningService, 'status' | 'request' | 'start'>
  /** Ends the miner without that counting as a press of a person. */
  readonly stop: () => void
  readonly llm: Pick<LlmPort, 'onStatus'>
  readonly axon: Pick<AxonPort, 'onDeath'>
  readonly network: Pick<NetworkService, 'genesis'>
  readonly clock: ClockPort
  readonly log: LogPort
  readonly changed: () => void
}

/** Until a miner that is still ending is asked again, ms. */
const ENDING_MS = 500
/** What may be otherwise a little later, without anybody's doing. */
const passes = ({ code }: AppError): boolean => code.startsWith('chain/') || code === 'mining/port-taken'

/**
 * Brings a miner back whose workers died. The model's process is restarted by its own supervisor within a second; here is what spans both:
 * every death counts, a miner that ended with one is started again after a wait that doubles, and the fifth death within an hour is the last,
 * for whatever kills a worker so often does not stop by being tried.
 */
export class CareRestarts {
  readonly #deps: CareRestartsDeps
  readonly #stopListening: readonly (() => void)[]
  #restarts: Restarts = NO_DEATHS
  #pid: number | undefined
  #wait: { readonly cancel: () => void; readonly atMs: number } | undefined
  #refusals = 0
  #own = false
  /** Genesis of the chain that the miner answered on. */
  #chain: string | undefined

  constructor(deps: CareRestartsDeps) {
    this.#deps = deps
    this.#stopListening = [
      deps.llm.onStatus((status) => this.#llm(status)),
      // Also of one that comes back within a second: a server that dies each minute would go on for ever.
      deps.axon.onDeath((reason) => this.#diedAtWork('axon', reason)),
    ]
  }

  state(): RestartState {
    const { deaths, gaveUpAtMs } = restartsAt(this.#restarts, this.#deps.clock.nowMs())
    return {
      deaths: [...deaths],
      ...(gaveUpAtMs === undefined ? {} : { gaveUpAtMs }),
      ...(this.#wait ? { againAtMs: this.#wait.atMs } : {}),
    }
  }

  gaveUp(): boolean {
    return this.#restarts.gaveUpAtMs !== undefined
  }

  /** A miner that is to come back within a wait, or is being started by this. */
  isBusy(): boolean {
    return this.#own || this.#wait !== undefined
  }

  /** What starts now is started by this. */
  isStarting(): boolean {
    return this.#own
  }

  /** A miner answers. */
  began(): void {
    this.#chain = this.#deps.network.genesis()
  }

  /** Somebody started or stopped the miner: what was is forgotten, and nothing is started over that. */
  byHand(): void {
    this.#restarts = NO_DEATHS
    this.#refusals = 0
    this.#cancel()
  }

  /** A model's process that had a number and has none any more, without having been asked to end. */
  #llm({ pid, error }: LlmStatus): void {
    const before = this.#pid
    this.#pid = pid
    if (before === undefined || pid !== undefined || error?.code !== 'mining/worker-died') return
    this.#diedAtWork('llm', error.reason)
  }

  #diedAtWork(worker: string, reason: string): void {
    if (['mining', 'starting'].includes(this.#deps.mining.status().state)) this.#died(worker, reason)
  }

  /** A miner that answered ended by itself. One that never did is not tried again: its start was watched by whoever pressed. */
  failed(error: AppError): void {
    if (this.#own || error.code !== 'mining/worker-died') return
    // The end of its process was counted when it ended.
    if (!this.gaveUp()) this.#again(waitBeforeRestart(this.#restarts))
  }

  #died(worker: string, reason: string): void {
    const { clock, log } = this.#deps
    this.#restarts = oneMoreDeath(restartsAt(this.#restarts, clock.nowMs()), { atMs: clock.nowMs(), worker, reason })
    log.log('warn', 'care.worker-died', { worker, deaths: this.#restarts.deaths.length, gaveUp: this.gaveUp() })
    if (this.gaveUp()) {
      this.#cancel()
      this.#deps.stop()
    }
    this.#deps.changed()
  }

  #again(delayMs: number): void {
    this.#cancel()
    const { clock } = this.#deps
    const cancel = clock.after(delayMs, () => void this.#start())
    this.#wait = { cancel, atMs: clock.nowMs() + delayMs }
    this.#deps.changed()
  }

  async #start(): Promise<void> {
    this.#wait = undefined
    const { mining, log } = this.#deps
    const request = mining.request()
    if (!request || mining.status().state !== 'failed') return
    // Whoever went to another chain meanwhile did not ask for a miner there.
    const chain = this.#deps.network.genesis()
    if (chain !== undefined && chain !== this.#chain) return this.#deps.changed()
    this.#own = true
    const started = await mining.start(request)
    this.#own = false
    if (started.ok) this.#refusals = 0
    else if (mining.status().state === 'failed' && !this.gaveUp()) {
      log.log('warn', 'care.restart', { code: started.error.code })
      if (started.error.code === 'mining/already-running') this.#again(ENDING_MS)
      else if (started.error.code === 'mining/worker-died') this.#again(waitBeforeRestart(this.#restarts))
      else if (passes(started.error)) this.#again(waitAfterRefusal(++this.#refusals))
    }
    this.#deps.changed()
  }

  #cancel(): void {
    this.#wait?.cancel()
    this.#wait = undefined
  }

  close(): void {
    this.#cancel()
    for (const stop of this.#stopListening) stop()
  }
}
