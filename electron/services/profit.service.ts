import { wallTime } from '../../shared/care/schedule.ts'
import type { AppError } from '../../shared/errors.ts'
import { writeFiat } from '../../shared/fiat/fiat-price.ts'
import { spanOf } from '../../shared/profit/days.ts'
import { DAY_MS, spreadPpm } from '../../shared/profit/figure.ts'
import type { TaoPrice } from '../../shared/profit/profit.ts'
import { DEFAULT_PROFIT, type ProfitSettings, profitProblem } from '../../shared/profit/profit-settings.ts'
import type { ProfitSlot, SlotMiner } from '../../shared/profit/profit-slot.ts'
import type { PlaceView, PriceSource, ProfitResult, ProfitView } from '../../shared/profit/profit-view.ts'
import { reckon } from '../../shared/profit/reckon.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { RegistrationPort } from '../chain/registration.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { CareService } from './care.service.ts'
import type { FiatService } from './fiat.service.ts'
import { Listeners, LiveRead } from './live-read.ts'
import type { MiningService } from './mining.service.ts'
import type { NetworkService } from './network.service.ts'
import { ProfitFacts } from './profit-facts.ts'
import { ProfitRecorder } from './profit-recorder.ts'
import { ProfitWatch } from './profit-watch.ts'
import type { WalletService } from './wallet.service.ts'

export interface ProfitDeps {
  readonly chain: Pick<RegistrationPort, 'registrationFacts' | 'daySales'> & Pick<ChainPort, 'state'>
  readonly storage: StoragePort
  readonly care: Pick<CareService, 'power'>
  readonly mining: Pick<MiningService, 'status' | 'onStatus' | 'hold'>
  readonly network: Pick<NetworkService, 'genesis' | 'isPractice' | 'onChange'>
  readonly wallets: Pick<WalletService, 'state'>
  readonly fiat: Pick<FiatService, 'view' | 'watch'>
  readonly clock: ClockPort
  readonly log: LogPort
}

/** What a person should hear of a pause that the rule began. */
export interface Pause {
  readonly sinceMs: number
  readonly netuid: Netuid
  /** One whole sentence. */
  readonly why: string
}

/** Changes of what is taken for given; `null` forgets a figure. */
export type ProfitChange = {
  readonly [K in keyof ProfitSettings]?: ProfitSettings[K] | null | undefined
}

/** Prices and power are looked at this often; mining is judged by hours. Unit: ms. */
const TICK_MS = 60_000
/** How far back it is looked for what the computer draws at rest. Unit: ms. */
const REST_MS = 7 * DAY_MS

/** Reckons what mining brings and costs, and pauses it by rule. It signs nothing and spends nothing. */
export class ProfitService {
  readonly #deps: ProfitDeps
  readonly #facts: ProfitFacts
  readonly #recorder: ProfitRecorder
  readonly #watch: ProfitWatch
  readonly #changed = new Listeners<void>()
  readonly #paused = new Listeners<Pause>()
  readonly #stops: (() => void)[] = []
  readonly view: LiveRead<ProfitView>
  #settings: ProfitSettings
  #fiatStop: (() => void) | undefined
  #told = ''
  #looking = false
  #closed = false

