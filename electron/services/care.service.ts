import { type CareSettings, careProblem, DEFAULT_CARE } from '../../shared/care/care-settings.ts'
import type { CareState } from '../../shared/care/care-state.ts'
import { type CareJudgement, judgeCare, NOTHING_BEFORE } from '../../shared/care/judge-care.ts'
import { type EnergyDay, type PowerPoint, type PowerUse, sumPower } from '../../shared/care/power.ts'
import type { CareReadings } from '../../shared/care/readings.ts'
import { nextChange, wallTime } from '../../shared/care/schedule.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { AxonPort } from '../axon/axon.port.ts'
import type { CarePort } from '../care/care.port.ts'
import type { LlmPort } from '../llm/llm.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { Place } from './announcements.service.ts'
import { PowerBook } from './care-power.ts'
import { CareRestarts } from './care-restarts.ts'
import { CareRule } from './care-rule.ts'
import { Listeners } from './live-read.ts'
import type { MiningService } from './mining.service.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'

export interface CareDeps {
  readonly care: CarePort
  readonly mining: Pick<MiningService, 'status' | 'onStatus' | 'request' | 'start' | 'stop' | 'hold'>
  readonly llm: Pick<LlmPort, 'onStatus'>
  readonly axon: Pick<AxonPort, 'onDeath'>
  readonly network: Pick<NetworkService, 'choice' | 'genesis'>
  readonly settings: Pick<SettingsService, 'get' | 'remember'>
  readonly clock: ClockPort
  readonly log: LogPort
  /** Takes the address of a miner off the chain, which a rule has ended. */
  readonly leave: (place: Place) => Promise<void>
  /** Where the miner is announced now. */
  readonly announcedAt: () => Place | undefined
}

/** Changes of the rules; `null` turns one off. */
export interface CareChange {
  readonly heat?: CareSettings['heat'] | null | undefined
  readonly battery?: boolean | undefined
  readonly idleAfterMs?: number | null | undefined
  readonly schedule?: CareSettings['schedule'] | null | undefined
  readonly freesModel?: boolean | undefined
  readonly startsByRule?: boolean | undefined
}

const changed = <T>(given: T | null | undefined, before: T | undefined): T | undefined =>
  given === undefined ? before : (given ?? undefined)

/** While a miner runs, or somebody looks. Heat rises by some degrees in this time. Unit: ms. */
const QUICK_MS = 5_000
/** While a rule waits to start it. Unit: ms. */
const SLOW_MS = 30_000
/** Input of a person, while a miner runs that shall make way for it. Unit: ms. */
const INPUT_MS = 1_000

const NOTHING_JUDGED: CareJudgement = { reasons: [], blind: [], memory: NOTHING_BEFORE }

/**
 * Looks after the computer that mines: reads heat, power, battery and input, holds the miner while something speaks against it, starts and
 * ends it by rule, and brings it back when a worker died. It holds no key and signs nothing: whatever fails here, the wallet does not notice.
 */
export class CareService {
  readonly #deps: CareDeps
  readonly #changed = new Listeners<void>()
  readonly #power: PowerBook
  readonly #restarts: CareRestarts
  readonly #rule: CareRule
  readonly #stops: (() => void)[] = []
  readonly #startedAtMs: number
  #readings: CareReadings | undefined
  #judged = NOTHING_JUDGED
  #told = '[]'
  #scheduleChangesAtMs: number | undefined
  #minerState: string
  #watchers = 0
  #reading = false
  /** Absent: nobody needs to know. A look can wake a graphics card that sleeps. */
  #nextLookMs: number | undefined = 0
  #ownStop = false
  #acts = false
  #closed = false

  constructor(deps: CareDeps) {
    this.#deps = deps
    const { care, mining, llm, axon, network, clock, log } = deps
    this.#startedAtMs = clock.nowMs()
    this.#minerState = mining.status().state
    this.#power = new PowerBook(care, log)
    const changed = () => this.#changed.tell()
    const stop = () => void this.#stopMiner()
    this.#restarts = new CareRestarts({ mining, llm, axon, network, clock, log, stop, changed })
    this.#rule = new CareRule({ ...deps, stop, changed })
  }

