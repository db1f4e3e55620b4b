import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { netuid, ss58 } from '../units/amounts.ts'
import { eventSlot, type LedgerEntry } from './entry.ts'
import { type Disposal, LotBook } from './lot-book.ts'
import { LOT_METHODS, type LotMethod } from './lots.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const MINE_TOO = ss58('5CfCr47VKqpWFVsEjnEHJRgFYhbVBbxDXPMQmNRLWH8FcXcA')
const STRANGER = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const WARM = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const own = new Set([ME, MINE_TOO])

let block = 0
const line = (over: Partial<LedgerEntry> & Pick<LedgerEntry, 'kind'>): LedgerEntry => {
  block += 1
  const at = { block, slot: eventSlot(0), atMs: block * 12_000 }
  return { account: ME, netuid: netuid(3), hotkey: HOT, tao: 0n, alpha: 0n, ...at, ...over }
}
const buy = (alpha: bigint, tao: bigint) => line({ kind: 'buy', alpha, tao: -tao })
const sell = (alpha: bigint, tao: bigint) => line({ kind: 'sell', alpha: -alpha, tao })

function booked(method: LotMethod, entries: readonly LedgerEntry[]) {
  const disposals: Disposal[] = []
  const book = new LotBook(method, own, (disposal) => disposals.push(disposal))
  for (const entry of entries) book.apply(entry)
  return { book, disposals, holdings: book.holdings().filter(({ alpha }) => alpha > 0n) }
}

describe('which lot a sale takes', () => {
  const trades = [buy(100n, 100n), buy(100n, 300n), buy(100n, 200n), sell(150n, 450n)]
  test.each([
    ['fifo', 100n + 150n, 450n - 250n],
    ['hifo', 300n + 100n, 450n - 400n],
    ['average', 300n, 450n - 300n],
  ] as const)('%s: cost %s, gain %s', (method, cost, gain) => {
    const { disposals, holdings } = booked(method, trades)
    expect(disposals.reduce((sum, { lot }) => sum + (lot.cost ?? 0n), 0n)).toBe(cost)
    expect(holdings).toMatchObject([{ alpha: 150n, knownCost: 600n - cost, realised: gain }])
  })

  test('the dearest first leaves unknown costs for last', () => {
    const { disposals } = booked('hifo', [line({ kind: 'opening', alpha: 10n }), buy(10n, 1n), sell(12n, 24n)])
    expect(disposals.map(({ lot }) => lot.cost)).toEqual([1n, undefined])
  })
})

describe('a subnet that ends', () => {
  const end = (tao: bigint) => line({ kind: 'subnet-end', tao, hotkey: undefined })
  const gone = (of: LedgerEntry, alpha: bigint, hotkey = HOT) =>
    line({ kind: 'shrink', alpha: -alpha, hotkey, block: of.block, slot: of.slot + 1 })

  test('is a disposal of all that was held there, each position for its part, and what is missing then is told once', () => {
    const ended = end(100n)
    const { disposals, holdings } = booked('fifo', [
      buy(30n, 60n),
      line({ kind: 'buy', hotkey: WARM, alpha: 10n, tao: -1n }),
      line({ kind: 'buy', netuid: netuid(4), alpha: 7n, tao: -7n }),
      ended,
      gone(ended, 30n),
      gone(ended, 10n, WARM),
    ])
    expect(disposals.map(({ kind, proceeds, gain }) => [kind, proceeds, gain])).toEqual([
      ['ended', 75n, 15n],
      ['ended', 25n, 24n],
    ])
    expect(holdings).toMatchObject([{ netuid: 4, alpha: 7n }])
  })

  test('has nothing to do with what is bought under its number later', () => {
    const ended = end(100n)
    const later = line({ kind: 'shrink', alpha: -2n })
    const { disposals, holdings } = booked('fifo', [buy(30n, 60n), ended, gone(ended, 30n), buy(5n, 9n), later])
    expect(disposals.map(({ kind }) => kind)).toEqual(['ended', 'lost'])
    expect(holdings).toMatchObject([{ alpha: 3n, unknownAlpha: 0n }])
  })

  test('is remembered by a book that was forked in between', () => {
    const ended = end(100n)
    const { book } = booked('fifo', [buy(30n, 60n), ended])
    const fork = book.fork()
    fork.apply(gone(ended, 30n))
    expect(fork.holdings()).toMatchObject([{ alpha: 0n, realised: 40n, unknownDisposed: 0n }])
  })
})