  constructor(deps: ProfitDeps) {
    this.#deps = deps
    const { storage, care, network, clock } = deps
    this.#settings = storage.profitSettings() ?? DEFAULT_PROFIT
    this.#facts = new ProfitFacts(deps)
    this.#watch = new ProfitWatch(this.#facts)
    this.#recorder = new ProfitRecorder({
      storage,
      genesis: () => network.genesis(),
      points: () => care.power().points,
      miner: () => this.#miner(),
      price: () => this.#pricePoint(),
      fromMs: clock.nowMs(),
    })
    this.view = new LiveRead<ProfitView>({
      read: () => this.#read(),
      trigger: (changed) => {
        const offs = [
          this.#changed.add(changed),
          deps.fiat.watch(changed),
          clock.every(TICK_MS, changed),
          network.onChange(changed),
        ]
        return () => {
          for (const off of offs) off()
        }
      },
    })
  }

  /** Begins to record and to watch. */
  start(): void {
    const { clock, mining } = this.#deps
    this.#followFiat()
    this.#stops.push(
      clock.every(TICK_MS, () => void this.#tick()),
      mining.onStatus(() => this.#minerChanged()),
    )
  }

  /** @returns a function that stops listening */
  onPause(listener: (pause: Pause) => void): () => void {
    return this.#paused.add(listener)
  }

  settings(): ProfitSettings {
    return this.#settings
  }

  /** @errors contract/bad-input: nothing is changed */
  set(change: ProfitChange): Result<ProfitSettings, AppError> {
    const before = this.#settings
    const after = Object.fromEntries(
      Object.entries({ ...before, ...dropUndefined(change) }).filter(([, value]) => value !== null),
    )
    // The cast: keys are those of both, and what may not be absent was never null by the contract.
    const next = { ...DEFAULT_PROFIT, ...after } as ProfitSettings
    const problem = profitProblem(next)
    if (problem !== undefined) return err({ code: 'contract/bad-input', issues: [problem] })
    this.#deps.storage.saveProfitSettings(next)
    this.#settings = next
    // Another margin or another wait is no wish to mine: the pause stays, and is judged by them.
    if (!next.rule !== !before.rule) {
      this.#watch.forget(next.rule ? 'no-miner' : 'off')
      this.#deps.storage.saveProfitPause(undefined)
    }
    this.#followFiat()
    void this.#tick()
    this.#changed.tell()
    return ok(next)
  }

  /** A person ends the pause. */
  goOn(): Result<{ readonly wasPaused: boolean }, AppError> {
    const wasPaused = this.#watch.isPaused()
    if (wasPaused) {
      this.#watch.goOn(this.#deps.clock.nowMs())
      this.#deps.storage.saveProfitPause(undefined)
      this.#hold('')
      void this.#tick()
    }
    return ok({ wasPaused })
  }

  #miner(): SlotMiner | undefined {
    const { state, netuid, hotkey } = this.#deps.mining.status()
    return state === 'mining' && netuid !== undefined && hotkey !== undefined ? { netuid, hotkey } : undefined
  }

  /** A rule that needs a price has it asked for while nobody looks, too. */
  #followFiat(): void {
    const needed = this.#settings.rule !== undefined && this.#settings.nanosPerTao === undefined && !this.#closed
    if (needed) this.#fiatStop ??= this.#deps.fiat.watch(() => undefined)
    else {
      this.#fiatStop?.()
      this.#fiatStop = undefined
    }
  }

  #pricePoint(): ProfitSlot['price'] {
    const { price, source, stale, worthless } = this.#deps.fiat.view()
    if (!price || !source || stale || worthless) return undefined
    return { currency: source.currency, nanosPerTao: price.nanosPerTao }
  }

  #price(): PriceSource {
    const { nanosPerTao, currency } = this.#settings
    if (nanosPerTao !== undefined) return { by: 'figure', nanosPerTao }
    const { source, price, stale, worthless } = this.#deps.fiat.view()
    if (worthless) return { by: 'nobody', why: 'worthless' }
    if (!source) return { by: 'nobody', why: 'off' }
    if (source.currency !== currency) return { by: 'nobody', why: 'other-currency', currency: source.currency }
    if (!price) return { by: 'nobody', why: 'not-read' }
    return { by: 'source', ...price, stale }
  }

  #taoPrice(slots: readonly ProfitSlot[]): TaoPrice | undefined {
    const price = this.#price()
    if (price.by === 'nobody') return undefined
    if (price.by === 'figure') return { nanosPerTao: price.nanosPerTao, ppm: 0 }
    const { currency } = this.#settings
    const seen = slots.flatMap((slot) => (slot.price?.currency === currency ? [slot.price.nanosPerTao] : []))
    return { nanosPerTao: price.nanosPerTao, ppm: spreadPpm(seen) ?? 0 }
  }

  async #tick(): Promise<void> {
    if (this.#closed) return
    const { clock, network, log } = this.#deps
    this.#recorder.record(clock.nowMs())
    const genesis = network.genesis()
    if (this.#looking || genesis === undefined) return
    this.#looking = true
    try {
      await this.#judge(genesis)
    } catch (cause) {
      log.log('error', 'profit.rule', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#looking = false
    }
  }

  async #judge(genesis: string): Promise<void> {
    const { clock, storage, log } = this.#deps
    const settings = this.#settings
    const miner = this.#miner()
    const wasPaused = this.#watch.isPaused()
    if (!settings.rule) this.#watch.forget('off')
    else if (!miner) {
      if (!wasPaused || !this.#comesBack()) this.#watch.forget('no-miner')
    } else {
      const nowMs = clock.nowMs()
      // A pause goes by what was before it, however long it lasts.
      const pausedMs = wasPaused ? (this.#watch.view().sinceMs ?? nowMs) : nowMs
      const slots = storage.profitSlots(genesis, Math.min(nowMs, pausedMs) - REST_MS)
      // A price of the day before may neither stop a miner nor start one.
      const { by, ...of } = { stale: false, ...this.#price() }
      const price = by === 'source' && of.stale ? undefined : this.#taoPrice(slots)
      await this.#watch.look({ settings, miner, slots, price, nowMs, genesis, clock: wallTime })
    }
    if (this.#closed || this.#deps.network.genesis() !== genesis) return
    const isPaused = this.#watch.isPaused()
    if (isPaused !== wasPaused) {
      log.log('info', isPaused ? 'profit.pause' : 'profit.go-on', miner ? { netuid: miner.netuid } : {})
      const { sinceMs = clock.nowMs() } = this.#watch.view()
      storage.saveProfitPause(isPaused && miner ? { ...miner, genesis, sinceMs } : undefined)
    }
    const why = isPaused ? this.#why() : ''
    this.#hold(why)
    if (isPaused && !wasPaused && miner) this.#paused.tell({ sinceMs: clock.nowMs(), netuid: miner.netuid, why })
    this.#changed.tell()
  }

  /** What the miner's page says of the pause. */
  #why(): string {
    const { brings, saves } = this.#watch.view()
    const { currency } = this.#settings
    return brings === undefined || saves === undefined
      ? 'Mining cost more power than it brought, and whether it still does is not known now.'
      : `By the prices of now an hour of mining brings ${writeFiat(brings)} ${currency}, and the power that it adds costs ${writeFiat(saves)} ${currency}.`
  }

  #hold(why: string): void {
    if (why === this.#told) return
    this.#told = why
    this.#deps.mining.hold(why === '' ? [] : [{ kind: 'no-profit', why }], 'profit')
  }

  /** It begins again by itself, or has begun already: its worker died, which is nobody's wish to mine. */
  #comesBack(): boolean {
    const { state, error } = this.#deps.mining.status()
    return state === 'mining' || state === 'starting' || (state === 'failed' && error?.code === 'mining/worker-died')
  }

  /** A pause belongs to the run that it paused, and to the one that a rule begins after a restart of this program. */
  #minerChanged(): void {
    const { mining, storage } = this.#deps
    const { state, startedBy } = mining.status()
    if (!this.#watch.isPaused()) {
      if (state === 'starting' && startedBy === 'hand') storage.saveProfitPause(undefined)
      if (state === 'mining' && startedBy === 'rule') this.#restore()
      return
    }
    if (this.#comesBack()) return
    this.#watch.forget('no-miner')
    this.#hold('')
    this.#changed.tell()
  }

  #restore(): void {
    const { clock, network, storage } = this.#deps
    const kept = storage.profitPause()
    const miner = this.#miner()
    const isIts =
      kept?.genesis === network.genesis() && kept?.netuid === miner?.netuid && kept?.hotkey === miner?.hotkey
    // Longer ago nobody knows what it brought before: it is judged anew.
    if (!kept || !isIts || !this.#settings.rule || clock.nowMs() - kept.sinceMs > REST_MS) return
    this.#watch.restore(kept.sinceMs)
    this.#hold(this.#why())
    void this.#tick()
    this.#changed.tell()
  }

  async #read(): Promise<Result<ProfitView, AppError>> {
    const { clock, network, storage } = this.#deps
    const genesis = network.genesis()
    const settings = this.#settings
    const nowMs = clock.nowMs()
    const now = { settings, atMs: nowMs, play: network.isPractice(), price: this.#price(), rule: this.#watch.view() }
    if (genesis === undefined) return ok({ ...now, offline: true })
    const slots = storage.profitSlots(genesis, nowMs - Math.max(REST_MS, (settings.spanDays + 1) * DAY_MS))
    const result = await this.#result(genesis, slots, nowMs)
    return ok({ ...now, ...(result ? { result } : {}), rule: this.#watch.view() })
  }

  async #result(genesis: string, slots: readonly ProfitSlot[], nowMs: number): Promise<ProfitResult | undefined> {
    const settings = this.#settings
    const span = spanOf(slots, { spanDays: settings.spanDays, nowMs, clock: wallTime })
    if (!span) return undefined
    const miners = this.#facts.minersIn(slots.filter(({ atMs }) => atMs >= span.fromMs))
    const epochs = await this.#facts.epochs(genesis, miners, span)
    const { incomes, saleRao } = await this.#facts.incomes(genesis, epochs, span)
    const places: PlaceView[] = []
    for (const miner of miners) places.push(await this.#facts.place(genesis, miner, settings.paidRao))
    return reckon({
      ...span,
      ...{ settings, slots, epochs, incomes, saleRao, places },
      sales: this.#facts.sales(genesis, miners, span),
      price: this.#taoPrice(slots.filter(({ atMs }) => atMs >= span.fromMs)),
      clock: wallTime,
    })
  }

  close(): void {
    if (this.#closed) return
    this.#recorder.record(this.#deps.clock.nowMs())
    this.#closed = true
    for (const stop of this.#stops) stop()
    this.#fiatStop?.()
  }
}

const dropUndefined = (change: ProfitChange): object =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
