import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alpha, netuid, rao, type Ss58, ss58 } from '../units/amounts.ts'
import { GROUPINGS, gatherPositions, type OwnedPosition, plus, type Sum, type WalletPart } from './all-positions.ts'
import type { Holding } from './lot-book.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const KINDS = ['valueAtSpot', 'ifSold', 'cost', 'unrealised', 'realised'] as const

const amount = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n })
const signed = fc.bigInt({ min: -(1n << 62n), max: 1n << 62n })
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 6 })
const row: fc.Arbitrary<OwnedPosition> = fc
  .record({
    account: fc.constantFrom(ALICE, BOB),
    hotkey: fc.constantFrom(ALICE, HOT),
    netuid: fc.constantFrom(0, 1, 64),
    spot: maybe(amount),
    sold: maybe(amount),
    cost: maybe(amount),
    knownCost: amount,
    unrealised: maybe(signed),
    realised: signed,
    unknownDisposed: fc.constantFrom(0n, 0n, 0n, 7n),
  })
  .map((of) => ({
    account: of.account,
    hotkey: of.hotkey,
    netuid: netuid(of.netuid),
    alpha: alpha(9n),
    available: alpha(9n),
    locked: alpha(0n),
    registered: true,
    valueAtSpot: of.spot === undefined ? undefined : rao(of.spot),
    ifSold: of.sold === undefined ? undefined : rao(of.sold),
    book: {
      cost: of.cost === undefined ? undefined : rao(of.cost),
      knownCost: rao(of.cost ?? of.knownCost),
      unknownAlpha: alpha(0n),
      notBooked: 0n,
      realised: of.realised,
      unknownDisposed: alpha(of.unknownDisposed),
      unrealised: of.unrealised,
    },
  }))

/** The sum of some sums: unknown as soon as one of them is. */
const together = (sums: readonly Sum[]): Sum =>
  sums.reduce(
    (all, sum) => ({
      total: all.total === undefined || sum.total === undefined ? undefined : all.total + sum.total,
      known: all.known + sum.known,
      missing: all.missing + sum.missing,
    }),
    { total: 0n, known: 0n, missing: 0 },
  )

const walletsOf = (...free: readonly [Ss58, bigint][]): readonly WalletPart[] =>
  free.map(([account, has]) => ({ account, free: has }))

test('in each grouping the groups hold every row once, and their sums are the sum of all rows, to the rao', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 14 }), amount, amount, (rows, a, b) => {
      const found = gatherPositions(rows, walletsOf([ALICE, a], [BOB, b]), [])
      expect(found.free).toBe(a + b)
      for (const by of GROUPINGS) {
        const groups = found.groups[by]
        expect(groups.reduce((count, group) => count + group.rows, 0)).toBe(rows.length)
        expect(groups.reduce((sum, { free }) => sum + free, 0n)).toBe(by === 'wallet' ? a + b : 0n)
        for (const kind of KINDS) expect(together(groups.map(({ sums }) => sums[kind]))).toEqual(found.sums[kind])
      }
      const spot = rows.map(({ valueAtSpot }) => valueAtSpot)
      const known = spot.reduce<bigint>((sum, part) => sum + (part ?? 0n), 0n)
      expect(found.sums.valueAtSpot).toEqual({
        total: spot.includes(undefined) ? undefined : known,
        known,
        missing: spot.filter((part) => part === undefined).length,
      })
    }),
  )
})

test('a wallet without a position is a group, too: what it has free counts', () => {
  const { groups, free, sums } = gatherPositions([], walletsOf([ALICE, 4n], [BOB, 0n]), [])
  expect(groups.wallet.map(({ key, free: has, rows }) => [key, has, rows])).toEqual([
    [ALICE, 4n, 0],
    [BOB, 0n, 0],
  ])
  expect(plus(sums.valueAtSpot, free)).toEqual({ total: 4n, known: 4n, missing: 0 })
})

test('what is not known makes a sum unknown and says how much of it is known', () => {
  const [one] = fc.sample(row, 1)
  if (!one) throw new Error('no sample')
  const book = { ...one.book, cost: undefined, knownCost: rao(7n), realised: -3n, unknownDisposed: alpha(1n) }
  const whole = { ...one.book, cost: rao(5n), knownCost: rao(5n), realised: 4n, unknownDisposed: alpha(0n) }
  const rows = [
    { ...one, book },
    { ...one, book: whole },
    // These books miss something that left: what they call a cost is no lower bound.
    { ...one, book: { ...book, notBooked: -1n } },
  ]
  const { sums } = gatherPositions(rows, walletsOf([one.account, 0n]), [])
  expect(sums.cost).toEqual({ total: undefined, known: 12n, missing: 2 })
  expect(sums.realised).toEqual({ total: undefined, known: -2n, missing: 2 })
})

test('what was realised on positions that are no more is told apart, of these wallets only', () => {
  const gone = (account: Ss58, over: Partial<Holding> = {}): Holding => ({
    account,
    netuid: netuid(3),
    hotkey: HOT,
    alpha: 0n,
    unknownAlpha: 0n,
    knownCost: 0n,
    realised: 11n,
    unknownDisposed: 0n,
    ...over,
  })
  const held = fc.sample(row, 1).map((one) => ({ ...one, account: ALICE, netuid: netuid(4), hotkey: HOT }))
  const wallets = walletsOf([ALICE, 0n])
  const holdings = [gone(ALICE), gone(BOB), gone(ALICE, { netuid: netuid(4), realised: 100n })]
  expect(gatherPositions(held, wallets, holdings).left).toEqual({ total: 11n, known: 11n, missing: 0 })
  const unsure = [gone(ALICE, { unknownDisposed: 1n }), gone(ALICE, { netuid: netuid(5), realised: -1n })]
  expect(gatherPositions(held, wallets, unsure).left).toEqual({ total: undefined, known: 10n, missing: 1 })
})