describe('what is unknown', () => {
  test('alpha from before recording has no cost, so its sale has no gain; that of the rest is known', () => {
    const { disposals, holdings } = booked('fifo', [
      line({ kind: 'opening', alpha: 10n }),
      buy(10n, 20n),
      sell(15n, 30n),
    ])
    expect(disposals).toMatchObject([
      { lot: { alpha: 10n, cost: undefined, origin: 'before' }, proceeds: 20n, gain: undefined },
      { lot: { alpha: 5n, cost: 10n }, proceeds: 10n, gain: 0n },
    ])
    expect(holdings).toMatchObject([{ alpha: 5n, unknownAlpha: 0n, realised: 0n, unknownDisposed: 10n }])
  })

  test('a reward without a price is income of unknown worth, not of none', () => {
    const { holdings } = booked('fifo', [
      line({ kind: 'reward', alpha: 7n }),
      line({ kind: 'reward', alpha: 3n, worth: 9n }),
    ])
    expect(holdings).toMatchObject([{ alpha: 10n, unknownAlpha: 7n, knownCost: 9n }])
  })

  test('more sold than seen: the rest came unrecorded', () => {
    const { disposals } = booked('fifo', [buy(5n, 5n), sell(8n, 80n)])
    expect(disposals.map(({ lot }) => [lot.alpha, lot.origin, lot.cost])).toEqual([
      [5n, 'bought', 5n],
      [3n, 'unrecorded', undefined],
    ])
  })

  test('a later snapshot books only what is beyond the lots, and what is missing as lost', () => {
    const more = booked('fifo', [buy(5n, 5n), line({ kind: 'opening', alpha: 9n })])
    expect(more.holdings).toMatchObject([{ alpha: 9n, unknownAlpha: 4n, knownCost: 5n }])
    const less = booked('fifo', [buy(5n, 5n), line({ kind: 'opening', alpha: 2n })])
    expect(less.disposals).toMatchObject([{ kind: 'lost', lot: { alpha: 3n, cost: 3n }, gain: undefined }])
  })
})

describe('what is no sale', () => {
  test('a move within a subnet carries cost and date', () => {
    const first = buy(10n, 50n)
    const { book, disposals } = booked('fifo', [first, line({ kind: 'move', alpha: 4n, toHotkey: WARM })])
    expect(disposals).toEqual([])
    expect([...book.open()].map(({ hotkey, lot }) => [hotkey, lot.alpha, lot.cost, lot.atMs])).toEqual([
      [HOT, 6n, 30n, first.atMs],
      [WARM, 4n, 20n, first.atMs],
    ])
  })

  test('stake given to an own account carries over, to a stranger it leaves without a gain', () => {
    const give = (other: typeof ME) => [
      line({ kind: 'stake-out', alpha: -4n, toHotkey: HOT, other, worth: 40n }),
      line({ kind: 'stake-in', account: other, alpha: 4n, other: ME, worth: 40n }),
    ]
    const mine = booked('fifo', [buy(10n, 50n), ...give(MINE_TOO)])
    expect(mine.disposals).toEqual([])
    expect(mine.holdings).toMatchObject([
      { account: ME, alpha: 6n, knownCost: 30n },
      { account: MINE_TOO, alpha: 4n, knownCost: 20n },
    ])
    const theirs = booked('fifo', [buy(10n, 50n), ...give(STRANGER).slice(0, 1)])
    expect(theirs.disposals).toMatchObject([{ kind: 'given', lot: { alpha: 4n, cost: 20n }, gain: undefined }])
  })

  test('stake from a stranger has no cost that is known', () => {
    const { holdings } = booked('fifo', [line({ kind: 'stake-in', alpha: 4n, other: STRANGER, worth: 40n })])
    expect(holdings).toMatchObject([{ alpha: 4n, unknownAlpha: 4n, knownCost: 0n }])
  })

  test('a swapped hotkey takes all its positions along, or those of one subnet', () => {
    const other = { ...buy(6n, 6n), netuid: netuid(4) }
    const all = booked('fifo', [buy(5n, 5n), other, line({ kind: 'hotkey-swap', toHotkey: WARM, ...noNetuid })])
    expect(all.holdings.map(({ netuid, hotkey, knownCost }) => [netuid, hotkey, knownCost])).toEqual([
      [3, WARM, 5n],
      [4, WARM, 6n],
    ])
    const one = booked('fifo', [buy(5n, 5n), other, line({ kind: 'hotkey-swap', toHotkey: WARM, netuid: netuid(4) })])
    expect(one.holdings.map(({ netuid, hotkey }) => [netuid, hotkey])).toEqual([
      [3, HOT],
      [4, WARM],
    ])
  })

  test('an own coldkey that was swapped hands everything on', () => {
    const { holdings } = booked('fifo', [buy(5n, 5n), line({ kind: 'coldkey-swap', other: MINE_TOO })])
    expect(holdings).toMatchObject([{ account: MINE_TOO, alpha: 5n, knownCost: 5n }])
  })
})
const noNetuid = { netuid: undefined }

