import { describe, expect, test } from 'vitest'
import { type Alpha, alpha, type Netuid, netuid, rao, raoPerAlpha, ss58, valueAtPrice } from '../units/amounts.ts'
import { chooseExit } from './choose-exit.ts'
import { heldBefore } from './held-before.ts'
import { rebalance, type Target, WHOLE_PPM } from './rebalance.ts'
import type { Holdings, StakeMove } from './stake-move.ts'

const HOTKEYS = [
  ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'),
  ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
] as const
const [ALICE] = HOTKEYS
const TAO = 1_000_000_000n
const MIN = 2_000_000n

type Row = readonly [netuid: number, alpha: bigint, hotkey?: 0 | 1]
function holdingsOf(
  rows: readonly Row[],
  prices: Readonly<Record<number, bigint>>,
  more: Partial<Holdings> = {},
): Holdings {
  return {
    coldkey: ALICE,
    block: 1,
    free: rao(0n),
    minStake: rao(MIN),
    positions: rows.map(([id, held, hotkey = 0]) => ({
      netuid: netuid(id),
      hotkey: HOTKEYS[hotkey],
      alpha: alpha(held),
      registered: true,
    })),
    available: undefined,
    prices: new Map(Object.entries(prices).map(([id, price]) => [netuid(Number(id)), raoPerAlpha(price)])),
    ...more,
  }
}
const target = (id: number, ppm: number): Target => ({ netuid: netuid(id), hotkey: ALICE, ppm })
const ask = (targets: readonly Target[], freeCounted = 0n) => ({
  targets,
  freeCounted: rao(freeCounted),
  tolerancePpm: 5_000,
})
const must = (...[request, holdings]: Parameters<typeof rebalance>) => {
  const made = rebalance(request, holdings)
  if (!made.ok) throw new Error(made.error.code)
  return made.value
}

