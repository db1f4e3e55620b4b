import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EpochRow } from '../earnings/epoch-row.ts'
import type { Portfolio } from '../staking/position.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../units/amounts.ts'
import type { Holding } from './lot-book.ts'
import { bookPositions } from './positions.ts'
import { yieldOf } from './yield.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const DAY = 86_400_000

interface Row {
  readonly alpha: bigint
  readonly spot: bigint | undefined
  readonly sold: bigint | undefined
  readonly booked: bigint
  readonly unknown: bigint
  readonly cost: bigint
  readonly realised: bigint
}
const portfolioOf = (rows: readonly Row[]): Portfolio => ({
  coldkey: ME,
  block: 1,
  free: rao(5n),
  positions: rows.map((row, index) => ({
    netuid: netuid(index),
    hotkey: HOT,
    alpha: alpha(row.alpha),
    available: alpha(row.alpha),
    price: row.spot === undefined ? undefined : raoPerAlpha(2_000_000_000n),
    valueAtSpot: row.spot === undefined ? undefined : rao(row.spot),
    ifSold: row.sold === undefined ? undefined : rao(row.sold),
    registered: true,
  })),
})
const holdingsOf = (rows: readonly Row[]): readonly Holding[] =>
  rows.map((row, index) => ({
    account: ME,
    netuid: netuid(index),
    hotkey: HOT,
    alpha: row.booked,
    unknownAlpha: row.unknown,
    knownCost: row.cost,
    realised: row.realised,
    unknownDisposed: 0n,
  }))
const beside = (rows: readonly Row[]) => ({
  holdings: holdingsOf(rows),
  epochsOf: () => [],
  alphaOutside: new Map([[0, 1_000n]]),
})
const whole: Row = { alpha: 10n, spot: 20n, sold: 19n, booked: 10n, unknown: 0n, cost: 12n, realised: -3n }

describe('positions with their books', () => {
  test('gain is the value of what is booked less its cost; share is of all alpha outside the pool', () => {
    const { positions } = bookPositions(portfolioOf([whole]), beside([whole]))
    expect(positions[0]).toMatchObject({ shareOfPoolPpm: 10_000, book: { cost: 12n, unrealised: 8n, notBooked: 0n } })
  })

  test.each([
    ['a part of unknown cost', { unknown: 1n }],
    ['books that hold more than the chain', { booked: 11n }],
    ['no books at all', { booked: 0n, cost: 0n }],
  ] as const)('%s makes cost and gain unknown, never 0, and the totals with them', (_, over) => {
    const rows = [whole, { ...whole, ...over }]
    const { positions, totals } = bookPositions(portfolioOf(rows), beside(rows))
    expect(positions[1]?.book).toMatchObject({ cost: undefined, unrealised: undefined })
    expect(totals).toMatchObject({ cost: undefined, unrealised: undefined, realised: -6n })
  })

  test('what came since the last epoch is told apart and changes no gain', () => {
    const rows = [{ ...whole, alpha: 13n, spot: 26n }]
    const { positions } = bookPositions(portfolioOf(rows), beside(rows))
    expect(positions[0]?.book).toMatchObject({ notBooked: 3n, cost: 12n, unrealised: 8n })
  })

  test('totals are the sums of the rows, to the rao', () => {
    const amount = fc.bigInt({ min: 0n, max: 1n << 50n })
    const row: fc.Arbitrary<Row> = fc.record({
      alpha: amount,
      spot: fc.option(amount, { nil: undefined, freq: 9 }),
      sold: fc.option(amount, { nil: undefined, freq: 9 }),
      booked: amount,
      unknown: fc.constantFrom(0n, 0n, 0n, 1n),
      cost: amount,
      realised: fc.bigInt({ min: -(1n << 50n), max: 1n << 50n }),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const { positions, totals } = bookPositions(portfolioOf(rows), beside(rows))
        const sum = (parts: readonly (bigint | undefined)[]) =>
          parts.includes(undefined) ? undefined : parts.reduce<bigint>((total, part) => total + (part ?? 0n), 0n)
        expect(totals).toEqual({
          valueAtSpot: sum(positions.map((p) => p.valueAtSpot)),
          ifSold: sum(positions.map((p) => p.ifSold)),
          cost: sum(positions.map((p) => p.book.cost)),
          knownCost: sum(positions.map((p) => p.book.knownCost)),
          realised: sum(positions.map((p) => p.book.realised)),
          unrealised: sum(positions.map((p) => p.book.unrealised)),
        })
      }),
    )
  })
})

describe('yield', () => {
  const epoch = (index: number, atMs: number, earned: bigint): EpochRow => ({
    genesis: '0x',
    coldkey: ME,
    hotkey: HOT,
    netuid: netuid(1),
    epochBlock: index,
    stakeBefore: alpha(1_000_000n),
    stakeAfter: alpha(1_000_000n),
    flows: 0n,
    earned,
    source: 'staked',
    epochs: 1,
    atMs,
  })

  test('is alpha earned by stake and time, for a year', () => {
    // 0.1 % in a day makes 36.5 % a year; the first epoch only starts the clock.
    const rows = [epoch(3, DAY, 600n), epoch(1, 0, 999_999n), epoch(2, DAY / 2, 400n)]
    expect(yieldOf(rows)).toEqual({ yearlyPpm: 365_000, measuredMs: DAY })
  })

  test('less than a day of epochs says nothing about a year', () => {
    expect(yieldOf([epoch(1, 0, 5n), epoch(2, DAY - 1, 5n)])).toBeUndefined()
    expect(yieldOf([])).toBeUndefined()
  })

  test('a gap counts neither as time nor as earnings, and what was mined is no yield', () => {
    const rows = [epoch(1, 0, 0n), epoch(2, DAY, 1_000n)]
    const late = { ...epoch(900, 30 * DAY, 5_000n), stakeBefore: alpha(2_000_000n) }
    const mined = { ...epoch(901, 31 * DAY, 70_000n), source: 'mined' as const }
    expect(yieldOf([...rows, late, mined])).toEqual(yieldOf(rows))
    expect(yieldOf(rows)).toEqual({ yearlyPpm: 365_000, measuredMs: DAY })
  })

  test('epochs that were looked up in one moment all count', () => {
    expect(yieldOf([epoch(1, 0, 0n), epoch(2, DAY, 600n), epoch(3, DAY, 400n)])).toEqual({
      yearlyPpm: 365_000,
      measuredMs: DAY,
    })
  })
})
