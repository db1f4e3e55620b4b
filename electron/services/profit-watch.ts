import { NANOS } from '../../shared/fiat/fiat-price.ts'
import { SENSOR_PPM, type Watts, wattsOf } from '../../shared/profit/energy.ts'
import { DAY_MS, type Figure, partOf, together } from '../../shared/profit/figure.ts'
import { priced } from '../../shared/profit/income.ts'
import { inMoney, type TaoPrice } from '../../shared/profit/profit.ts'
import { judgeLook, type RuleLook, type RuleStand, saysOf } from '../../shared/profit/profit-rule.ts'
import type { ProfitSettings } from '../../shared/profit/profit-settings.ts'
import type { ProfitSlot, SlotMiner } from '../../shared/profit/profit-slot.ts'
import type { Blind, RuleView } from '../../shared/profit/profit-view.ts'
import { rateAt, type WallClock } from '../../shared/profit/tariff.ts'
import type { ProfitFacts } from './profit-facts.ts'

const HOUR_MS = 3_600_000
/** So much mining says what mining brings; it may lie some days apart. Unit: ms. */
const LOOKED_AT_MS = DAY_MS
const NO_OLDER_MS = 7 * DAY_MS

export interface RuleFacts {
  readonly settings: ProfitSettings
  readonly miner: SlotMiner
  /** Of the last days. */
  readonly slots: readonly ProfitSlot[]
  readonly price: TaoPrice | undefined
  readonly nowMs: number
  readonly genesis: string
  readonly clock: WallClock
}

/** Billionths of the currency for an hour of so many watts. */
const hourOf = (watts: number, rate: bigint): bigint => (BigInt(Math.round(watts * 1_000_000)) * rate) / NANOS

/** What a pause saves in an hour: the power that mining adds, at the tariff of now. */
function savedBy(watts: Watts, rate: bigint): Figure | undefined {
  if (watts.mining === undefined || watts.idle === undefined) return undefined
  const amount = hourOf(Math.max(0, watts.mining - watts.idle), rate)
  if (watts.miningBy === 'said') return { amount, error: 0n }
  const errors = [partOf(amount, SENSOR_PPM), partOf(amount, watts.meanErrorPpm), hourOf(watts.idleError, rate)]
  return { amount, error: together(...errors.map((one) => (one < 0n ? -one : one))) }
}

/**
 * Watches whether mining pays, and says when it has to pause. While it is paused it goes by what the miner brought before, at the prices and
 * the tariff of now: what it would earn today nobody can know without mining.
 */
export class ProfitWatch {
  readonly #facts: ProfitFacts
  #stand: RuleStand | undefined
  #view: RuleView = { state: 'off' }
  /** Counts what ended a look that was being taken. */
  #turn = 0

  constructor(facts: ProfitFacts) {
    this.#facts = facts
  }

  view(): RuleView {
    return this.#view
  }

  isPaused(): boolean {
    return this.#stand?.paused ?? false
  }

  /** The rule is off, or nothing runs that it could hold: a pause belongs to its run. */
  forget(state: 'off' | 'no-miner'): void {
    this.#turn += 1
    this.#stand = undefined
    this.#view = { state }
  }

  /** It was paused when this program ended, and nobody but this program began it again. */
  restore(sinceMs: number): void {
    this.#turn += 1
    this.#stand = { paused: true, sinceMs }
    this.#view = { state: 'paused', sinceMs }
  }

  /** A person wants it to mine: the count begins anew. */
  goOn(nowMs: number): void {
    this.#turn += 1
    this.#stand = { paused: false, sinceMs: nowMs }
  }

  /** One look. */
  async look(facts: RuleFacts): Promise<void> {
    const { rule } = facts.settings
    if (!rule) return this.forget('off')
    const before = this.#stand ?? { paused: false, sinceMs: facts.nowMs }
    const turn = this.#turn
    const look = await this.#read(facts, before)
    // Somebody pressed "go on", or it ended, while the chain was asked.
    if (turn !== this.#turn) return
    const isBlind = typeof look === 'string'
    const says = isBlind ? undefined : saysOf(look, rule)
    const stand = judgeLook(before, says, rule, facts.nowMs)
    this.#stand = stand
    const waitMs = (stand.paused ? rule.wakeAfterHours : rule.pauseAfterHours) * HOUR_MS
    const restMs = stand.paused ? rule.leastPauseHours * HOUR_MS : 0
    this.#view = {
      state: stand.paused ? 'paused' : isBlind ? 'blind' : 'watches',
      ...(isBlind ? { blind: look } : { says, brings: look.brings.amount, saves: look.saves.amount }),
      sinceMs: stand.sinceMs,
      ...(stand.againstMs === undefined
        ? {}
        : { changesAtMs: Math.max(stand.againstMs + waitMs, stand.sinceMs + restMs) }),
    }
  }

  async #read(
    { settings, miner, slots, price, nowMs, genesis, clock }: RuleFacts,
    stand: RuleStand,
  ): Promise<RuleLook | Blind> {
    if (!settings.tariff) return 'no-tariff'
    if (!price) return 'no-price'
    const saves = savedBy(wattsOf(slots, settings.power), rateAt(settings.tariff, clock(nowMs)))
    if (!saves) return 'no-watts'
    const untilMs = stand.paused ? stand.sinceMs : nowMs
    const isOwn = (slot: ProfitSlot) => slot.miner?.netuid === miner.netuid && slot.miner.hotkey === miner.hotkey
    const mined = slots.filter((slot) => isOwn(slot) && slot.atMs < untilMs && slot.atMs >= untilMs - NO_OLDER_MS)
    let miningMs = 0
    let fromMs = untilMs
    for (const slot of mined.toReversed()) {
      if (miningMs >= LOOKED_AT_MS) break
      miningMs += slot.mining.ms
      fromMs = slot.atMs
    }
    if (miningMs === 0 || fromMs >= untilMs) return 'few-epochs'
    const span = { fromMs, toMs: untilMs }
    const epochs = await this.#facts.epochs(genesis, [miner], span)
    const { incomes, saleRao } = await this.#facts.incomes(genesis, epochs, span)
    const [income] = incomes
    if (!income || income.alphaPerDay.error === undefined) return 'few-epochs'
    // What they brought is not in the sum: with them mining may well pay.
    if (income.notLooked > 0 || (await this.#facts.isUnseen(genesis, mined, span))) return 'not-looked'
    const { worth } = priced(income, saleRao[0])
    if (!worth) return 'no-value'
    // Of a day of the calendar, with the hours in which it did not mine; asked for is an hour of mining.
    const ofHour = (rao: bigint): bigint =>
      (rao * BigInt(untilMs - fromMs) * BigInt(HOUR_MS)) / (BigInt(DAY_MS) * BigInt(miningMs))
    return { brings: inMoney({ amount: ofHour(worth.rao.amount), error: ofHour(worth.rao.error) }, price), saves }
  }
}
