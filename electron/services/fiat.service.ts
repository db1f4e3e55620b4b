import type { FiatView } from '../../shared/contract/fiat.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { priceIn } from '../../shared/fiat/fiat-price.ts'
import { type FiatSource, resolveSource } from '../../shared/fiat/fiat-source.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FetchTextPort } from '../system/fetch-text.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'

export interface FiatDeps {
  readonly web: FetchTextPort
  readonly clock: ClockPort
  readonly settings: SettingsService
  readonly network: Pick<NetworkService, 'genesis' | 'onChange'>
  /** Of the chain whose TAO are sold for money. */
  readonly realGenesis: string | undefined
}

/** Free sources allow some requests a minute; a price for a glance need not be younger. */
const ASK_EVERY_MS = 5 * 60_000
/** Two asks failed: from then on the price is shown as old. */
const OLD_AFTER_MS = 12 * 60_000
/** A price of yesterday says nothing of today. */
const GONE_AFTER_MS = 24 * 3_600_000
/** After a failure; a server that is down is not asked every second. */
const AGAIN_MS = 60_000
const LIMITS = { mostBytes: 64 * 1024, withinMs: 8_000 }

type Price = NonNullable<FiatView['price']>

/** One price of TAO in ordinary money, for everything that shows any. Asks only while it is on and somebody looks. */
export class FiatService {
  readonly #deps: FiatDeps
  readonly #changed = new Listeners<null>()
  #price: Price | undefined
  #error: AppError | undefined
  #watchers = 0
  #stopTimer: (() => void) | undefined
  /** Counts choices: an answer to an earlier one is of another source. */
  #turn = 0
  #asking = false
  /** No question before this moment. */
  #notBeforeMs = 0

  constructor(deps: FiatDeps) {
    this.#deps = deps
    deps.network.onChange(() => {
      this.#changed.tell(null)
      this.#askIfDue()
    })
  }

  view(): FiatView {
    const source = this.#deps.settings.get().fiat
    const age = this.#price ? this.#deps.clock.nowMs() - this.#price.atMs : 0
    const price = age < GONE_AFTER_MS ? this.#price : undefined
    return {
      source,
      worthless: this.#isWorthless(),
      price,
      stale: price !== undefined && age > OLD_AFTER_MS,
      error: this.#error,
    }
  }

  /** As long as somebody watches, the price is asked for now and then. */
  watch(listener: () => void): () => void {
    const stop = this.#changed.add(listener)
    this.#watchers += 1
    this.#askIfDue()
    let watching = true
    return () => {
      if (!watching) return
      watching = false
      stop()
      this.#watchers -= 1
      if (this.#watchers === 0) this.#rest()
    }
  }

  /** @param source absent: off. @errors fiat/bad-source: nothing is changed */
  choose(source: FiatSource | undefined): Result<null, AppError> {
    if (source) {
      const resolved = resolveSource(source)
      if (!resolved.ok) return err({ code: 'fiat/bad-source', problem: resolved.error })
    }
    this.#turn += 1
    this.#price = undefined
    this.#error = undefined
    this.#notBeforeMs = 0
    this.#rest()
    this.#deps.settings.remember({ fiat: source })
    this.#changed.tell(null)
    this.#askIfDue()
    return ok(null)
  }

  close(): void {
    this.#watchers = 0
    this.#turn += 1
    this.#rest()
  }

  #isWorthless(): boolean {
    const genesis = this.#deps.network.genesis()
    return genesis !== undefined && genesis !== this.#deps.realGenesis
  }

  #rest(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
  }

  #askIfDue(): void {
    const { clock, settings, network } = this.#deps
    const mayAsk = settings.get().fiat !== undefined && this.#watchers > 0 && network.genesis() !== undefined
    if (!mayAsk || this.#isWorthless() || this.#asking || this.#stopTimer) return
    const waitMs = this.#notBeforeMs - clock.nowMs()
    if (waitMs <= 0) void this.#ask()
    else this.#later(waitMs)
  }

  #later(ms: number): void {
    this.#rest()
    this.#stopTimer = this.#deps.clock.after(ms, () => {
      this.#stopTimer = undefined
      // What is shown may have become old, whatever the answer will be.
      this.#changed.tell(null)
      this.#askIfDue()
    })
  }

  async #ask(): Promise<void> {
    const source = this.#deps.settings.get().fiat
    if (!source) return
    const turn = this.#turn
    this.#asking = true
    const found = await this.#read(source)
    this.#asking = false
    if (turn !== this.#turn) return this.#askIfDue()
    if (found.ok) this.#price = found.value
    this.#error = found.ok ? undefined : found.error
    const waitMs = found.ok ? ASK_EVERY_MS : AGAIN_MS
    this.#notBeforeMs = this.#deps.clock.nowMs() + waitMs
    this.#changed.tell(null)
    if (this.#watchers > 0) this.#later(waitMs)
  }

  async #read(source: FiatSource): Promise<Result<Price, AppError>> {
    const resolved = resolveSource(source)
    if (!resolved.ok) return err({ code: 'fiat/bad-source', problem: resolved.error })
    const { address, host, keys } = resolved.value
    const answer = await this.#deps.web.get(address, LIMITS)
    if (!answer.ok) return err({ code: 'fiat/no-answer', host, reason: answer.error.reason })
    const price = priceIn(answer.value, keys)
    if (!price.ok) return err({ code: 'fiat/bad-answer', host, problem: price.error })
    return ok({ nanosPerTao: price.value, atMs: this.#deps.clock.nowMs(), host })
  }
}
