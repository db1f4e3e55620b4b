import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { EARNING_KINDS, kindsInTao, kindsOf } from '../../shared/earnings/kinds.ts'
import { DAY_MS, type DaySpan, dayOf } from '../../shared/earnings/ranges.ts'
import {
  alpha,
  netuid,
  rao,
  raoPerAlpha,
  type Ss58,
  ss58,
  U64_MAX,
  UNITS_PER_WHOLE,
} from '../../shared/units/amounts.ts'
import type { EarningsFilter } from './earnings-views.port.ts'
import { piecesOf } from './earnings-views.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { StoragePort } from './storage.port.ts'

const GENESIS = '0x01'
const KEYS = [
  ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'),
  ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
  ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y'),
] as const
const [ALICE] = KEYS
const TODAY = 20_779

const amount = fc.bigInt(0n, 10n ** 14n)
/** Rows over some months, of three wallets and hotkeys and two subnets and root, red ones and some of which little is known. */
const anyRow = fc
  .record({
    coldkey: fc.constantFrom(...KEYS),
    hotkey: fc.constantFrom(...KEYS),
    id: fc.constantFrom(0, 2, 3),
    day: fc.integer({ min: TODAY - 100, max: TODAY }),
    mined: amount,
    staked: amount,
    price: fc.option(fc.bigInt(1n, 10n ** 10n), { nil: undefined }),
    unexplained: fc.constantFrom(0n, 0n, 0n, -7n, 5n),
    isTold: fc.boolean(),
    isNamed: fc.boolean(),
  })
  .map(({ coldkey, hotkey, id, day, mined, staked, price, unexplained, isTold, isNamed }) => {
    const earned = mined + staked
    const cause = isNamed && unexplained !== 0n ? { cause: 'rounding' as const } : {}
    const parts = {
      fromBlock: 1,
      mined,
      validated: 0n,
      staked,
      ownerCut: 0n,
      unexplained,
      ...cause,
      feeAlpha: 3n,
      feeTao: 4n,
    }
    return (index: number): EpochRow => ({
      genesis: GENESIS,
      coldkey,
      hotkey,
      netuid: netuid(id),
      epochBlock: 1_000 + index,
      stakeBefore: alpha(1_000n),
      stakeAfter: alpha(1_000n + earned),
      flows: -20n,
      earned,
      ...(price === undefined ? {} : { price: raoPerAlpha(price), earnedTao: rao((earned * price) / UNITS_PER_WHOLE) }),
      source: 'mined',
      epochs: 1,
      atMs: day * DAY_MS + index,
      ...(isTold ? { parts } : {}),
    })
  })
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 60 }).map((all) => all.map((one, index) => one(index)))

let folder = ''
let storage: StoragePort
const open = () => {
  storage = sqliteStorage(folder)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-sums-'))
  open()
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})
const book = (rows: readonly EpochRow[]) => storage.bookPastEpochs(rows)
function emptied() {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
  open()
}

const isIn = (row: EpochRow, { accounts, netuid: id, hotkey }: EarningsFilter, { from = 0, to }: DaySpan) =>
  accounts.includes(row.coldkey) &&
  (id === undefined || row.netuid === id) &&
  (hotkey === undefined || row.hotkey === hotkey) &&
  dayOf(row.atMs) >= from &&
  dayOf(row.atMs) <= to

/** The same by walking through all rows. */
function slowly(rows: readonly EpochRow[]) {
  const total = (of: (row: EpochRow) => bigint) => rows.reduce((all, row) => all + of(row), 0n)
  const kinds = (of: (row: EpochRow) => Readonly<Record<string, bigint>> | undefined) =>
    Object.fromEntries(EARNING_KINDS.map((kind) => [kind, total((row) => of(row)?.[kind] ?? 0n)]))
  return {
    alpha: kinds(kindsOf),
    tao: kinds(kindsInTao),
    flows: total((row) => row.flows),
    feeTao: total((row) => row.parts?.feeTao ?? 0n),
    unexplained: total((row) => row.parts?.unexplained ?? 0n),
    red: total(redOf),
    rows: rows.length,
    redRows: rows.filter((row) => redOf(row) !== 0n).length,
    untoldRows: rows.filter((row) => !row.parts).length,
    unpriced: rows.filter((row) => row.earnedTao === undefined && row.earned !== 0n).length,
  }
}
const SPANS: readonly DaySpan[] = [
  { to: TODAY },
  { from: TODAY - 29, to: TODAY },
  { from: TODAY - 6, to: TODAY },
  { from: TODAY, to: TODAY },
]
const FILTERS: readonly EarningsFilter[] = [
  { genesis: GENESIS, accounts: KEYS },
  { genesis: GENESIS, accounts: [ALICE] },
  { genesis: GENESIS, accounts: KEYS, netuid: netuid(2) },
  { genesis: GENESIS, accounts: KEYS, hotkey: KEYS[1] },
  { genesis: GENESIS, accounts: [ALICE, KEYS[2]], netuid: netuid(0), hotkey: ALICE },
]

