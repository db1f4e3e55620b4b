import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { Settings } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { Alpha, Netuid, Ss58 } from '../../shared/units/amounts.ts'

/** Where the last booked snapshot of one position stands. */
export interface PositionMark {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly hotkey: Ss58
  readonly netuid: Netuid
  /** Everything up to and including this block is booked. */
  readonly block: number
  readonly alpha: Alpha
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
export interface StoragePort {
  settings(): Settings
  saveSettings(settings: Settings): void

  saveTransaction(record: TransactionRecord): void
  transactions(genesis: string, limit: number): readonly TransactionRecord[]

  marks(genesis: string, coldkey: Ss58): readonly PositionMark[]
  /** Adds epoch rows and moves the marks in one step, so that no epoch is booked twice or lost. */
  bookEpochs(rows: readonly EpochRow[], marks: readonly PositionMark[]): void
  epochRows(genesis: string, coldkey: Ss58, limit: number): readonly EpochRow[]
  earningsTotals(genesis: string, coldkey: Ss58): readonly EarningsTotal[]
  close(): void
}

export class StorageFailure extends Error {
  readonly kind: 'disk-full' | 'broken' | 'newer-version'
  readonly path: string
  constructor(kind: 'disk-full' | 'broken' | 'newer-version', path: string, reason: string) {
    super(reason)
    this.kind = kind
    this.path = path
  }
}
