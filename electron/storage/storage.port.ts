import type { SpanFacts } from '../../shared/earnings/epoch-parts.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { Settings } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { Alpha, Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { AccountStorage } from './account-storage.port.ts'
import type { AddressStorage } from './address-storage.port.ts'
import type { AlertStorage } from './alert-storage.port.ts'
import type { BooksStorage } from './books-storage.port.ts'
import type { EarningsGap, EarningsGapStorage, GapClosing } from './earnings-gaps.port.ts'
import type { EarningsViewStorage } from './earnings-views.port.ts'
import type { LedgerStorage } from './ledger-storage.port.ts'
import type { MarketStorage } from './market-storage.port.ts'
import type { OrderStorage } from './order-storage.port.ts'
import type { PlaceListStorage } from './place-lists.port.ts'
import type { PlaceStorage } from './place-storage.port.ts'
import type { ProfitStorage } from './profit-storage.port.ts'
import type { QueueStorage } from './queue-storage.port.ts'

/** Where the last booked snapshot of one position stands. */
export interface PositionMark {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly hotkey: Ss58
  readonly netuid: Netuid
  /** Everything up to and including this block is booked. */
  readonly block: number
  /** Stake at the end of `block`. */
  readonly alpha: Alpha
  /** Own moves after `block` that were seen already; signed 1e-9 alpha. */
  readonly flows: bigint
  /** What else was seen after `block`; absent in marks of earlier versions, which did not look. */
  readonly span?: SpanFacts | undefined
}

/** One step of the book: rows, marks and how far it read, written together or not at all. */
export interface EpochBooking {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly rows: readonly EpochRow[]
  readonly marks: readonly PositionMark[]
  /** Everything up to and including this block is looked at, or lies in a gap. */
  readonly throughBlock: number
  /** The one that this booking begins behind. */
  readonly gap?: EarningsGap | undefined
}

export interface EarningsTotal {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly source: EpochRow['source']
  /** 1e-9 alpha, signed. */
  readonly earned: bigint
  /** rao; `undefined` when at least one of the rows has no price. */
  readonly earnedTao?: bigint | undefined
  readonly epochs: number
  readonly sinceBlock: number
}

/**
 * What stays on disk. Each method is one transaction: after a crash it happened wholly or not at all.
 * Methods throw `StorageFailure` (disk full, broken file): the host maps it to an `AppError`.
 */
export interface StoragePort
  extends QueueStorage,
    PlaceListStorage,
    AddressStorage,
    AccountStorage,
    MarketStorage,
    LedgerStorage,
    BooksStorage,
    ProfitStorage,
    EarningsGapStorage,
    EarningsViewStorage,
    OrderStorage,
    AlertStorage,
    PlaceStorage {
  settings(): Settings
  saveSettings(settings: Settings): void

  saveTransaction(record: TransactionRecord): void
  transactions(genesis: string, limit: number): readonly TransactionRecord[]
  /** Those whose end is not known yet, oldest first. */
  pendingTransactions(genesis: string): readonly TransactionRecord[]
  /** What was made of a preparation, however long ago; `undefined`: it was never sent. */
  transactionOf(genesis: string, preparedId: string): TransactionRecord | undefined

  marks(genesis: string, coldkey: Ss58): readonly PositionMark[]
  /** Last block that was looked at for this coldkey; `undefined` before the first booking. */
  bookedThrough(genesis: string, coldkey: Ss58): number | undefined
  /** In one step, so that no epoch is booked twice or lost. Replaces all marks of the coldkey. */
  bookEpochs(booking: EpochBooking): void
  /**
   * Epochs of the past that are known only now, in both books. What was booked before stays as it is.
   * @param closes the gap of the book that they lie in, and what is left of it
   */
  bookPastEpochs(rows: readonly EpochRow[], closes?: GapClosing): void
  epochRows(genesis: string, coldkey: Ss58, limit: number): readonly EpochRow[]
  earningsTotals(genesis: string, coldkey: Ss58): readonly EarningsTotal[]
  close(): void
}

export class StorageFailure extends Error {
  /** `in-use`: another host has this data folder. */
  readonly kind: 'disk-full' | 'broken' | 'newer-version' | 'in-use'
  readonly path: string
  constructor(kind: StorageFailure['kind'], path: string, reason: string) {
    super(reason)
    this.kind = kind
    this.path = path
  }
}
