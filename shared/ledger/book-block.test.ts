import { describe, expect, test } from 'vitest'
import { netuid, ss58 } from '../units/amounts.ts'
import { bookBlock } from './book-block.ts'
import type { LedgerFact } from './facts.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const OTHER = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const POOL = ss58('5EPCUjPxiHAcNooYipQFWr9NmmXJKpNG5RhcntXwbtUySrgH')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const WARM = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')

type Loose = Record<string, unknown> & { what: LedgerFact['what'] }
/** Facts of one extrinsic, in the order in which they happened. */
const facts = (...list: readonly Loose[]) =>
  list.map((fact, index) => ({ extrinsic: 2, ...fact, index: index + 5 })) as unknown as LedgerFact[]
const booked = (list: readonly LedgerFact[], accounts = [ME]) =>
  bookBlock(
    list,
    { accounts: new Set(accounts), holdersOf: (hotkey) => (hotkey === HOT ? [ME] : []) },
    {
      block: 9,
      atMs: 1,
    },
  )
const stake = (what: 'stake-added' | 'stake-removed', over: object): Loose => ({
  what,
  coldkey: ME,
  hotkey: HOT,
  netuid: netuid(3),
  tao: 100n,
  alpha: 50n,
  fee: 0n,
  ...over,
})
const pay = (from: string, to: string, tao: bigint, system = true): Loose => ({
  what: 'transfer',
  from,
  to,
  tao,
  system,
})
const out = (tao: bigint): Loose => ({ what: 'balance', who: ME, tao: -tao })
const fee = (tao: bigint): readonly Loose[] => [out(tao), { what: 'fee', who: ME, tao }]
const moved = (over: object): Loose => ({
  what: 'stake-moved',
  coldkey: ME,
  toColdkey: ME,
  netuid: netuid(3),
  toNetuid: netuid(3),
  tao: 100n,
  ...over,
})
const sums = (list: ReturnType<typeof booked>) => list.map(({ kind, tao, alpha }) => [kind, tao, alpha])

