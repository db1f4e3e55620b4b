import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import { EarningsBook, type EarningsBookDeps } from './earnings-book.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const NOON = Date.UTC(2026, 10, 22, 12)
const DAY = 86_400_000
const row = (over: Partial<EpochRow>): EpochRow => ({
  genesis: '0x01',
  coldkey: ALICE,
  hotkey: BOB,
  netuid: netuid(2),
  epochBlock: 40,
  stakeBefore: alpha(100n),
  stakeAfter: alpha(110n),
  flows: 0n,
  earned: 10n,
  price: raoPerAlpha(500_000_000n),
  earnedTao: rao(5n),
  source: 'mined',
  epochs: 1,
  atMs: NOON,
  parts: {
    fromBlock: 20,
    mined: 10n,
    validated: 0n,
    staked: 0n,
    ownerCut: 0n,
    unexplained: 0n,
    feeAlpha: 0n,
    feeTao: 0n,
  },
  ...over,
})

test('sums, pages and gaps of own wallets, of the days that are asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-book-'))
  const storage = sqliteStorage(folder)
  const gap = { fromBlock: 1, throughBlock: 20, marks: [] }
  const rows = [
    row({}),
    row({ netuid: netuid(3), price: undefined, earnedTao: undefined }),
    row({ epochBlock: 30, atMs: NOON - 8 * DAY, stakeAfter: alpha(90n), stakeBefore: alpha(70n) }),
  ]
  storage.bookEpochs({ genesis: '0x01', coldkey: ALICE, rows, marks: [], throughBlock: 50, gap })
  storage.bookEpochs({ genesis: '0x01', coldkey: BOB, rows: [row({ coldkey: BOB })], marks: [], throughBlock: 50 })
  let genesis: string | undefined = '0x01'
  const book = new EarningsBook({
    storage,
    clock: { nowMs: () => NOON },
    wallets: { state: () => ({ wallets: [{ address: ALICE, name: 'a', hotkeys: [] }] }) },
    network: { genesis: () => genesis },
  } as unknown as EarningsBookDeps)
  try {
    const week = book.summary({ range: '7d' })
    expect(week).toMatchObject({
      ok: true,
      value: {
        total: { knownTao: 5n, unpriced: 1, rows: 2 },
        before: { rows: 1, knownTao: 5n },
        seen: { netuids: [2, 3], hotkeys: [BOB] },
        gaps: [{ account: ALICE, fromBlock: 1, throughBlock: 20 }],
      },
    })
    // One price is not known, so that the whole is not; and alpha of two subnets is nothing to add.
    expect(week.ok && [week.value.total.earnedTao, week.value.total.alpha]).toEqual([undefined, undefined])
    expect(week.ok && week.value.days.map(({ rows: count }) => count)).toEqual([1, 2])
    expect(book.summary({ range: 'all', netuid: netuid(2) })).toMatchObject({
      ok: true,
      value: {
        total: { earnedTao: 10n, alpha: { earned: 20n, kinds: { mined: 20n } } },
        subnet: { start: 70n, end: 110n },
      },
    })
    const page = book.epochs({ range: '7d', netuid: netuid(2), onlyRed: false, offset: 0, limit: 9 })
    expect(page).toMatchObject({ ok: true, value: { total: 1, rows: [{ afterGap: { throughBlock: 20 } }] } })
    // Of somebody else nothing is told.
    expect(book.epochs({ range: 'all', account: BOB, onlyRed: false, offset: 0, limit: 9 })).toEqual({
      ok: true,
      value: { rows: [], total: 0 },
    })
    genesis = undefined
    expect(book.summary({ range: 'all' })).toEqual({ ok: false, error: { code: 'chain/not-connected' } })
  } finally {
    storage.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