function expectViews(rows: readonly EpochRow[]) {
  for (const span of SPANS)
    for (const filter of FILTERS) {
      const found = rows.filter((row) => isIn(row, filter, span))
      expect(storage.earningsSum(filter, span)).toMatchObject(slowly(found))
      for (const [by, key] of [
        ['wallet', (row: EpochRow) => row.coldkey as string],
        ['subnet', (row: EpochRow) => String(row.netuid)],
        ['hotkey', (row: EpochRow) => row.hotkey as string],
      ] as const) {
        const groups = new Map(storage.earningsGroups(filter, span, by).map((one) => [one.key, one.sum]))
        const expected = Map.groupBy(found, key)
        expect([...groups.keys()].toSorted()).toEqual([...expected.keys()].toSorted())
        for (const [name, of] of expected) expect(groups.get(name)).toMatchObject(slowly(of))
      }
      const days = storage.earningsDays(filter, span)
      expect(days.map(({ day, rows: count }) => [day, count])).toEqual(
        [...Map.groupBy(found, (row) => dayOf(row.atMs))]
          .map(([day, of]) => [day, of.length])
          .toSorted(([a = 0], [b = 0]) => a - b),
      )
      const newest = found.toSorted((a, b) => b.atMs - a.atMs || b.epochBlock - a.epochBlock)
      for (const offset of [0, 7]) {
        const page = storage.epochsPage({ ...filter, span, onlyRed: false, offset, limit: 9 })
        expect(page).toEqual(newest.slice(offset, offset + 9))
      }
      expect(storage.epochsPage({ ...filter, span, onlyRed: true, offset: 0, limit: 99 })).toEqual(
        newest.filter((row) => redOf(row) !== 0n),
      )
    }
}

describe('sums of epochs', () => {
  test('are what walking through all rows gives, by every filter, group and range; booked again they stay', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (rows, cut) => {
        emptied()
        book(rows.slice(0, cut % rows.length))
        book(rows)
        expectViews(rows)
      }),
      { numRuns: 4 },
    )
  })

  test('of a file of an earlier version are made when it is opened', () => {
    const rows = fc.sample(anyRows, { numRuns: 1, seed: 7 })[0] ?? []
    book(rows)
    storage.close()
    const file = new Database(join(folder, 'taoforge.sqlite'))
    file.exec('delete from earnings_sums; delete from earnings_order')
    file.close()
    open()
    expectViews(rows)
  })

  test('hold the largest amounts that a chain can tell, and many of them', () => {
    const one = (index: number): EpochRow => ({
      ...(fc.sample(anyRow, { numRuns: 1, seed: 3 })[0]?.(index) as EpochRow),
      coldkey: ALICE as Ss58,
      netuid: netuid(2),
      earned: U64_MAX,
      parts: undefined,
      price: undefined,
      earnedTao: undefined,
    })
    book(Array.from({ length: 50 }, (_, index) => one(index)))
    const filter = { genesis: GENESIS, accounts: KEYS }
    expect(storage.earningsSum(filter, { to: TODAY }).alpha['not-told']).toBe(50n * U64_MAX)
  })

  test('a position begins a range with its first row and ends it with its last one', () => {
    const base = fc.sample(anyRow, { numRuns: 1, seed: 5 })[0]?.(0) as EpochRow
    const rows = [90, 40, 3].map((ago, index) => ({
      ...base,
      coldkey: ALICE,
      hotkey: KEYS[1],
      netuid: netuid(2),
      epochBlock: index,
      atMs: (TODAY - ago) * DAY_MS,
      stakeBefore: alpha(BigInt(100 * index)),
      stakeAfter: alpha(BigInt(100 * index + 50)),
    }))
    book(rows)
    const filter = { genesis: GENESIS, accounts: KEYS, netuid: netuid(2) }
    const ends = (from: number) =>
      storage.earningsEnds(filter, { from, to: TODAY }).map(({ first, last }) => [first.stake, last.stake])
    expect(ends(0)).toEqual([[0n, 250n]])
    expect(ends(TODAY - 60)).toEqual([[100n, 250n]])
    expect(ends(TODAY - 1)).toEqual([])
  })
})

test('a span is whole stretches of 32 days and the days at its ends, each day once', () => {
  fc.assert(
    fc.property(fc.nat(3_000), fc.nat(800), (from, days) => {
      const covered = piecesOf({ from, to: from + days }).flatMap((piece) =>
        Array.from(
          { length: (piece.to - piece.from + 1) * (piece.level === 1 ? 32 : 1) },
          (_, index) => piece.from * (piece.level === 1 ? 32 : 1) + index,
        ),
      )
      expect(covered).toEqual(Array.from({ length: days + 1 }, (_, index) => from + index))
    }),
  )
})
