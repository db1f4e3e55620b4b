import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { EntryKind, LedgerBlock, LedgerEntry } from '../../shared/ledger/entry.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'

/** Blocks that were looked at for an account, both ends inclusive. */
export interface LedgerSpan {
  readonly from: number
  readonly to: number
}

/** What a position holds by the lines so far, 1e-9 alpha. */
export type LedgerStand = (place: { readonly netuid: Netuid; readonly hotkey: Ss58 }) => bigint

export interface LedgerTip {
  readonly number: number
  readonly hash: string
}

export interface LedgerFilter {
  /** Absent: all accounts of the chain. */
  readonly account?: Ss58 | undefined
  readonly kind?: EntryKind | undefined
  readonly netuid?: Netuid | undefined
  /** ms since 1970; from inclusive, to exclusive. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

export interface LedgerAsk extends LedgerFilter {
  /** From which line on, not included; see `StoredEntry.cursor`. */
  readonly after?: string | undefined
  readonly limit: number
  readonly order: 'newest' | 'oldest'
}

/** What was written since a moment, as long as this program runs. A write that failed may be among it. */
export interface LedgerChanges {
  /** Names this moment. */
  readonly revision: number
  /** Place (`seqOf`) of the lowest line that came, went or changed; `undefined`: none did. */
  readonly lowest: number | undefined
  /** Epochs that were booked, of all accounts; `undefined`: too many to tell. */
  readonly epochs: readonly EpochRow[] | undefined
}

export interface StoredEntry extends LedgerEntry {
  /** Hash of its block; `undefined` where it was not kept (epochs that an earlier version booked). */
  readonly blockHash?: string | undefined
  /** Names its place for the next page. */
  readonly cursor: string
}

/**
 * The ledger: what happened to own accounts, one line each. Lines of a block are kept under its hash: a block that left
 * the chain takes its lines with it; final ones stay. Each method is one transaction.
 */
export interface LedgerStorage {
  /** The newest block that was recorded. */
  ledgerTip(genesis: string): LedgerTip | undefined
  /** Hash of a recorded block; `undefined` where none is kept. */
  ledgerHash(genesis: string, block: number): string | undefined
  /** Everything up to and including this block is final; -1 at first. */
  ledgerFinal(genesis: string): number
  /**
   * Books a block, and that it was looked at for `accounts`. The same block again changes nothing; another one in the
   * place of a block that is not final yet replaces it and everything above.
   * @param openings positions at the end of this block, of accounts whose record begins here
   * @returns false: a final block stands in its place, and nothing was written
   */
  recordBlock(
    genesis: string,
    block: LedgerBlock,
    looked: { readonly accounts: readonly Ss58[]; readonly openings: readonly LedgerEntry[] },
  ): boolean
  /** Takes back every line that is not final, from this block on. */
  takeBack(genesis: string, fromBlock: number): void
  /**
   * After a gap was read: what the lines before now explain of the positions that were counted at `block`. A count that is
   * explained whole says nothing any more, and goes.
   */
  explainOpenings(genesis: string, of: { readonly account: Ss58; readonly block: number }, stand: LedgerStand): void
  finalizeLedger(genesis: string, through: number): void
  /** In order of blocks. */
  ledgerSpans(genesis: string, account: Ss58): readonly LedgerSpan[]
  ledgerAccounts(genesis: string): readonly Ss58[]
  /** Accounts with a line about this hotkey. Reads every line: for rare questions. */
  ledgerHolders(genesis: string, hotkey: Ss58): readonly Ss58[]
  ledgerPage(genesis: string, ask: LedgerAsk): readonly StoredEntry[]
  /** @param revision of an earlier answer */
  ledgerChanges(genesis: string, revision: number): LedgerChanges
}
