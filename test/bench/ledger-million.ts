import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressOf } from '../../electron/chain/polkadot/scale/address.ts'
import { sqliteStorage } from '../../electron/storage/sqlite-storage.ts'
import type { StoragePort } from '../../electron/storage/storage.port.ts'
import { eventSlot, type LedgerEntry } from '../../shared/ledger/entry.ts'
import { netuid, type Ss58 } from '../../shared/units/amounts.ts'

export const GENESIS = `0x${'ab'.repeat(32)}`
export const LINES = 1_000_000
const BLOCKS = 2_000
const SUBNETS = 64
const HOTKEYS = 40

const account = (name: string): Ss58 => addressOf(createHash('sha256').update(name).digest())
export const ACCOUNTS: readonly Ss58[] = ['one', 'two', 'three'].map((name) => account(name))
const hotkeys = Array.from({ length: HOTKEYS }, (_, index) => account(`hotkey ${index}`))
export const RARE = { kind: 'burn', netuid: netuid(3) } as const

/** Mostly rewards, as a ledger is; some trades, moves and fees, and a few of a rare kind. */
function line(index: number, block: number, place: number): LedgerEntry {
  const who = ACCOUNTS[index % ACCOUNTS.length] ?? account('one')
  const where = { netuid: netuid(index % SUBNETS), hotkey: hotkeys[index % HOTKEYS] }
  const at = { account: who, block, slot: eventSlot(place), atMs: 1_700_000_000_000 + block * 12_000, ...where }
  const amount = 1_000_000n + BigInt(index % 9_973)
  if (index % 200_003 === 7) return { ...at, ...RARE, tao: 0n, alpha: -1n }
  if (index % 20 === 3) return { ...at, kind: 'buy', tao: -amount, alpha: amount * 19n, feeTao: 500n, extrinsic: place }
  if (index % 20 === 11) return { ...at, kind: 'sell', tao: amount, alpha: -amount, feeAlpha: 300n, extrinsic: place }
  if (index % 20 === 17)
    return { ...at, kind: 'fee', tao: -1_404_237n, alpha: 0n, feeTao: 1_404_237n, extrinsic: place }
  return {
    ...at,
    kind: 'reward',
    tao: 0n,
    alpha: amount,
    worth: amount / 20n,
    price: 50_000_000n,
    mined: false,
    epochs: 1,
  }
}

export interface MillionLines {
  readonly folder: string
  readonly storage: StoragePort
  close(): void
}

/** A ledger of a million lines over three accounts, in a folder of its own. */
export function millionLines(): MillionLines {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-million-'))
  const storage = sqliteStorage(folder)
  const perBlock = LINES / BLOCKS
  for (let number = 1; number <= BLOCKS; number += 1) {
    const entries = Array.from({ length: perBlock }, (_, place) => line((number - 1) * perBlock + place, number, place))
    const hash = `0x${createHash('sha256').update(String(number)).digest('hex')}`
    const block = { number, hash, parentHash: hash, atMs: 1_700_000_000_000 + number * 12_000, entries }
    storage.recordBlock(GENESIS, block, { accounts: ACCOUNTS, openings: [] })
  }
  storage.finalizeLedger(GENESIS, BLOCKS)
  return {
    folder,
    storage,
    close() {
      storage.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
