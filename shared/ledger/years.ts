import type { Ss58 } from '../units/amounts.ts'
import type { LedgerEntry } from './entry.ts'
import type { Disposal } from './lot-book.ts'

/** What one calendar year (UTC) brought to one account. rao, unless said otherwise. */
export interface YearSummary {
  readonly year: number
  readonly account: Ss58
  /** Rewards at the price of their epoch. */
  readonly income: bigint
  /** How many rewards have no price: income of unknown worth. */
  readonly unpricedRewards: number
  readonly proceeds: bigint
  readonly cost: bigint
  /** Signed; `proceeds − cost`, of disposals of which both are known. */
  readonly gain: bigint
  /** Disposals without a known gain: of unknown cost, or without proceeds. */
  readonly unknownDisposals: number
  readonly fees: bigint
  /** How many fees were paid in alpha that has no price: `fees` lacks them. */
  readonly unpricedFees: number
  readonly registrations: bigint
  readonly received: bigint
  readonly sent: bigint
  /** Signed: changes that the chain does not explain. */
  readonly other: bigint
}

type Counted = { -readonly [K in keyof YearSummary]: YearSummary[K] }

export const yearOf = (atMs: number): number => new Date(atMs).getUTCFullYear()

/** Adds up lines and disposals by year and account. */
export class YearBook {
  readonly #years = new Map<string, Counted>()

  add(entry: LedgerEntry): void {
    const year = this.#of(entry)
    switch (entry.kind) {
      case 'reward':
        if (entry.worth === undefined) year.unpricedRewards += 1
        else year.income += entry.worth
        break
      case 'fee':
        year.fees -= entry.tao
        break
      case 'fee-alpha':
        if (entry.worth === undefined) year.unpricedFees += 1
        else year.fees += entry.worth
        break
      case 'registration':
        year.registrations -= entry.tao
        break
      case 'transfer-in':
        year.received += entry.tao
        break
      case 'transfer-out':
        year.sent -= entry.tao
        break
      case 'other-in':
      case 'other-out':
        year.other += entry.tao
        break
      default:
    }
  }

  dispose(disposal: Disposal): void {
    const year = this.#of(disposal)
    const { gain, proceeds, lot } = disposal
    if (gain === undefined || proceeds === undefined || lot.cost === undefined) year.unknownDisposals += 1
    else {
      year.proceeds += proceeds
      year.cost += lot.cost
      year.gain += gain
    }
  }

  /** By year, then account. */
  summaries(): readonly YearSummary[] {
    return [...this.#years.values()].sort((a, b) => a.year - b.year || (a.account < b.account ? -1 : 1))
  }

  #of({ account, atMs }: { readonly account: Ss58; readonly atMs: number }): Counted {
    const year = yearOf(atMs)
    const key = `${year}/${account}`
    const known = this.#years.get(key)
    if (known) return known
    const none = { income: 0n, proceeds: 0n, cost: 0n, gain: 0n, fees: 0n, registrations: 0n, received: 0n, sent: 0n }
    const unknown = { unpricedRewards: 0, unknownDisposals: 0, unpricedFees: 0 }
    const made: Counted = { year, account, ...none, ...unknown, other: 0n }
    this.#years.set(key, made)
    return made
  }
}
