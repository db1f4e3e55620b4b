import type { Netuid, Ss58 } from '../units/amounts.ts'
import { formatUnits } from '../units/decimal.ts'
import { type Cell, csvLine } from './csv.ts'
import type { LedgerEntry } from './entry.ts'
import type { Lot } from './lot.ts'
import type { Disposal } from './lot-book.ts'
import type { YearSummary } from './years.ts'

export const EXPORTS = ['transactions', 'rewards', 'lots', 'years'] as const
export type ExportKind = (typeof EXPORTS)[number]

/** Names beside addresses and numbers. They come from strangers, too. */
export interface Names {
  readonly walletOf: (account: Ss58) => string
  readonly subnetOf: (netuid: Netuid) => string
}

const text = (value: string | undefined): Cell => ({ text: value ?? '' })
const whole = (value: number | undefined): Cell => ({ number: value?.toString() })
/** Nine decimals, the point as mark, no groups. Empty where the line has no such amount. */
const amount = (value: bigint | undefined): Cell => ({ number: value === undefined ? undefined : formatUnits(value) })
/** A word that no sum takes for 0. */
const orUnknown = (value: bigint | undefined): Cell => (value === undefined ? text('unknown') : amount(value))
/** To the second and without letters: spreadsheets take it for a time. The head says UTC. */
const time = (atMs: number): Cell => text(new Date(atMs).toISOString().slice(0, 19).replace('T', ' '))
const nonZero = (value: bigint): bigint | undefined => (value === 0n ? undefined : value)

const HEADS: Readonly<Record<ExportKind, readonly string[]>> = {
  transactions: [
    'Time (UTC)',
    'Wallet',
    'Account',
    'Kind',
    'Subnet',
    'Subnet name',
    'Validator hotkey',
    'To hotkey',
    'Other account',
    'Change in TAO',
    'Change in alpha',
    'Worth in TAO',
    'Fee in TAO',
    'Fee in alpha',
    'TAO per alpha',
    'Block',
    'Extrinsic',
    'Block hash',
  ],
  rewards: [
    'Time (UTC)',
    'Wallet',
    'Account',
    'Subnet',
    'Subnet name',
    'Hotkey',
    'Earned by',
    'Alpha',
    'TAO per alpha',
    'Income in TAO',
    'Epochs',
    'Block',
    'Block hash',
  ],
  lots: [
    'State',
    'Wallet',
    'Account',
    'Subnet',
    'Subnet name',
    'Validator hotkey',
    'Came by',
    'Acquired (UTC)',
    'Alpha',
    'Cost in TAO',
    'Left by',
    'Left (UTC)',
    'Proceeds in TAO',
    'Gain in TAO',
  ],
  years: [
    'Year (UTC)',
    'Wallet',
    'Account',
    'Rewards in TAO',
    'Rewards without a price',
    'Proceeds in TAO',
    'Cost in TAO',
    'Gain in TAO',
    'Disposals without a known gain',
    'Network fees in TAO',
    'Fees without a price',
    'Registrations in TAO',
    'Received in TAO',
    'Sent in TAO',
    'Other changes in TAO',
  ],
}
export const headOf = (kind: ExportKind): string => csvLine(HEADS[kind].map(text))

/** Writes rows of each file. */
export class ExportLines {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  transaction(entry: LedgerEntry & { readonly blockHash?: string | undefined }): string {
    return csvLine([
      time(entry.atMs),
      ...this.#account(entry.account),
      text(entry.kind),
      ...this.#subnet(entry.netuid),
      text(entry.hotkey),
      text(entry.toHotkey),
      text(entry.other),
      amount(nonZero(entry.tao)),
      // A count after a gap tells only what the lines before it do not: a column that is summed up gives what is held.
      amount(nonZero(entry.alpha - (entry.before ?? 0n))),
      amount(entry.worth),
      amount(entry.feeTao && nonZero(entry.feeTao)),
      amount(entry.feeAlpha && nonZero(entry.feeAlpha)),
      amount(entry.price),
      whole(entry.block),
      // Explorers name an extrinsic so. As text: `12-3` would become a date.
      text(entry.extrinsic === undefined ? undefined : `block ${entry.block}, extrinsic ${entry.extrinsic}`),
      text(entry.blockHash),
    ])
  }

  reward(entry: LedgerEntry & { readonly blockHash?: string | undefined }): string {
    return csvLine([
      time(entry.atMs),
      ...this.#account(entry.account),
      ...this.#subnet(entry.netuid),
      text(entry.hotkey),
      text(entry.mined ? 'mining' : 'staking'),
      amount(entry.alpha),
      orUnknown(entry.price),
      orUnknown(entry.worth),
      whole(entry.epochs),
      whole(entry.block),
      text(entry.blockHash),
    ])
  }

  openLot(of: { readonly account: Ss58; readonly netuid: Netuid; readonly hotkey: Ss58; readonly lot: Lot }): string {
    return csvLine([text('held'), ...this.#lot(of), text(''), text(''), amount(undefined), amount(undefined)])
  }

  closedLot(of: Disposal): string {
    const { kind, atMs, proceeds, gain } = of
    return csvLine([text('left'), ...this.#lot(of), text(kind), time(atMs), orUnknown(proceeds), orUnknown(gain)])
  }

  year(of: YearSummary): string {
    return csvLine([
      whole(of.year),
      ...this.#account(of.account),
      amount(of.income),
      whole(of.unpricedRewards),
      amount(of.proceeds),
      amount(of.cost),
      amount(of.gain),
      whole(of.unknownDisposals),
      amount(of.fees),
      whole(of.unpricedFees),
      amount(of.registrations),
      amount(of.received),
      amount(of.sent),
      amount(of.other),
    ])
  }

  #account(account: Ss58): readonly Cell[] {
    return [text(this.#names.walletOf(account)), text(account)]
  }
  #subnet(netuid: Netuid | undefined): readonly Cell[] {
    return [whole(netuid), text(netuid === undefined ? undefined : this.#names.subnetOf(netuid))]
  }
  #lot({ account, netuid, hotkey, lot }: Parameters<ExportLines['openLot']>[0]): readonly Cell[] {
    return [
      ...this.#account(account),
      ...this.#subnet(netuid),
      text(hotkey),
      text(lot.origin),
      // From before recording: when it was acquired is as unknown as what it cost.
      lot.origin === 'before' || lot.origin === 'unrecorded' ? text('unknown') : time(lot.atMs),
      amount(lot.alpha),
      orUnknown(lot.cost),
    ]
  }
}