const amount = fc.bigInt({ min: 1n, max: 1n << 62n })
const anyLine: fc.Arbitrary<LedgerEntry> = fc.oneof(
  fc.tuple(amount, amount).map(([alpha, tao]) => buy(alpha, tao)),
  fc.tuple(amount, amount).map(([alpha, tao]) => sell(alpha, tao)),
  fc
    .tuple(amount, fc.option(amount, { nil: undefined }))
    .map(([alpha, worth]) => line({ kind: 'reward', alpha, worth })),
  amount.map((alpha) => line({ kind: 'opening', alpha })),
  amount.map((alpha) => line({ kind: 'move', alpha, toHotkey: WARM })),
  amount.map((alpha) => line({ kind: 'move', hotkey: WARM, toHotkey: HOT, alpha })),
  amount.map((alpha) => line({ kind: 'burn', hotkey: WARM, alpha: -alpha })),
  fc.tuple(amount, amount).map(([alpha, worth]) => line({ kind: 'fee-alpha', alpha: -alpha, worth })),
  amount.map((alpha) => line({ kind: 'stake-out', alpha: -alpha, other: MINE_TOO, toHotkey: HOT })),
)

describe.each(LOT_METHODS)('%s keeps every unit', (method) => {
  test('alpha: what came and what came unseen is what left and what is there; cost: likewise, to the rao', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
        const entries = lines.map((entry, index) => ({ ...entry, block: index + 1 }))
        const { book, disposals } = booked(method, entries)
        const bought = entries.filter(({ kind }) => kind === 'buy' || kind === 'reward')
        const came = bought.reduce((sum, { alpha }) => sum + alpha, 0n)
        const cost = bought.reduce((sum, { kind, tao, worth }) => sum + (kind === 'buy' ? -tao : (worth ?? 0n)), 0n)
        const open = [...book.open()].map(({ lot }) => lot)
        const gone = disposals.map(({ lot }) => lot)
        const sum = (lots: typeof open, of: (lot: (typeof open)[number]) => bigint) =>
          lots.reduce((total, lot) => total + of(lot), 0n)
        const unseen = sum([...open, ...gone], ({ origin, alpha }) =>
          origin === 'before' || origin === 'unrecorded' ? alpha : 0n,
        )
        // A blend keeps the origin of its oldest part, so only the other methods can tell what came unseen.
        if (method !== 'average')
          expect(sum(open, ({ alpha }) => alpha) + sum(gone, ({ alpha }) => alpha)).toBe(came + unseen)
        expect(sum(open, ({ cost }) => cost ?? 0n) + sum(gone, ({ cost }) => cost ?? 0n)).toBe(cost)
        for (const { alpha } of [...open, ...gone]) expect(alpha > 0n).toBe(true)
        for (const held of book.holdings()) {
          const lots = [...book.open()].filter((lot) => lot.hotkey === held.hotkey && lot.account === held.account)
          expect(held.alpha).toBe(
            sum(
              lots.map(({ lot }) => lot),
              ({ alpha }) => alpha,
            ),
          )
        }
      }),
    )
  })

  test('a disposal shares all its proceeds among its lots', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), amount, amount, (lines, alpha, tao) => {
        const last = sell(alpha, tao)
        const { disposals } = booked(method, [...lines.map((entry, block) => ({ ...entry, block })), last])
        const mine = disposals.filter(({ atMs }) => atMs === last.atMs)
        expect(mine.reduce((sum, { proceeds }) => sum + (proceeds ?? 0n), 0n)).toBe(tao)
        expect(mine.reduce((sum, { lot }) => sum + lot.alpha, 0n)).toBe(alpha)
      }),
    )
  })
})
