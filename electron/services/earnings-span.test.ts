import { expect, test } from 'vitest'
import { NOTHING_SEEN } from '../../shared/earnings/epoch-parts.ts'
import { redOf } from '../../shared/earnings/epoch-row.ts'
import { alpha, netuid, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import type { EpochSnapshot, StakeEvents, Upheaval } from '../chain/earnings.port.ts'
import type { PositionMark } from '../storage/storage.port.ts'
import { bookSpan, closeSpan, upheavalsIn, withBrought } from './earnings-span.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const OLD = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const NEW = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const TWO = netuid(2)
const account = { genesis: '0x01', coldkey: ALICE, hotkeys: [] }
const held = (hotkey: typeof OLD, amount: bigint) => ({ netuid: TWO, hotkey, alpha: alpha(amount) })
const mark = (block: number, flows = 0n): PositionMark => ({
  ...{ genesis: '0x01', coldkey: ALICE, ...held(OLD, 100n), block, flows, span: NOTHING_SEEN },
})
const events = (...upheavals: readonly Upheaval[]): StakeEvents => ({
  ...{ flows: [], moves: [], incentives: [], autoStaked: [], upheavals, claims: [], shifts: [], placesChanged: true },
})
/** An epoch in which nothing was paid. */
const quiet = (...stakes: EpochSnapshot['after']): EpochSnapshot => ({
  ...{ before: stakes, after: stakes, places: [], prices: new Map(), previous: new Map() },
})
const span = { ...account, timeOf: () => 1, via: 'events' as const }
const ended = [{ netuid: TWO, block: 40, tempo: 20 }]

/** Blocks 21 to 30, with the change, and blocks 31 to 41, with the epoch that shows it. */
function twoSpans(seen: StakeEvents, marks: readonly PositionMark[], after: EpochSnapshot) {
  const first = bookSpan({ ...span, from: 20, through: 30, marks, seen, ended: [], snapshots: new Map() })
  const snapshots = new Map([[40, after]])
  return bookSpan({ ...span, from: 30, through: 41, marks: first.marks, seen: events(), ended, snapshots })
}

test('the stake that a hotkey got from another one is named, also when the epoch comes later', () => {
  const swap = { block: 25, cause: 'hotkey-swap', hotkeys: [OLD, NEW] } as const
  const { rows, marks } = twoSpans(events(swap), [mark(20)], quiet(held(NEW, 100n)))
  expect(rows.map((row) => [row.hotkey, row.parts?.unexplained, row.parts?.cause, redOf(row)])).toEqual([
    [OLD, -100n, 'hotkey-swap', -100n],
    [NEW, 100n, 'hotkey-swap', 100n],
  ])
  expect(marks.map(({ hotkey, alpha: amount }) => [hotkey, amount])).toEqual([[NEW, 100n]])
})

/** Block 25, in which the hotkey became another one. */
function swapped(before: EpochSnapshot['before'], after: EpochSnapshot['after']) {
  const seen = events({ block: 25, cause: 'hotkey-swap', hotkeys: [OLD, NEW] })
  const marks = [mark(20)]
  const [snapshots, ended] = [new Map([[25, { ...quiet(), before, after }]]), upheavalsIn(seen, marks)]
  const booked = bookSpan({ ...span, from: 20, through: 30, marks, seen, ended, snapshots })
  return booked.rows.map((row) => [row.hotkey, row.epochBlock, row.epochs, redOf(row), row.parts?.cause])
}

test('a swap explains its own block, to the unit, and no other', () => {
  expect(swapped([held(OLD, 100n)], [held(NEW, 100n)])).toEqual([
    [OLD, 25, 0, -100n, 'hotkey-swap'],
    [NEW, 25, 0, 100n, 'hotkey-swap'],
  ])
  // What was missing before its block is not its doing, be it one unit of many; and then nothing proves the rest.
  expect(swapped([held(OLD, 99n)], [held(NEW, 99n)])).toEqual([
    [OLD, 25, 0, -100n, undefined],
    [NEW, 25, 0, 99n, undefined],
  ])
  // What one hotkey lost and the other did not get is explained by nothing.
  expect(swapped([held(OLD, 100n)], [held(NEW, 90n)])).toEqual([
    [OLD, 25, 0, -100n, undefined],
    [NEW, 25, 0, 90n, undefined],
  ])
})

test('an event that changed nothing but by own moves has no row, and explains nothing later', () => {
  const lock = { block: 25, cause: 'collateral', hotkeys: [OLD], netuid: TWO } as const
  const flow = { ...{ block: 25, netuid: TWO, hotkey: OLD }, ...{ alpha: 7n, feeAlpha: 0n, feeTao: 0n } }
  const seen = { ...events(lock), flows: [flow], moves: [flow] }
  const rowsOf = (stake: bigint) => {
    const at25 = { ...quiet(), before: [held(OLD, 100n)], after: [held(OLD, 107n)] }
    const at40 = quiet(held(OLD, stake))
    const snapshots = new Map([...[[25, at25] as const], ...[[40, at40] as const]])
    const both = [...upheavalsIn(seen, [mark(20)]), ...ended]
    return bookSpan({ ...span, from: 20, through: 41, marks: [mark(20)], seen, ended: both, snapshots }).rows
  }
  expect(rowsOf(107n).map((row) => [row.epochBlock, row.flows, redOf(row)])).toEqual([[40, 7n, 0n]])
  expect(rowsOf(300n).map((row) => [row.epochBlock, redOf(row), row.parts?.cause])).toEqual([[40, 193n, undefined]])
})

test('a removed subnet explains that all went, and nothing less', () => {
  const seen = events({ block: 25, cause: 'subnet-removed', netuid: TWO })
  const rowsOf = (after: EpochSnapshot['after']) => {
    const snapshots = new Map([
      [25, { ...quiet(), prices: new Map([[TWO, raoPerAlpha(5n)]]), before: [held(OLD, 100n)], after }],
    ])
    const ended = upheavalsIn(seen, [mark(20)])
    return bookSpan({ ...span, from: 20, through: 30, marks: [mark(20)], seen, ended, snapshots }).rows
  }
  expect(rowsOf([]).map((row) => [redOf(row), row.parts?.cause])).toEqual([[-100n, 'subnet-removed']])
  expect(rowsOf([held(OLD, 1n)]).map((row) => [redOf(row), row.parts?.cause])).toEqual([[-99n, undefined]])
  // Another subnet may have its number in the same block: that token's price is not this one's.
  expect(rowsOf([])[0]).not.toHaveProperty('price')
})

test('where nothing says that it got the stake, it is red', () => {
  const { rows } = twoSpans(events(), [], quiet(held(NEW, 100n)))
  expect(rows.map(redOf)).toEqual([100n])
})

test('what a swap of the coldkey brings is named', () => {
  const swap = { block: 25, cause: 'coldkey-swap' } as const
  const brought = withBrought(account, [], { from: 20, stakes: [held(NEW, 100n)] })
  const { rows } = twoSpans(events(swap), brought, quiet(held(NEW, 100n)))
  expect(rows.map((row) => [row.parts?.unexplained, row.parts?.cause])).toEqual([[100n, 'coldkey-swap']])
})

test('where counting stops, what was moved since the last epoch has a row, and what was not has none', () => {
  const at = { ...account, through: 50, atMs: 1, via: 'archive' as const }
  expect(closeSpan({ ...at, marks: [mark(40)], stakes: [held(OLD, 100n)] })).toEqual([])
  const [row, ...others] = closeSpan({ ...at, marks: [mark(40, 30n)], stakes: [held(OLD, 130n)] })
  expect(others).toEqual([])
  expect(row).toMatchObject({ epochBlock: 50, epochs: 0, flows: 30n, earned: 0n, via: 'archive' })
  expect(row?.parts).toMatchObject({ fromBlock: 40, unexplained: 0n })
  const [red] = closeSpan({ ...at, marks: [mark(40)], stakes: [held(OLD, 130n)] })
  expect(red && redOf(red)).toBe(30n)
})
