import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressOf } from '../../electron/chain/polkadot/scale/address.ts'
import { sqliteStorage } from '../../electron/storage/sqlite-storage.ts'
import type { StoragePort } from '../../electron/storage/storage.port.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { eventSlot, type LedgerBlock, type LedgerEntry } from '../../shared/ledger/entry.ts'
import { alpha, netuid, type Ss58 } from '../../shared/units/amounts.ts'

export const GENESIS = `0x${'ab'.repeat(32)}`
/** Time of block 0, ms since 1970. */
export const FROM_MS = 1_700_000_000_000
export const LINES = 1_000_000
/** Fifty lines a block: far more than there ever are, so that a stretch of blocks is many lines. */
export const BLOCKS = 20_000
const PER_BLOCK = LINES / BLOCKS
/** As many as a window counts a yield from. */
export const EPOCHS_EACH = 12_000
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
  const at = { account: who, block, slot: eventSlot(place), atMs: FROM_MS + block * 12_000, ...where }
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

/** An epoch that brought nothing has no line, and counts for a yield like any other. */
export const epoch = (coldkey: Ss58, at: number): EpochRow => ({
  genesis: GENESIS,
  coldkey,
  hotkey: hotkeys[at % HOTKEYS] ?? coldkey,
  netuid: netuid(at % SUBNETS),
  epochBlock: at,
  stakeBefore: alpha(5_000_000_000n),
  stakeAfter: alpha(5_000_000_000n),
  flows: 0n,
  earned: 0n,
  source: 'staked',
  epochs: 1,
  atMs: FROM_MS + at * 12_000,
})

export function blockOf(number: number): LedgerBlock {
  const entries = Array.from({ length: PER_BLOCK }, (_, place) => line((number - 1) * PER_BLOCK + place, number, place))
  const hash = `0x${createHash('sha256').update(String(number)).digest('hex')}`
  return { number, hash, parentHash: hash, atMs: FROM_MS + number * 12_000, entries }
}

export interface MillionLines {
  readonly folder: string
  readonly storage: StoragePort
  close(): void
}

/** Writing the lines takes minutes: this folder, if named, has them already, or gets them to be used again. */
const BUILT = process.env['TAOFORGE_BENCH_LEDGER']

/** A ledger of a million lines over three accounts, in a folder of its own. */
export function millionLines(): MillionLines {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-million-'))
  const isBuilt = BUILT !== undefined && existsSync(BUILT)
  if (isBuilt) cpSync(BUILT, folder, { recursive: true })
  else {
    const fresh = sqliteStorage(folder)
    writeLines(fresh)
    fresh.close()
    if (BUILT !== undefined) cpSync(folder, BUILT, { recursive: true })
  }
  const storage = sqliteStorage(folder)
  return {
    folder,
    storage,
    close() {
      storage.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writeLines(storage: StoragePort): void {
  for (let number = 1; number <= BLOCKS; number += 1)
    storage.recordBlock(GENESIS, blockOf(number), { accounts: ACCOUNTS, openings: [] })
  storage.finalizeLedger(GENESIS, BLOCKS)
  storage.bookPastEpochs(
    ACCOUNTS.flatMap((coldkey) => Array.from({ length: EPOCHS_EACH }, (_, at) => epoch(coldkey, at))),
  )
}