describe('refusals', () => {
  const two = holdingsOf([[1, 10n * TAO]], { 1: TAO, 2: TAO })
  test.each([
    ['contract/bad-input', ask([target(1, 600_000), target(2, 500_000)]), two],
    ['contract/bad-input', ask([target(1, 1), target(1, 1)]), two],
    ['contract/bad-input', ask([target(1, WHOLE_PPM)], 1n), two],
    ['stake/price-unknown', ask([target(3, WHOLE_PPM)]), two],
    ['stake/price-unknown', ask([target(1, WHOLE_PPM)]), holdingsOf([[1, TAO]], {})],
    ['stake/nothing-to-do', ask([target(1, WHOLE_PPM)]), two],
    ['stake/nothing-to-do', ask([target(1, 999_900)]), holdingsOf([[1, 10n * TAO]], { 1: TAO })],
  ] as const)('%s', (code, request, holdings) => {
    expect(rebalance(request, holdings)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('moves', () => {
  test('from one to two: two swaps, or one sale and two purchases', () => {
    const holdings = holdingsOf([[1, 100n * TAO]], { 1: TAO, 2: 2n * TAO, 3: TAO / 2n })
    const { swaps, throughTao } = must(ask([target(1, 500_000), target(2, 300_000), target(3, 200_000)]), holdings)
    expect(swaps).toMatchObject([
      { kind: 'swap', fromNetuid: 1, toNetuid: 2, amount: 30n * TAO },
      { kind: 'swap', fromNetuid: 1, toNetuid: 3, amount: 20n * TAO },
    ])
    expect(throughTao.map(({ kind }) => kind)).toEqual(['remove', 'add', 'add'])
  })
  test('a subnet that is not named is left as a whole', () => {
    const holdings = holdingsOf(
      [
        [1, 4n * TAO],
        [2, 4n * TAO],
      ],
      { 1: TAO, 2: TAO },
    )
    expect(must(ask([target(1, 500_000)]), holdings).throughTao).toMatchObject([{ kind: 'remove-all', netuid: 2 }])
  })
  test('free TAO that takes part is invested', () => {
    const holdings = holdingsOf([], { 1: TAO }, { free: rao(10n * TAO) })
    expect(must(ask([target(1, WHOLE_PPM)], 10n * TAO), holdings).swaps).toMatchObject([
      { kind: 'add', amount: 10n * TAO },
    ])
  })
})

function dice(seed: number) {
  let state = BigInt(seed)
  return (below: bigint): bigint => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & ((1n << 64n) - 1n)
    return (state >> 11n) % below
  }
}

const CASES = Array.from({ length: 400 }, (_, seed) => {
  const roll = dice(seed + 1)
  const count = Number(roll(6n)) + 1
  const prices = Object.fromEntries(Array.from({ length: 8 }, (_unused, id) => [id + 1, roll(3n * TAO) + 10_000_000n]))
  const rows = Array.from(
    { length: count },
    (): Row => [Number(roll(8n)) + 1, roll(1_000n * TAO), roll(2n) === 0n ? 0 : 1],
  )
  const unique = [...new Map(rows.map((row) => [`${row[0]}/${row[2]}`, row])).values()]
  const locked = roll(3n) === 0n
  const available = locked
    ? new Map<Netuid, Alpha>(Array.from({ length: 8 }, (_unused, id) => [netuid(id + 1), alpha(roll(500n * TAO))]))
    : undefined
  const free = roll(100n * TAO)
  const holdings = holdingsOf(unique, prices, { available, free: rao(free) })
  let left = BigInt(WHOLE_PPM)
  const targets = Array.from({ length: Number(roll(5n)) }, (_unused, id) => {
    const ppm = roll(left + 1n)
    left -= ppm
    return target(id + 1, Number(ppm))
  })
  return { holdings, request: ask(targets, roll(free + 1n)), roll }
})

/** Value that leaves and arrives by moves, at spot, rao. */
function flows(moves: readonly StakeMove[], holdings: Holdings) {
  const out = new Map<Netuid, bigint>()
  const before = heldBefore(moves, holdings)
  let tao = 0n
  for (const [index, move] of moves.entries()) {
    if (move.kind === 'add') {
      tao -= move.amount
      continue
    }
    if (move.kind === 'transfer') throw new Error(move.kind)
    // Nothing leaves its subnet by it.
    if (move.kind === 'move') continue
    const from = move.kind === 'swap' ? move.fromNetuid : move.netuid
    const amount = move.kind === 'remove-all' ? (before[index] ?? alpha(0n)) : move.amount
    out.set(from, (out.get(from) ?? 0n) + amount)
    if (move.kind !== 'swap') tao += valueAtPrice(amount, holdings.prices.get(from) ?? raoPerAlpha(0n))
  }
  return { out, tao }
}

describe('for any portfolio and any shares', () => {
  const planned = CASES.flatMap(({ holdings, request }) => {
    const made = rebalance(request, holdings)
    return made.ok ? [{ holdings, request, ...made.value }] : []
  })
  test('most can be planned', () => expect(planned.length).toBeGreaterThan(200))

  test('never more leaves a subnet or a position than is there and free', () => {
    for (const { holdings, swaps, throughTao } of planned)
      for (const moves of [swaps, throughTao]) {
        for (const [id, amount] of flows(moves, holdings).out) {
          const held = holdings.positions.filter((row) => row.netuid === id).reduce((sum, row) => sum + row.alpha, 0n)
          const free = holdings.available?.get(id) ?? (holdings.available ? 0n : held)
          expect(amount).toBeLessThanOrEqual(free < held ? free : held)
        }
      }
  })

  test('purchases are paid by the TAO that takes part and by what the sales bring', () => {
    for (const { holdings, request, swaps, throughTao } of planned)
      for (const moves of [swaps, throughTao])
        expect(flows(moves, holdings).tao + request.freeCounted).toBeGreaterThanOrEqual(0n)
  })

  test('no trade is below the minimum, and both ends of a swap differ', () => {
    for (const { holdings, swaps, throughTao } of planned)
      for (const move of [...swaps, ...throughTao]) {
        if (move.kind === 'add') expect(move.amount).toBeGreaterThanOrEqual(2n * MIN)
        if (move.kind === 'swap') {
          expect(move.fromNetuid).not.toBe(move.toNetuid)
          const price = holdings.prices.get(move.fromNetuid) ?? raoPerAlpha(0n)
          expect(valueAtPrice(move.amount, price) + 2n).toBeGreaterThanOrEqual(2n * MIN)
        }
      }
  })

  test('never more value is moved than the naive way, which sells everything and buys it anew', () => {
    for (const { holdings, swaps, throughTao } of planned) {
      const whole = holdings.positions.reduce(
        (sum, row) => sum + valueAtPrice(row.alpha, holdings.prices.get(row.netuid) ?? raoPerAlpha(0n)),
        0n,
      )
      for (const moves of [swaps, throughTao]) {
        let moved = 0n
        for (const [id, amount] of flows(moves, holdings).out)
          moved += valueAtPrice(alpha(amount), holdings.prices.get(id) ?? raoPerAlpha(0n))
        // Each division may round once.
        expect(moved).toBeLessThanOrEqual(whole + BigInt(moves.length))
      }
      // At most one trade less than there are sources and sinks: each ends one of them.
      const trades = swaps.filter(({ kind }) => kind !== 'move')
      expect(trades.length).toBeLessThanOrEqual(holdings.positions.length + 8)
    }
  })

  test('what comes to a subnet is with the validator that was asked for, and a swap behind a move takes no more than arrives', () => {
    let moved = 0
    for (const { request, swaps } of planned)
      for (const [index, move] of swaps.entries()) {
        if (move.kind !== 'swap') continue
        expect(move.hotkey).toBe(request.targets.find(({ netuid: id }) => id === move.toNetuid)?.hotkey)
        const before = swaps[index - 1]
        if (before?.kind !== 'move') continue
        moved += 1
        expect(before).toMatchObject({ toHotkey: move.hotkey, netuid: move.fromNetuid })
        expect(before.fromHotkey).not.toBe(before.toHotkey)
        expect(before.amount - move.amount).toBe(2n)
      }
    expect(moved).toBeGreaterThan(20)
  })

  test('without locks, swaps end at the wanted shares, but for what is too small to trade', () => {
    for (const { holdings, request, swaps } of planned) {
      if (
        holdings.available ||
        request.freeCounted > 0n ||
        swaps.some(({ kind }) => kind !== 'swap' && kind !== 'move')
      )
        continue
      const shares = request.targets.reduce((sum, { ppm }) => sum + ppm, 0)
      if (shares < WHOLE_PPM) continue
      const value = new Map<number, bigint>()
      let total = 0n
      const priceOf = (id: Netuid) => holdings.prices.get(id) ?? raoPerAlpha(0n)
      for (const row of holdings.positions) {
        const worth = valueAtPrice(row.alpha, priceOf(row.netuid))
        value.set(row.netuid, (value.get(row.netuid) ?? 0n) + worth)
        total += worth
      }
      for (const move of swaps) {
        if (move.kind !== 'swap') continue
        const worth = valueAtPrice(move.amount, priceOf(move.fromNetuid))
        value.set(move.fromNetuid, (value.get(move.fromNetuid) ?? 0n) - worth)
        value.set(move.toNetuid, (value.get(move.toNetuid) ?? 0n) + worth)
      }
      const least = 2n * MIN * BigInt(request.targets.length + holdings.positions.length)
      for (const { netuid: id, ppm } of request.targets) {
        const gap = (value.get(id) ?? 0n) - (total * BigInt(ppm)) / BigInt(WHOLE_PPM)
        expect(gap < 0n ? -gap : gap).toBeLessThanOrEqual(least)
      }
    }
  })
})

describe('leaving', () => {
  test('everything is either moved or named as left, and never more than is free on a subnet', () => {
    for (const { holdings, roll } of CASES) {
      const below = roll(2n) === 0n ? undefined : rao(roll(100n * TAO))
      const { moves, skipped } = chooseExit(holdings, below)
      expect(moves.length + skipped.length).toBe(holdings.positions.length)
      for (const [id, amount] of flows(moves, holdings).out) {
        const free = holdings.available?.get(id)
        if (holdings.available) expect(amount).toBeLessThanOrEqual(free ?? 0n)
      }
    }
  })
})
