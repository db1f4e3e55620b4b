import { describe, expect, test } from 'vitest'
import {
  ALICE,
  BOB,
  FEE,
  must,
  ONE,
  poolOf,
  priceOf,
  request,
  snapshotOf,
  TWO,
} from '../../test/support/staking/pool-world.ts'
import { alpha, netuid, rao, raoPerAlpha } from '../units/amounts.ts'
import { keptOf, paysForItself, unprofitable } from './plan-exit.ts'
import { planMoves } from './plan-moves.ts'
import { limitedFromSpot } from './spot-limits.ts'
import type { StakeMove } from './stake-move.ts'

const SALES: readonly StakeMove[] = [
  { kind: 'remove-all', netuid: ONE, hotkey: ALICE },
  { kind: 'remove-all', netuid: TWO, hotkey: ALICE },
]
const PRICES = new Map([ONE, TWO].map((id) => [id, raoPerAlpha(priceOf(poolOf(id)))] as const))
const feeRates = new Map([ONE, TWO].map((id) => [id, 33] as const))
const blind = { quotes: [{}, {}], feeRates }
const exit = request(50_000, { purpose: 'exit' })

describe('which positions stay in a plan of many', () => {
  test('quoted: all that can be sold; one whose pool cannot is left and named', () => {
    const empty = { sale: { taoOut: rao(0n), poolFee: 0n, totalIn: 0n, totalOut: 0n } }
    const s = snapshotOf(SALES)
    expect(keptOf(exit, s)).toMatchObject({ ok: true, value: { moves: SALES, skipped: [] } })
    expect(keptOf(exit, { ...s, quotes: [s.quotes[0], empty] as typeof s.quotes })).toMatchObject({
      value: { moves: [SALES[0]], skipped: [{ netuid: 2, reason: 'pool-cannot' }] },
    })
  })
  test('not simulated, and no limit said: none is left out in silence, the plan waits for a limit', () => {
    expect(keptOf(exit, snapshotOf(SALES, { extra: blind }))).toMatchObject({ error: { code: 'stake/limit-needed' } })
  })
  test('not simulated, with limits: all; one without a price is left and named, and if none has one the price is unknown', () => {
    const limited = limitedFromSpot(SALES, PRICES, 20_000)
    expect(keptOf(exit, snapshotOf(limited, { extra: blind }))).toMatchObject({
      value: { moves: limited, skipped: [] },
    })
    const [priced] = [...PRICES]
    const prices = new Map(priced ? [priced] : [])
    const some = snapshotOf(limitedFromSpot(SALES, prices, 20_000), { extra: { ...blind, prices } })
    expect(keptOf(exit, some)).toMatchObject({ value: { moves: [limited[0]], skipped: [{ netuid: 2 }] } })
    const none = snapshotOf(SALES, { extra: { ...blind, prices: new Map() } })
    expect(keptOf(exit, none)).toMatchObject({ error: { code: 'stake/price-unknown', netuid: 1 } })
  })
})

describe('stake on root that has to stay', () => {
  const ROOT = netuid(0)
  const leave: StakeMove = { kind: 'remove-all', netuid: ROOT, hotkey: ALICE }
  const held = alpha(9_000_000_000n)
  const on = (until: number, moves: readonly StakeMove[] = [leave]) =>
    snapshotOf(moves, {
      extra: {
        positions: [{ netuid: ROOT, hotkey: ALICE, alpha: held, registered: true }],
        prices: new Map([[ROOT, raoPerAlpha(1_000_000_000n)]]),
        subnets: new Map([[ROOT, { exists: true, started: false, transfersAllowed: true }]]),
        hotkeysKnown: new Map([ALICE, BOB].map((hotkey) => [hotkey, true] as const)),
        quotes: moves.map(() => ({ sale: { taoOut: rao(held), poolFee: alpha(0n), totalIn: held, totalOut: held } })),
        rootHoldBlocks: 50,
        rootHeldUntil: new Map([[ALICE, until]]),
      },
    })
  test('is left and named; on its own it is refused with the block; in the first block that may have it, it goes', () => {
    expect(keptOf(exit, on(79))).toMatchObject({ value: { moves: [], skipped: [{ netuid: 0, reason: 'held' }] } })
    const alone = planMoves(request(), on(79))
    expect(alone).toMatchObject({ error: { code: 'stake/root-held', hotkey: ALICE, until: 79 } })
    expect(keptOf(exit, on(78))).toMatchObject({ value: { moves: [leave] } })
  })

  const half = alpha(held / 2n)
  const move: StakeMove = { kind: 'move', netuid: ROOT, fromHotkey: ALICE, toHotkey: BOB, amount: half }
  const sell = (hotkey: typeof ALICE): StakeMove => ({ kind: 'remove', netuid: ROOT, hotkey, amount: half })
  test.each([move, { kind: 'transfer', netuid: ROOT, hotkey: ALICE, to: BOB, amount: half } as const])(
    'is not given away either, nor moved to another validator: $kind',
    (leaving) => {
      expect(planMoves(request(), on(79, [leaving]))).toMatchObject({ error: { code: 'stake/root-held', until: 79 } })
      expect(planMoves(request(), on(78, [leaving]))).toMatchObject({ ok: true })
    },
  )
  test.each([
    ['came there a step earlier', [move, sell(BOB)], BOB],
    ['is the rest of what was sold a step earlier', [sell(ALICE), sell(ALICE)], ALICE],
  ] as const)('is held anew where it %s: the chain would refuse it all', (_name, moves, hotkey) => {
    expect(planMoves(request(), on(0, moves))).toMatchObject({ error: { code: 'stake/root-held', hotkey, until: 128 } })
    const without = { ...on(0, moves), rootHoldBlocks: 0 }
    expect(planMoves(request(), without)).toMatchObject({ ok: true })
  })
})

describe('what pays for its part of the fee', () => {
  const worth = (tao: bigint) => (tao * 1_000_000_000n) / priceOf(poolOf(ONE))
  const [sale] = SALES
  const stepOf = (held: bigint, ppm: number) =>
    must(limitedFromSpot(sale ? [sale] : [], PRICES, ppm), { held, extra: { ...blind, quotes: [{}] } }, exit)
  test.each([
    ['surely: the least that the limit lets through is more', worth(FEE * 2n), 20_000, true],
    ['not even at the price of now', worth(FEE) - 1n, 20_000, false],
    ['between the two nobody knows', worth(FEE) + worth(FEE) / 100n, 20_000, undefined],
  ])('not simulated, %s', (_name, held, ppm, pays) => {
    const plan = stepOf(held, ppm)
    const [step] = plan.steps
    expect(step && paysForItself(step, plan)).toBe(pays)
    expect(unprofitable(plan).skipped.map(({ reason }) => reason)).toEqual(pays === false ? ['costs-more'] : [])
  })
})
