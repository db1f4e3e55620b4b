import type Database from 'better-sqlite3'
import { ENTRY_KINDS, type LedgerEntry, placeOf } from '../../shared/ledger/entry.ts'
import { netuid, type Ss58, ss58 } from '../../shared/units/amounts.ts'

export type Row = Record<string, string | number | null>

/** Stands for "no netuid" in an index. */
export const NO_NETUID = -1

/** Addresses by their number in the file. There are few of them, and each is read once. */
export class KeyBook {
  readonly #add: Database.Statement
  readonly #byIdSql: Database.Statement
  readonly #byAddressSql: Database.Statement
  readonly #byId = new Map<number, Ss58>()
  readonly #byAddress = new Map<Ss58, number>()

  constructor(db: Database.Database) {
    this.#add = db.prepare('insert into ledger_keys (address) values (?)')
    this.#byIdSql = db.prepare('select address from ledger_keys where id = ?')
    this.#byAddressSql = db.prepare('select id from ledger_keys where address = ?')
  }

  /** Adds it if need be: within the transaction that uses it. */
  idOf(address: Ss58): number {
    return this.known(address) ?? this.#remember(Number(this.#add.run(address).lastInsertRowid), address)
  }

  known(address: Ss58): number | undefined {
    const remembered = this.#byAddress.get(address)
    if (remembered !== undefined) return remembered
    const row = this.#byAddressSql.get(address) as Row | undefined
    return row && this.#remember(Number(row['id']), address)
  }

  addressOf(id: number): Ss58 {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const row = this.#byIdSql.get(id) as Row | undefined
    const address = ss58(String(row?.['address'] ?? ''))
    this.#remember(id, address)
    return address
  }

  /** After a transaction that failed: numbers that it gave are not in the file. */
  forget(): void {
    this.#byId.clear()
    this.#byAddress.clear()
  }

  #remember(id: number, address: Ss58): number {
    this.#byId.set(id, address)
    this.#byAddress.set(address, id)
    return id
  }
}

export const INSERT_ENTRY = `insert or ignore into ledger_entries values (@chain, @account, @seq, @kind, @netuid, @atMs,
  @hotkey, @toHotkey, @other, @tao, @alpha, @worth, @feeTao, @feeAlpha, @price, @extrinsic, @mined, @epochs, @before)`

const textOrNull = (value: bigint | undefined): string | null => value?.toString() ?? null

export function paramsOf(entry: LedgerEntry, keys: KeyBook, place: { chain: number; seq: number }) {
  const keyOrNull = (address: Ss58 | undefined) => (address === undefined ? null : keys.idOf(address))
  return {
    ...place,
    account: keys.idOf(entry.account),
    kind: ENTRY_KINDS.indexOf(entry.kind),
    netuid: entry.netuid ?? NO_NETUID,
    atMs: entry.atMs,
    hotkey: keyOrNull(entry.hotkey),
    toHotkey: keyOrNull(entry.toHotkey),
    other: keyOrNull(entry.other),
    tao: entry.tao.toString(),
    alpha: entry.alpha.toString(),
    worth: textOrNull(entry.worth),
    feeTao: textOrNull(entry.feeTao),
    feeAlpha: textOrNull(entry.feeAlpha),
    price: textOrNull(entry.price),
    extrinsic: entry.extrinsic ?? null,
    mined: entry.mined === undefined ? null : Number(entry.mined),
    epochs: entry.epochs ?? null,
    before: textOrNull(entry.before),
  }
}

export function entryOf(row: Row, keys: KeyBook): LedgerEntry {
  const amount = (name: string) => (row[name] == null ? undefined : BigInt(String(row[name])))
  const whole = (name: string) => (row[name] == null ? undefined : Number(row[name]))
  const key = (name: string) => (row[name] == null ? undefined : keys.addressOf(Number(row[name])))
  const { block, slot } = placeOf(Number(row['seq']))
  const subnet = Number(row['netuid'])
  return {
    account: keys.addressOf(Number(row['account'])),
    block,
    slot,
    kind: ENTRY_KINDS[Number(row['kind'])] ?? 'other-in',
    atMs: Number(row['at_ms']),
    netuid: subnet === NO_NETUID ? undefined : netuid(subnet),
    hotkey: key('hotkey'),
    toHotkey: key('to_hotkey'),
    other: key('other'),
    tao: amount('tao') ?? 0n,
    alpha: amount('alpha') ?? 0n,
    worth: amount('worth'),
    feeTao: amount('fee_tao'),
    feeAlpha: amount('fee_alpha'),
    price: amount('price'),
    extrinsic: whole('extrinsic'),
    mined: row['mined'] == null ? undefined : row['mined'] === 1,
    epochs: whole('epochs'),
    before: amount('before'),
  }
}
