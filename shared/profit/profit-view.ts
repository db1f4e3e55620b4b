import type { Ss58 } from '../units/amounts.ts'
import type { DayResult, Span } from './days.ts'
import type { Watts } from './energy.ts'
import type { Figure } from './figure.ts'
import type { PricedIncome } from './income.ts'
import type { Profit } from './profit.ts'
import type { RuleSays } from './profit-rule.ts'
import type { ProfitSettings, SpanDays } from './profit-settings.ts'

/** Whose word the price of a TAO is, or why there is none. */
export type PriceSource =
  | { readonly by: 'figure'; readonly nanosPerTao: bigint }
  | {
      readonly by: 'source'
      readonly nanosPerTao: bigint
      readonly host: string
      readonly atMs: number
      readonly stale: boolean
    }
  /** `other-currency`: the source speaks of `currency`; `worthless`: TAO of this chain are worth nothing. */
  | {
      readonly by: 'nobody'
      readonly why: 'off' | 'other-currency' | 'not-read' | 'worthless'
      readonly currency?: string | undefined
    }

/** What the place of a miner cost, for the eye. */
export interface PlaceView {
  readonly netuid: number
  readonly hotkey: Ss58
  /** rao. `undefined`: unknown. */
  readonly paidRao?: bigint | undefined
  readonly paidBy: 'ledger' | 'figure' | 'nobody'
  readonly keptDays?: number | undefined
  readonly lowDays?: number | undefined
  readonly expectedDays?: number | undefined
  /** `undefined`: nothing bounds it, or nobody can tell. */
  readonly highDays?: number | undefined
}

export interface ProfitResult extends Profit, Span {
  readonly spanDays: SpanDays
  readonly miningMs: number
  readonly heldMs: number
  readonly incomes: readonly PricedIncome[]
  /** Millionths of a watt-hour a day. */
  readonly microWattHoursPerDay?: bigint | undefined
  readonly energyAtLeast: boolean
  readonly watts: Watts
  readonly places: readonly PlaceView[]
  /** Billionths of the currency. */
  readonly breakEvenPerKwh?: Figure | undefined
  readonly breakEvenPerAlpha?: Figure | undefined
  /** rao for a whole alpha. */
  readonly breakEvenRaoPerAlpha?: bigint | undefined
  readonly days: readonly DayResult[]
}

/** Why the rule cannot tell whether mining pays. */
export const BLIND = ['no-price', 'no-tariff', 'no-watts', 'few-epochs', 'not-looked', 'no-value'] as const
export type Blind = (typeof BLIND)[number]

/** What the rule does now. */
export interface RuleView {
  readonly state: 'off' | 'no-miner' | 'blind' | 'watches' | 'paused'
  readonly blind?: Blind | undefined
  readonly says?: RuleSays | undefined
  /** Of an hour of mining, billionths of the currency. */
  readonly brings?: bigint | undefined
  readonly saves?: bigint | undefined
  readonly sinceMs?: number | undefined
  /** When it changes, if every look until then says the same. */
  readonly changesAtMs?: number | undefined
}

export interface ProfitView {
  /** No chain is connected: nothing is reckoned, and what is taken for given can be set. */
  readonly offline?: true | undefined
  readonly settings: ProfitSettings
  readonly atMs: number
  /** TAO of the practice network. */
  readonly play: boolean
  readonly price: PriceSource
  /** `undefined`: nothing was mined in this time. */
  readonly result?: ProfitResult | undefined
  readonly rule: RuleView
}
