import type Database from 'better-sqlite3'
import { creditedOf, type EpochRow } from '../../shared/earnings/epoch-row.ts'
import { ENTRY_KINDS, type LedgerEntry, openingSlot, placeOf, rewardSlot, seqOf } from '../../shared/ledger/entry.ts'
import { netuid, type Ss58 } from '../../shared/units/amounts.ts'
import type { BooksStorage } from './books-storage.port.ts'
import { booksTables } from './books-tables.ts'
import { ChangeLogs } from './ledger-changes.ts'
import { accountIds, readPage } from './ledger-pages.ts'
import { INSERT_ENTRY, KeyBook, paramsOf, type Row } from './ledger-rows.ts'
import type { LedgerStand, LedgerStorage } from './ledger-storage.port.ts'

/** Hashes of final blocks without lines are kept this far back, for times of what is booked a little later. */
const KEPT_BLOCKS = 300
/** A position is found again among this many places of its subnet in one block. */
const MOST_PLACES = 512

/** Numbers of the kinds that an epoch brings. */
const OF_EPOCHS = (['reward', 'shrink'] as const).map((kind) => ENTRY_KINDS.indexOf(kind)).join(', ')

type Guard = <T>(run: () => T) => T

export interface LedgerTables extends LedgerStorage, BooksStorage {
  /** Books what an epoch brought; within the transaction that books the epoch itself. */
  bookReward(row: EpochRow): void
}

/** The tables of migrations 5 and 9. @param guard turns what SQLite throws into a StorageFailure */
export function ledgerTables(db: Database.Database, guard: Guard): LedgerTables {
  const file = new LedgerFile(db)
  const write = <T>(run: () => T): T =>
    guard(() => {
      try {
        return db.transaction(run)()
      } catch (cause) {
        file.keys.forget()
        throw cause
      }
    })
  return {
    ...booksTables(db, { guard, changes: file.changes, chain: (genesis) => file.chain(genesis) }),
    ledgerTip: (genesis) => guard(() => file.tip(file.chain(genesis))),
    ledgerHash: (genesis, block) => guard(() => file.hashAt(file.chain(genesis), block)),
    ledgerFinal: (genesis) => guard(() => file.finalThrough(file.chain(genesis))),
    recordBlock: (genesis, block, looked) =>
      write(() => {
        const chain = file.chainToWrite(genesis)
        const known = file.hashAt(chain, block.number)
        if (known !== undefined && known !== block.hash) {
          if (block.number <= file.finalThrough(chain)) return false
          file.takeBack(chain, block.number)
        }
        // An old block in which nothing happened need not be known by its hash.
        const isOld = block.number < file.finalThrough(chain) - KEPT_BLOCKS
        if (!isOld || block.entries.length + looked.openings.length > 0) file.putBlock(chain, block)
        for (const entry of block.entries) file.put(chain, entry)
        for (const entry of looked.openings) file.putAmong(chain, entry, openingSlot)
        for (const account of looked.accounts) file.look(chain, account, block.number)
        return true
      }),
    takeBack: (genesis, fromBlock) =>
      write(() => {
        const chain = file.chainToWrite(genesis)
        file.takeBack(chain, Math.max(fromBlock, file.finalThrough(chain) + 1))
      }),
    explainOpenings: (genesis, of, stand) => write(() => file.explain(file.chainToWrite(genesis), of, stand)),
    finalizeLedger: (genesis, through) => write(() => file.finalize(file.chainToWrite(genesis), through)),
    ledgerSpans: (genesis, account) => guard(() => file.spans(file.chain(genesis), account)),
    ledgerAccounts: (genesis) => guard(() => accountIds(db, file.chain(genesis)).map((id) => file.keys.addressOf(id))),
    ledgerHolders: (genesis, hotkey) => guard(() => file.holders(file.chain(genesis), hotkey)),
    ledgerPage: (genesis, ask) => guard(() => readPage(db, file.keys, file.chain(genesis), ask)),
    ledgerChanges: (genesis, revision) => guard(() => file.changes.of(file.chain(genesis)).since(revision)),
    bookReward: (row) => {
      file.putReward(row)
      // The transaction around this may still fail.
      file.keys.forget()
    },
  }
}

/** No chain has this number: what is asked of it has no lines. */
const NONE = -1