  /** Begins to look. @param acts  whether it may start a miner: a host that answers one question and ends may not */
  start(acts: boolean): void {
    const { clock, mining } = this.#deps
    this.#acts = acts
    this.#stops.push(
      clock.every(INPUT_MS, () => void this.#tick()),
      mining.onStatus(() => this.#minerChanged()),
    )
  }

  onChange(listener: () => void): () => void {
    const off = this.#changed.add(listener)
    this.#watchers += 1
    this.#nextLookMs = 0
    return () => {
      this.#watchers -= 1
      off()
    }
  }

  settings(): CareSettings {
    return this.#deps.settings.get().care ?? DEFAULT_CARE
  }

  state(): CareState {
    const { clock, settings } = this.#deps
    const readings = this.#readings
    const today = this.#power.today(clock.nowMs())
    const choice = settings.get().minerChoice
    return {
      ...(readings ? { readings } : {}),
      ...(readings
        ? {
            power: {
              ...sumPower(readings.power),
              sinceMs: this.#startedAtMs,
              sinceStart: this.#power.sinceStart(),
            },
          }
        : {}),
      ...(today ? { today } : {}),
      reasons: this.#judged.reasons,
      blind: this.#judged.blind,
      ...(this.#scheduleChangesAtMs === undefined ? {} : { scheduleChangesAtMs: this.#scheduleChangesAtMs }),
      settings: this.settings(),
      ...(choice ? { choice } : {}),
      rule: this.#rule.state(this.#ruleNow()),
      restarts: this.#restarts.state(),
    }
  }

  /** Power of the last day, and energy by days. For whoever counts what mining costs. */
  power(): { readonly points: readonly PowerPoint[]; readonly days: readonly EnergyDay[] } {
    return { points: this.#power.points(), days: this.#power.days() }
  }

  /** @errors contract/bad-input, mining/idle-unknown, mining/nothing-confirmed */
  async set(change: CareChange): Promise<Result<CareState, AppError>> {
    const before = this.settings()
    const next: CareSettings = {
      heat: changed(change.heat, before.heat),
      battery: change.battery ?? before.battery,
      idleAfterMs: changed(change.idleAfterMs, before.idleAfterMs),
      schedule: changed(change.schedule, before.schedule),
      freesModel: change.freesModel ?? before.freesModel,
      startsByRule: change.startsByRule ?? before.startsByRule,
    }
    const problem = careProblem(next)
    if (problem !== undefined) return err({ code: 'contract/bad-input', issues: [problem] })
    const turnsIdleOn = next.idleAfterMs !== undefined && before.idleAfterMs === undefined
    if (turnsIdleOn && (await this.#deps.care.idleMs()).state !== 'known') return err({ code: 'mining/idle-unknown' })
    if (next.startsByRule && !before.startsByRule && !this.#rule.choice())
      return err({ code: 'mining/nothing-confirmed' })
    this.#deps.settings.remember({ care: next })
    this.#scheduleChangesAtMs = undefined
    this.#nextLookMs = 0
    this.#judge()
    return ok(this.state())
  }

  /** Each second: input at once, and everything else when its time has come. */
  async #tick(): Promise<void> {
    const now = this.#deps.clock.nowMs()
    if (this.#nextLookMs !== undefined && now >= this.#nextLookMs) return this.#look()
    if (this.settings().idleAfterMs !== undefined && this.#readings && !this.#reading && this.#isRunning()) {
      const idleMs = await this.#deps.care.idleMs()
      if (!this.#readings || this.#reading || this.#closed) return
      this.#readings = { ...this.#readings, idleMs }
      this.#judge()
    }
  }

  async #look(): Promise<void> {
    if (this.#reading || this.#closed) return
    this.#reading = true
    try {
      const readings = await this.#deps.care.read()
      if (this.#closed) return
      this.#readings = readings
      const { watts, partial } = sumPower(readings.power)
      this.#power.add({ atMs: readings.atMs, ...(watts === undefined ? {} : { watts }), partial, use: this.#use() })
    } finally {
      this.#reading = false
      const now = this.#deps.clock.nowMs()
      const quick = this.#isRunning() || this.#watchers > 0
      this.#nextLookMs = quick ? now + QUICK_MS : this.settings().startsByRule ? now + SLOW_MS : undefined
    }
    this.#judge()
  }

  #isRunning(): boolean {
    return ['starting', 'mining', 'stopping'].includes(this.#deps.mining.status().state)
  }

  #use(): PowerUse {
    const { state, held } = this.#deps.mining.status()
    return state !== 'mining' ? 'off' : held ? 'held' : 'mining'
  }

  #judge(): void {
    const readings = this.#readings
    if (!readings || this.#closed) return
    const { clock, mining, log } = this.#deps
    const nowMs = clock.nowMs()
    const settings = this.settings()
    this.#followSchedule(settings, nowMs)
    const { memory: before } = this.#judged
    const judged = judgeCare({
      readings,
      settings,
      nowMs,
      wall: wallTime(nowMs),
      scheduleFromMs: this.#scheduleChangesAtMs,
      before,
    })
    const kinds = (one: CareJudgement) => one.reasons.map(({ kind }) => kind).join(' ')
    if (kinds(judged) !== kinds(this.#judged)) log.log('info', 'care.reasons', { reasons: kinds(judged) || 'none' })
    this.#judged = judged
    const told = JSON.stringify(judged.reasons)
    if (told !== this.#told) {
      this.#told = told
      mining.hold(judged.reasons)
    }
    if (this.#acts) this.#rule.step(this.#ruleNow())
    this.#changed.tell()
  }

  /** Asked anew only when the last answer is used up: it looks minute by minute. */
  #followSchedule({ schedule }: CareSettings, nowMs: number): void {
    if (!schedule) this.#scheduleChangesAtMs = undefined
    else if (this.#scheduleChangesAtMs === undefined || nowMs >= this.#scheduleChangesAtMs)
      this.#scheduleChangesAtMs = nextChange(schedule, nowMs)
  }

  #ruleNow() {
    const { reasons } = this.#judged
    const gaveUp = this.#restarts.gaveUp()
    return { settings: this.settings(), reasons, gaveUp, comesBack: this.#restarts.isBusy() }
  }

  /** What a person did, and what ended by itself, told apart by who asked for it. */
  #minerChanged(): void {
    const { mining } = this.#deps
    const { state, error, startedBy } = mining.status()
    const before = this.#minerState
    if (state === before) return
    this.#minerState = state
    if (state === 'starting' && startedBy === 'hand' && !this.#restarts.isStarting()) {
      this.#restarts.byHand()
      // Whoever starts it by hand has looked: a part counts as hot again only if it is read to be.
      this.#judged = { ...this.#judged, memory: NOTHING_BEFORE }
      this.#rule.startedByHand()
    }
    if (state === 'mining') {
      this.#restarts.began()
      this.#rule.began(mining.request())
    }
    if (state === 'failed' && error && before === 'mining') {
      this.#restarts.failed(error)
      if (startedBy === 'rule') this.#rule.failed(error)
    }
    if (state === 'off' && !this.#ownStop) {
      this.#restarts.byHand()
      this.#rule.stoppedByHand(this.#judged.reasons)
    }
    // The clock of this service does not wait for its next turn to look after what has just begun.
    this.#nextLookMs = 0
    this.#changed.tell()
  }

  async #stopMiner(): Promise<void> {
    if (!this.#isRunning()) return
    const { mining, leave, announcedAt } = this.#deps
    const place = announcedAt()
    this.#ownStop = true
    try {
      await mining.stop()
    } finally {
      this.#ownStop = false
    }
    if (place) await leave(place)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    for (const stop of this.#stops) stop()
    this.#restarts.close()
    this.#rule.close()
    await this.#power.close()
  }
}