describe('booking a block', () => {
  test('what a removed subnet paid is told with its number; a sale in the same call is a sale', () => {
    const gone = { what: 'subnet-removed' as const, netuid: netuid(3) }
    const paid = { ...pay(POOL, ME, 90n), pool: netuid(3) }
    const other = { ...pay(POOL, ME, 11n), pool: netuid(4) }
    expect(booked(facts(paid, other, { ...pay(POOL, OTHER, 5n), pool: netuid(3) }, gone))).toMatchObject([
      { kind: 'other-in', tao: 11n },
      { kind: 'subnet-end', tao: 90n, alpha: 0n, netuid: 3, account: ME },
    ])
    const sold = stake('stake-removed', { tao: 40n })
    expect(sums(booked(facts({ ...paid, tao: 40n }, sold, paid, gone)))).toEqual([
      ['sell', 40n, -50n],
      ['subnet-end', 90n, 0n],
    ])
  })

  test('a purchase costs its gross, whether the swap fee is withdrawn or paid to the author', () => {
    const withdrawn = booked(facts(pay(ME, POOL, 95n), out(5n), stake('stake-added', { fee: 5n }), ...fee(7n)))
    const author = booked(
      facts(pay(ME, POOL, 95n), pay(ME, OTHER, 5n, false), stake('stake-added', { fee: 5n }), ...fee(7n)),
    )
    for (const entries of [withdrawn, author])
      expect(sums(entries)).toEqual([
        ['buy', -100n, 50n],
        ['fee', -7n, 0n],
      ])
    expect(withdrawn[0]).toMatchObject({ feeTao: 5n, extrinsic: 2, netuid: 3, hotkey: HOT })
  })

  test('a sale takes its alpha with the fee, which is alpha', () => {
    const entries = booked(facts(...fee(7n), stake('stake-removed', { fee: 2n }), pay(POOL, ME, 100n)))
    expect(sums(entries)).toEqual([
      ['fee', -7n, 0n],
      ['sell', 100n, -52n],
    ])
  })

  test('a move within a subnet is no sale', () => {
    const entries = booked(
      facts(stake('stake-removed', {}), stake('stake-added', { hotkey: WARM }), moved({}), ...fee(7n)),
    )
    expect(sums(entries)).toEqual([
      ['move', 0n, 50n],
      ['fee', -7n, 0n],
    ])
    expect(entries[0]).toMatchObject({ hotkey: HOT, toHotkey: WARM })
  })

  test('a swap to another subnet is a sale and a purchase, and free TAO stays', () => {
    const there = { netuid: netuid(4), alpha: 20n, fee: 1n }
    const entries = booked(
      facts(stake('stake-removed', { fee: 2n }), stake('stake-added', there), moved({ toNetuid: netuid(4) })),
    )
    expect(sums(entries)).toEqual([
      ['sell', 100n, -52n],
      ['buy', -100n, 20n],
    ])
  })

  test('stake given within a subnet leaves here and arrives there', () => {
    const list = facts(
      stake('stake-removed', {}),
      stake('stake-added', { coldkey: OTHER }),
      moved({ toColdkey: OTHER }),
    )
    expect(booked(list)).toMatchObject([{ kind: 'stake-out', alpha: -50n, other: OTHER, worth: 100n }])
    expect(booked(list, [OTHER])).toMatchObject([{ kind: 'stake-in', alpha: 50n, other: ME, worth: 100n }])
    expect(booked(list, [ME, OTHER])).toHaveLength(2)
  })

  test('stake given across subnets is sold, the TAO given, and bought by the receiver', () => {
    const there = { coldkey: OTHER, netuid: netuid(4), alpha: 20n }
    const given = moved({ toColdkey: OTHER, toNetuid: netuid(4) })
    const list = facts(stake('stake-removed', {}), stake('stake-added', there), given)
    expect(sums(booked(list))).toEqual([
      ['sell', 100n, -50n],
      ['transfer-out', -100n, 0n],
    ])
    expect(sums(booked(list, [OTHER]))).toEqual([
      ['buy', -100n, 20n],
      ['transfer-in', 100n, 0n],
    ])
    // Too little for a purchase: the chain leaves it out, and the receiver has free TAO.
    const trapped = facts(stake('stake-removed', {}), pay(POOL, OTHER, 100n), given)
    expect(sums(booked(trapped, [OTHER]))).toEqual([['transfer-in', 100n, 0n]])
  })

  test('a fee in alpha is one disposal, not also a sale, and no fee in TAO', () => {
    const sold = stake('stake-removed', { tao: 7n, alpha: 4n })
    const paid: Loose = { what: 'alpha-fee', who: ME, netuid: netuid(3), alpha: 4n, tao: 7n }
    const entries = booked(
      facts(sold, stake('stake-removed', {}), pay(POOL, ME, 100n), paid, { what: 'fee', who: ME, tao: 7n }),
    )
    expect(sums(entries)).toEqual([
      ['sell', 100n, -50n],
      ['fee-alpha', 0n, -4n],
    ])
    expect(entries[1]).toMatchObject({ hotkey: HOT, worth: 7n })
  })

  test('what an extrinsic took beyond its lines is a registration, or named as unexplained', () => {
    const registered: Loose = { what: 'registered', netuid: netuid(2), hotkey: WARM }
    expect(booked(facts(...fee(7n), out(900n), registered))).toMatchObject([
      { kind: 'fee', tao: -7n },
      { kind: 'registration', tao: -900n, netuid: 2, hotkey: WARM },
    ])
    expect(sums(booked(facts(out(3n))))).toEqual([['other-out', -3n, 0n]])
    expect(sums(booked(facts({ what: 'balance', who: ME, tao: 4n })))).toEqual([['other-in', 4n, 0n]])
  })

  test('a fee taken in advance and given back in part is what was paid', () => {
    const entries = booked(facts(out(10n), { what: 'balance', who: ME, tao: 3n }, { what: 'fee', who: ME, tao: 7n }))
    expect(sums(entries)).toEqual([['fee', -7n, 0n]])
  })

  test('purchase and burn in one call are both booked', () => {
    const burned: Loose = { what: 'burned', coldkey: ME, hotkey: HOT, netuid: netuid(3), alpha: 50n }
    expect(sums(booked(facts(pay(ME, POOL, 100n), stake('stake-added', {}), burned)))).toEqual([
      ['buy', -100n, 50n],
      ['burn', 0n, -50n],
    ])
  })

  test('a swapped hotkey concerns those who have stake behind it', () => {
    const swapped: Loose = { what: 'hotkey-swapped', coldkey: OTHER, hotkey: HOT, toHotkey: WARM }
    expect(booked(facts(swapped))).toMatchObject([{ kind: 'hotkey-swap', account: ME, hotkey: HOT, toHotkey: WARM }])
    expect(booked(facts({ ...swapped, hotkey: WARM, toHotkey: HOT }))).toEqual([])
  })

  test('what others do is not booked', () => {
    const theirs = facts(stake('stake-added', { coldkey: OTHER }), pay(OTHER, POOL, 100n), pay(OTHER, POOL, 5n, false))
    expect(booked(theirs)).toEqual([])
  })
})