class LedgerFile {
  readonly keys: KeyBook
  readonly changes = new ChangeLogs()
  readonly #db: Database.Database

  readonly #insert: Database.Statement
  readonly #dropBooks: Database.Statement

  constructor(db: Database.Database) {
    this.#db = db
    this.keys = new KeyBook(db)
    this.#insert = db.prepare(INSERT_ENTRY)
    this.#dropBooks = db.prepare('delete from ledger_books where chain = ? and seq >= ?')
  }

  /** A line came, went or changed: books that stand behind it go with the transaction that wrote it. */
  #noteLine(chain: number, seq: number): void {
    this.changes.of(chain).noteLine(seq)
    this.#dropBooks.run(chain, seq)
  }

  #one(sql: string, ...params: unknown[]): Row | undefined {
    return this.#db.prepare(sql).get(...params) as Row | undefined
  }
  #all(sql: string, ...params: unknown[]): readonly Row[] {
    return this.#db.prepare(sql).all(...params) as Row[]
  }
  #run(sql: string, ...params: unknown[]): void {
    this.#db.prepare(sql).run(...params)
  }

  chain(genesis: string): number {
    return Number(this.#one('select id from ledger_chains where genesis = ?', genesis)?.['id'] ?? NONE)
  }
  chainToWrite(genesis: string): number {
    this.#run('insert or ignore into ledger_chains (genesis) values (?)', genesis)
    return this.chain(genesis)
  }

  finalThrough(chain: number): number {
    return Number(this.#one('select final_through from ledger_chains where id = ?', chain)?.['final_through'] ?? -1)
  }

  tip(chain: number) {
    const row = this.#one('select number, hash from ledger_blocks where chain = ? order by number desc limit 1', chain)
    return row && { number: Number(row['number']), hash: String(row['hash']) }
  }
  hashAt(chain: number, block: number): string | undefined {
    const row = this.#one('select hash from ledger_blocks where chain = ? and number = ?', chain, block)
    return row && String(row['hash'])
  }
  putBlock(chain: number, { number, hash, parentHash, atMs }: Parameters<LedgerStorage['recordBlock']>[1]): void {
    this.#run('insert or ignore into ledger_blocks values (?, ?, ?, ?, ?)', chain, number, hash, parentHash, atMs)
  }

  put(chain: number, entry: LedgerEntry): void {
    const seq = seqOf(entry.block, entry.slot)
    if (this.#insert.run(paramsOf(entry, this.keys, { chain, seq })).changes > 0) this.#noteLine(chain, seq)
  }

  /** Lines that no event numbers: one per position and block. Its own place is found again by its hotkey. */
  putAmong(chain: number, entry: LedgerEntry, slotOf: typeof rewardSlot): void {
    const { account, netuid, hotkey, block } = entry
    if (netuid === undefined || hotkey === undefined) return
    const [owner, key] = [this.keys.idOf(account), this.keys.idOf(hotkey)]
    const first = seqOf(block, slotOf(netuid, 0))
    const taken = this.#all(
      'select seq, hotkey from ledger_entries where chain = ? and account = ? and seq >= ? and seq < ? order by seq',
      chain,
      owner,
      first,
      first + MOST_PLACES,
    )
    if (taken.length >= MOST_PLACES || taken.some((row) => row['hotkey'] === key)) return
    this.put(chain, { ...entry, slot: placeOf(first + taken.length).slot })
  }

  putReward(row: EpochRow): void {
    const chain = this.chainToWrite(row.genesis)
    this.changes.of(chain).noteEpoch(row)
    const credited = creditedOf(row)
    if (credited === 0n) return
    const at = this.#one('select at_ms from ledger_blocks where chain = ? and number = ?', chain, row.epochBlock)
    const entry: LedgerEntry = {
      account: row.coldkey,
      block: row.epochBlock,
      slot: 0,
      kind: credited > 0n ? 'reward' : 'shrink',
      atMs: Number(at?.['at_ms'] ?? row.atMs),
      netuid: row.netuid,
      hotkey: row.hotkey,
      tao: 0n,
      alpha: credited,
      worth: row.earnedTao,
      price: row.price,
      mined: row.source === 'mined',
      epochs: row.epochs,
    }
    this.putAmong(chain, entry, rewardSlot)
  }

  explain(
    chain: number,
    { account, block }: { readonly account: Ss58; readonly block: number },
    stand: LedgerStand,
  ): void {
    const owner = this.keys.idOf(account)
    this.#noteLine(chain, seqOf(block, 0))
    const counted = this.#all(
      'select seq, netuid, hotkey, alpha from ledger_entries where chain = ? and account = ? and seq >= ? and seq < ? and kind = ?',
      chain,
      owner,
      seqOf(block, 0),
      seqOf(block + 1, 0),
      ENTRY_KINDS.indexOf('opening'),
    )
    for (const row of counted) {
      const place = { netuid: netuid(Number(row['netuid'])), hotkey: this.keys.addressOf(Number(row['hotkey'])) }
      const before = stand(place).toString()
      const which = [chain, owner, row['seq']]
      if (before === row['alpha'])
        this.#run('delete from ledger_entries where chain = ? and account = ? and seq = ?', ...which)
      else
        this.#run('update ledger_entries set before = ? where chain = ? and account = ? and seq = ?', before, ...which)
    }
  }

  /** What epochs brought stays: it is booked of final blocks only, once, and the branch that left may hold such a number. */
  takeBack(chain: number, from: number): void {
    this.#noteLine(chain, seqOf(from, 0))
    for (const account of accountIds(this.#db, chain))
      this.#run(
        `delete from ledger_entries where chain = ? and account = ? and seq >= ? and kind not in (${OF_EPOCHS})`,
        chain,
        account,
        seqOf(from, 0),
      )
    this.#run('delete from ledger_blocks where chain = ? and number >= ?', chain, from)
    this.#run('delete from ledger_spans where chain = ? and from_block >= ?', chain, from)
    this.#run('update ledger_spans set to_block = ? where chain = ? and to_block >= ?', from - 1, chain, from)
  }

  finalize(chain: number, through: number): void {
    const before = this.finalThrough(chain)
    if (through <= before) return
    this.#run('update ledger_chains set final_through = ? where id = ?', through, chain)
    const old = this.#all(
      'select number from ledger_blocks where chain = ? and number >= ? and number < ? order by number',
      chain,
      before - KEPT_BLOCKS,
      through - KEPT_BLOCKS,
    )
    const accounts = accountIds(this.#db, chain)
    for (const row of old) {
      const number = Number(row['number'])
      if (!accounts.some((account) => this.#hasLines({ chain, account }, number)))
        this.#run('delete from ledger_blocks where chain = ? and number = ?', chain, number)
    }
  }

  #hasLines({ chain, account }: { readonly chain: number; readonly account: number }, block: number): boolean {
    const found = this.#one(
      'select 1 from ledger_entries where chain = ? and account = ? and seq >= ? and seq < ? limit 1',
      chain,
      account,
      seqOf(block, 0),
      seqOf(block + 1, 0),
    )
    return found !== undefined
  }

  spans(chain: number, account: Ss58) {
    return this.#all(
      'select from_block, to_block from ledger_spans where chain = ? and account = ? order by from_block',
      chain,
      this.keys.known(account) ?? NONE,
    ).map((row) => ({ from: Number(row['from_block']), to: Number(row['to_block']) }))
  }

  /** Grows the span below, joins the one above, or begins one. */
  look(chain: number, address: Ss58, block: number): void {
    const account = this.keys.idOf(address)
    const span = (where: string) =>
      this.#one(
        `select from_block, to_block from ledger_spans where chain = ? and account = ? and ${where}`,
        chain,
        account,
        block,
      )
    if (span('? between from_block and to_block')) return
    const below = span('to_block = ? - 1')
    const above = span('from_block = ? + 1')
    const from = below ? Number(below['from_block']) : block
    const to = above ? Number(above['to_block']) : block
    this.#run(
      'delete from ledger_spans where chain = ? and account = ? and from_block between ? and ?',
      chain,
      account,
      from,
      to,
    )
    this.#run('insert into ledger_spans values (?, ?, ?, ?)', chain, account, from, to)
  }

  holders(chain: number, hotkey: Ss58): readonly Ss58[] {
    const key = this.keys.known(hotkey) ?? NONE
    return accountIds(this.#db, chain)
      .filter((account) =>
        this.#one(
          'select 1 from ledger_entries where chain = ? and account = ? and (hotkey = ? or to_hotkey = ?) limit 1',
          chain,
          account,
          key,
          key,
        ),
      )
      .map((account) => this.keys.addressOf(account))
  }
}
