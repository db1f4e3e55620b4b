import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressOf } from '../../electron/chain/polkadot/scale/address.ts'
import { sqliteStorage } from '../../electron/storage/sqlite-storage.ts'
import type { StoragePort } from '../../electron/storage/storage.port.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { EpochFileAsk } from '../../shared/earnings/epochs-file.ts'
import { DAY_MS } from '../../shared/earnings/ranges.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58, UNITS_PER_WHOLE } from '../../shared/units/amounts.ts'

export const EPOCHS_GENESIS = `0x${'cd'.repeat(32)}`
/** Time of the newest epoch, ms since 1970: late on a day, so that "today" has its epochs. */
export const NOW_MS = 1_795_000_000_000
/** A year of epochs, twenty a day, of 144 positions. */
const EPOCHS = 7_000
const SUBNETS = 16
const KEYS_EACH = 3
export const ROWS = EPOCHS * SUBNETS * KEYS_EACH * 3
const APART_MS = DAY_MS / 20
const AT_ONCE = 200

const account = (name: string): Ss58 => addressOf(createHash('sha256').update(name).digest())
export const WALLETS: readonly Ss58[] = ['one', 'two', 'three'].map((name) => account(name))
export const HOTKEYS: readonly Ss58[] = Array.from({ length: KEYS_EACH }, (_, index) => account(`hotkey ${index}`))

function rowOf(coldkey: Ss58, at: { readonly epoch: number; readonly id: number; readonly key: number }): EpochRow {
  const { epoch, id, key } = at
  const earned = 1_000_000n + BigInt((epoch * 7_919 + id * 104_729 + key) % 900_001)
  const price = 20_000_000n + BigInt((epoch * 31 + id) % 9_000_000)
  const stake = 5_000_000_000n + BigInt(epoch) * 1_500_000n
  const [isMiner, isRed] = [key === 0, (epoch * 48 + id * 3 + key) % 100_003 === 7]
  const unexplained = isRed ? -3_118n : 0n
  return {
    genesis: EPOCHS_GENESIS,
    coldkey,
    hotkey: HOTKEYS[key] ?? coldkey,
    netuid: netuid(id + 1),
    epochBlock: 1_000 + epoch * 360 + id,
    stakeBefore: alpha(stake),
    stakeAfter: alpha(stake + earned + unexplained),
    flows: 0n,
    earned,
    price: raoPerAlpha(price),
    earnedTao: rao((earned * price) / UNITS_PER_WHOLE),
    source: isMiner ? 'mined' : 'staked',
    ...(isMiner ? { uid: 7 } : {}),
    epochs: 1,
    atMs: NOW_MS - (EPOCHS - 1 - epoch) * APART_MS,
    via: 'events',
    parts: {
      fromBlock: 640 + epoch * 360 + id,
      mined: isMiner ? earned : 0n,
      validated: 0n,
      staked: isMiner ? 0n : earned,
      ownerCut: 0n,
      unexplained,
      feeAlpha: 0n,
      feeTao: 0n,
      flowsIn: 0n,
    },
  }
}

function writeRows(storage: StoragePort): void {
  for (let from = 0; from < EPOCHS; from += AT_ONCE) {
    const rows: EpochRow[] = []
    for (let epoch = from; epoch < Math.min(EPOCHS, from + AT_ONCE); epoch += 1)
      for (const coldkey of WALLETS)
        for (let id = 0; id < SUBNETS; id += 1)
          for (let key = 0; key < KEYS_EACH; key += 1) rows.push(rowOf(coldkey, { epoch, id, key }))
    storage.bookPastEpochs(rows)
  }
}

/** Writing the rows takes minutes: this folder, if named, has them already, or gets them to be used again. */
const BUILT = process.env['TAOFORGE_BENCH_LEDGER'] && `${process.env['TAOFORGE_BENCH_LEDGER']}-epochs`

export interface MillionEpochs {
  readonly folder: string
  readonly storage: StoragePort
  close(): void
}

/** A million epochs of three wallets over a year, in a folder of its own. */
export function millionEpochs(): MillionEpochs {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-epochs-'))
  if (BUILT && existsSync(BUILT)) cpSync(BUILT, folder, { recursive: true })
  else {
    const fresh = sqliteStorage(folder)
    writeRows(fresh)
    fresh.close()
    if (BUILT) cpSync(folder, BUILT, { recursive: true })
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

const walletNames = new Map(WALLETS.map((address) => [address, 'wallet']))
const subnetNames = new Map(Array.from({ length: SUBNETS }, (_, id) => [id + 1, `subnet ${id + 1}`]))
/** Both files of all epochs. */
export const EPOCH_FILES: readonly EpochFileAsk[] = (['csv', 'json'] as const).map((format) => ({
  what: 'epochs',
  format,
  genesis: EPOCHS_GENESIS,
  accounts: WALLETS,
  walletNames,
  subnetNames,
}))
