import { describe, expect, test } from 'vitest'
import { ALICE, BOB, must, ONE, plan, poolOf, priceOf, request, TWO } from '../../test/support/staking/pool-world.ts'
import { alpha, netuid, rao, raoPerAlpha, UNITS_PER_WHOLE, valueAtPrice } from '../units/amounts.ts'
import { limitedFromSpot } from './spot-limits.ts'
import type { StakeMove } from './stake-move.ts'

const ROOT = netuid(0)
const PRICES = new Map([
  [ROOT, raoPerAlpha(UNITS_PER_WHOLE)],
  [ONE, raoPerAlpha(priceOf(poolOf(ONE)))],
  [TWO, raoPerAlpha(priceOf(poolOf(TWO)))],
])
const at = { netuid: ONE, hotkey: ALICE }
const limitOf = (move: StakeMove, ppm = 20_000) => limitedFromSpot([move], PRICES, ppm)[0]

describe('a limit so far from the price of now', () => {
  test.each<[string, StakeMove, object]>([
    ['of a sale: below it', { kind: 'remove', ...at, amount: alpha(9n) }, { limitPrice: 49_000_000n }],
    ['of all of a position', { kind: 'remove-all', ...at }, { limitPrice: 49_000_000n }],
    ['of a purchase: above it', { kind: 'add', ...at, amount: rao(9n) }, { limitPrice: 51_000_000n }],
    [
      'of a swap: below the ratio of both',
      { kind: 'swap', hotkey: ALICE, fromNetuid: ONE, toNetuid: TWO, amount: alpha(9n) },
      { limitRatio: 163_333_333n },
    ],
  ])('%s', (_name, move, limit) => expect(limitOf(move)).toEqual({ ...move, ...limit }))

  test('one that was said for a trade stays', () => {
    const move = { kind: 'remove-all', ...at, limitPrice: raoPerAlpha(7n) } as const
    expect(limitOf(move)).toEqual(move)
  })
  test.each<[string, StakeMove]>([
    ['on root, where one is one', { kind: 'remove-all', netuid: ROOT, hotkey: ALICE }],
    ['where nothing is traded', { kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: BOB, amount: alpha(9n) }],
    ['without a price', { kind: 'remove-all', netuid: netuid(9), hotkey: ALICE }],
  ])('%s: none', (_name, move) => {
    expect(limitOf(move)).toEqual(move)
    expect(limitOf(move)).not.toHaveProperty('limitPrice', 0n)
  })
  test('at a price of 0 there is none, for at 0 nothing would be bounded', () => {
    const none = limitedFromSpot([{ kind: 'remove-all', ...at }], new Map([[ONE, raoPerAlpha(0n)]]), 20_000)
    expect(none).toEqual([{ kind: 'remove-all', ...at }])
  })
})

describe('where nothing is simulated', () => {
  const sales: readonly StakeMove[] = [
    { kind: 'remove-all', ...at },
    { kind: 'remove-all', netuid: TWO, hotkey: ALICE },
  ]
  const blind = { quotes: [{}, {}], feeRates: new Map([ONE, TWO].map((id) => [id, 33] as const)) }
  const exit = request(50_000, { purpose: 'exit' })

  test('without a limit nothing is planned; with one each move names its worst price, and that is in its call', () => {
    expect(plan(sales, { extra: blind }, exit)).toMatchObject({ ok: false, error: { code: 'stake/limit-needed' } })
    const made = must(limitedFromSpot(sales, PRICES, 20_000), { extra: blind }, exit)
    expect(made.intent).toMatchObject({
      kind: 'batch',
      mode: 'each',
      intents: [
        { kind: 'remove-stake-full', netuid: 1, limitPrice: 49_000_000n },
        { kind: 'remove-stake-full', netuid: 2, limitPrice: 294_000_000n },
      ],
    })
    // The swap fee is the chain's, rounded up, and off before the limit counts.
    const swapped = alpha(100_000_000_000n - 50_354_772n)
    expect(made.steps).toMatchObject([
      { expected: undefined, impactPpm: undefined, worst: valueAtPrice(swapped, raoPerAlpha(49_000_000n)) },
      { expected: undefined, notes: ['no-quote'] },
    ])
    expect(made).toMatchObject({ costRao: undefined, freeAfter: undefined })
    expect(made.freeAfterWorst).toBeGreaterThan(made.free)
  })
  test('the least that comes out is unknown where the chain does not tell its swap fee', () => {
    const made = must(limitedFromSpot(sales, PRICES, 20_000), { extra: { ...blind, feeRates: new Map() } }, exit)
    expect(made.steps.map(({ worst }) => worst)).toEqual([undefined, undefined])
    expect(made.worstCostRao).toBeUndefined()
  })
  test('a swap whose sale is worth too little for its second leg is refused all the same', () => {
    const swap = { kind: 'swap', hotkey: ALICE, fromNetuid: ONE, toNetuid: TWO, amount: alpha(40_000_000n) } as const
    const made = plan(limitedFromSpot([swap], PRICES, 20_000), { extra: blind })
    expect(made).toMatchObject({ ok: false, error: { code: 'stake/second-leg-lost', netuid: 2 } })
  })
  test('for any amounts and distances: no step promises more than its limit, and none is below the distance', () => {
    for (let seed = 1n; seed <= 200n; seed += 1n) {
      const held = 1_000_000_000n + ((seed * 6_364_136_223_846_793_005n) % 90_000_000_000_000n)
      const ppm = Number((seed * 7_919n) % 500_000n)
      const { steps } = must(limitedFromSpot(sales, PRICES, ppm), { held, extra: blind }, exit)
      for (const step of steps) {
        const [limit, spot] = [step.limitPrice ?? 0n, step.priceFrom ?? 0n]
        expect(limit * 1_000_000n).toBeGreaterThanOrEqual(spot * BigInt(1_000_000 - ppm))
        expect(limit).toBeLessThanOrEqual(spot)
        expect(step.worst).toBeLessThan((held * limit) / UNITS_PER_WHOLE)
        expect(step.expected).toBeUndefined()
      }
    }
  })
})
