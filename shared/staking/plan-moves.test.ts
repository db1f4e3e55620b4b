import { describe, expect, test } from 'vitest'
import {
  ALICE,
  BOB,
  ED,
  FEE,
  feeOf,
  MIN,
  must,
  ONE,
  OTHER,
  plan,
  poolOf,
  priceOf,
  request,
  sell,
  TWO,
  type World,
} from '../../test/support/staking/pool-world.ts'
import { alpha, netuid, rao, raoPerAlpha, UNITS_PER_WHOLE } from '../units/amounts.ts'
import { ratioLimit } from './move-limits.ts'
import { placeKey, type StakeMove } from './stake-move.ts'

const at = { netuid: ONE, hotkey: ALICE }
const swap = (amount: bigint): Extract<StakeMove, { kind: 'swap' }> => ({
  kind: 'swap',
  hotkey: ALICE,
  fromNetuid: ONE,
  toNetuid: TWO,
  amount: alpha(amount),
})

describe('refusals', () => {
  const facts = { exists: true, started: true, transfersAllowed: true }
  const withSubnet = (change: Partial<typeof facts>): World => ({
    extra: {
      subnets: new Map([
        [ONE, { ...facts, ...change }],
        [TWO, facts],
      ]),
    },
  })
  test.each<[string, readonly StakeMove[], World]>([
    ['stake/nothing-to-do', [], {}],
    ['stake/too-many-moves', Array.from({ length: 51 }, () => ({ kind: 'remove-all', ...at }) as const), {}],
    ['stake/unknown-subnet', [{ kind: 'remove-all', ...at }], withSubnet({ exists: false })],
    ['stake/subnet-not-started', [{ kind: 'remove-all', ...at }], withSubnet({ started: false })],
    ['stake/unknown-hotkey', [{ kind: 'add', netuid: ONE, hotkey: OTHER, amount: rao(10_000_000n) }], {}],
    ['stake/not-enough-alpha', [{ kind: 'remove', ...at, amount: alpha(100_000_000_001n) }], {}],
    ['stake/not-enough-alpha', [{ kind: 'remove', ...at, amount: alpha(0n) }], {}],
    ['stake/not-enough-alpha', [{ kind: 'remove', ...at, amount: alpha(51n) }], { available: 50n }],
    ['stake/not-enough-alpha', [{ kind: 'remove-all', ...at }], { available: 50n }],
    [
      'stake/same-place',
      [{ kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: ALICE, amount: alpha(1_000_000_000n) }],
      {},
    ],
    [
      'stake/same-place',
      [{ kind: 'swap', hotkey: ALICE, fromNetuid: ONE, toNetuid: ONE, amount: alpha(1_000_000_000n) }],
      {},
    ],
    [
      'stake/transfers-off',
      [{ kind: 'transfer', ...at, to: BOB, amount: alpha(1_000_000_000n) }],
      withSubnet({ transfersAllowed: false }),
    ],
    ['transfer/to-itself', [{ kind: 'transfer', ...at, to: OTHER, amount: alpha(1_000_000_000n) }], {}],
    ['stake/too-small', [{ kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: BOB, amount: alpha(1_000n) }], {}],
    ['stake/too-small', [{ kind: 'remove', ...at, amount: alpha(10_000_000n) }], {}],
    ['stake/too-small', [{ kind: 'add', ...at, amount: rao(MIN) }], {}],
    ['stake/balance-too-low', [{ kind: 'add', ...at, amount: rao(4_999_000_000n) }], {}],
    ['stake/balance-too-low', [{ kind: 'add', ...at, amount: rao(10_000_000n) }], { free: 100n }],
    ['stake/balance-too-low', [{ kind: 'remove-all', ...at }], { free: 100n, extra: { alive: false } }],
    ['stake/second-leg-lost', [swap(40_000_000n)], {}],
    // Enough within the tolerance, too little where a limit of one's own lets the ratio fall.
    ['stake/second-leg-lost', [{ ...swap(60_000_000n), limitRatio: 90_000_000n }], {}],
    ['stake/price-moved', [{ ...swap(1_000_000_000n), limitRatio: 170_000_000n, allowPartial: true }], {}],
    ['stake/limit-needed', [{ kind: 'remove', ...at, amount: alpha(1_000_000_000n), limitPrice: raoPerAlpha(0n) }], {}],
    [
      'stake/impact-too-large',
      [{ kind: 'remove', ...at, amount: alpha(20_000_000_000_000n) }],
      { held: 20_000_000_000_001n },
    ],
    ['stake/impact-too-large', [{ kind: 'add', ...at, amount: rao(900_000_000_000n) }], { free: 2_000_000_000_000n }],
    ['stake/impact-too-large', [swap(20_000_000_000_000n)], { held: 20_000_000_000_001n }],
    [
      'stake/no-liquidity',
      [{ kind: 'remove-all', ...at }],
      { extra: { quotes: [{ sale: { taoOut: rao(0n), poolFee: alpha(0n), totalIn: 0n, totalOut: 0n } }] } },
    ],
    ['stake/limit-needed', [{ kind: 'remove-all', ...at }], { extra: { prices: new Map(), quotes: [{}] } }],
    ['stake/limit-needed', [swap(1_000_000_000n)], { extra: { prices: new Map(), quotes: [{}] } }],
  ])('%s', (code, moves, world) => {
    expect(plan(moves, world)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('one move', () => {
  test('all of a position: remove_stake_full_limit, bounded', () => {
    const made = must([{ kind: 'remove-all', ...at }])
    const [step] = made.steps
    expect(made).toMatchObject({ carry: 'single', txFee: FEE, atBlock: 77 })
    expect(step).toMatchObject({ gives: 100_000_000_000n, receives: 'tao', alphaAfter: 0n })
    expect(step?.intent).toMatchObject({ kind: 'remove-stake-full', limitPrice: (priceOf(poolOf(ONE)) * 95n) / 100n })
  })
  test('to another validator: no trade, no swap fee, nothing lost but the network fee', () => {
    const made = must([{ kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: BOB, amount: alpha(7_000_000_000n) }])
    expect(made.steps[0]).toMatchObject({
      best: 7_000_000_000n,
      expected: 7_000_000_000n,
      worst: 7_000_000_000n,
      poolFeeRao: 0n,
      impactPpm: 0,
    })
    expect(made.steps[0]?.notes).toEqual(['no-trade'])
    expect(made.costRao).toBe(FEE)
  })
  test('to another subnet: the ratio is that of the prices, less the tolerance, rounded down', () => {
    const made = must([swap(10_000_000_000n)])
    const [from, to] = [priceOf(poolOf(ONE)), priceOf(poolOf(TWO))]
    expect(made.steps[0]?.limitRatio).toBe((UNITS_PER_WHOLE * from * 950_000n) / (to * 1_000_000n))
    expect(made.steps[0]?.betweenRao).toBeGreaterThan(MIN)
  })
  test('to a hotkey without a place there: said, not refused', () => {
    const made = must([{ kind: 'move', netuid: TWO, fromHotkey: ALICE, toHotkey: BOB, amount: alpha(7_000_000_000n) }])
    expect(made.steps[0]?.notes).toContain('earns-nothing-there')
  })
  test('what stays is dust: said', () => {
    expect(must([{ kind: 'remove', ...at, amount: alpha(99_990_000_000n) }]).steps[0]?.notes).toContain('leaves-dust')
  })
  test('a part may be done: then the size of the amount is no reason to refuse', () => {
    const amount = alpha(20_000_000_000_000n)
    const made = must([{ kind: 'remove', ...at, amount, allowPartial: true }], { held: amount })
    expect(made.steps[0]?.intent).toMatchObject({ allowPartial: true })
    expect(made.steps[0]?.worst).toBeLessThanOrEqual(MIN)
    // What does not fit is known before: it is said, and not promised.
    expect(made.steps[0]?.notes).toContain('only-a-part')
    const bought = must([{ kind: 'add', ...at, amount: rao(900_000_000_000n), allowPartial: true }], {
      free: 2_000_000_000_000n,
    })
    expect(bought.steps[0]?.notes).toContain('only-a-part')
    const small = must([{ kind: 'remove', ...at, amount: alpha(1_000_000_000n), allowPartial: true }])
    expect(small.steps[0]?.notes).toEqual(['partial'])
  })
  test('a limit of one’s own that the price has passed is refused, whatever the tolerance', () => {
    const [price] = [priceOf(poolOf(ONE))]
    const add = (limit: bigint) =>
      plan([{ kind: 'add', ...at, amount: rao(10_000_000n), limitPrice: raoPerAlpha(limit) }], {}, request(500_000))
    expect(add(price - 1n)).toMatchObject({ error: { code: 'stake/price-moved', price, limitPrice: price - 1n } })
    expect(add((price * 101n) / 100n)).toMatchObject({ ok: true })
    const sell = plan([{ kind: 'remove-all', ...at, limitPrice: raoPerAlpha(price + 1n) }])
    expect(sell).toMatchObject({ error: { code: 'stake/price-moved' } })
  })
  test('the last rao that the account must keep stays; the whole of a position goes, however small', () => {
    const amount = 5_000_000_000n - FEE - ED
    expect(must([{ kind: 'add', ...at, amount: rao(amount) }]).freeAfter).toBe(ED)
    const more = plan([{ kind: 'add', ...at, amount: rao(amount + 1n) }])
    const told = { available: 5_000_000_000n, needed: 5_000_000_001n }
    expect(more).toMatchObject({ error: { code: 'stake/balance-too-low', ...told } })
    const crumbs = must([{ kind: 'remove', ...at, amount: alpha(30_000n) }], { held: 30_000n })
    expect(crumbs.steps[0]).toMatchObject({ alphaAfter: 0n, notes: [] })
  })
  test('on root one is one, and the limit is that price', () => {
    const root = netuid(0)
    const extra = {
      subnets: new Map([[root, { exists: true, started: false, transfersAllowed: true }]]),
      prices: new Map([[root, raoPerAlpha(UNITS_PER_WHOLE)]]),
      registeredThere: new Set([placeKey(ALICE, root)]),
      quotes: [
        { purchase: { alphaOut: alpha(9_000_000n), poolFee: rao(0n), totalIn: 9_000_000n, totalOut: 9_000_000n } },
      ],
    }
    const [step] = must([{ kind: 'add', netuid: root, hotkey: ALICE, amount: rao(9_000_000n) }], { extra }).steps
    expect(step).toMatchObject({ limitPrice: UNITS_PER_WHOLE, worst: 9_000_000n, notes: ['root-one-to-one'] })
  })
  test('without simulation a limit of the user is taken as it is, and nothing is promised', () => {
    const limitPrice = raoPerAlpha(1n)
    const made = must([{ kind: 'remove-all', ...at, limitPrice }], { extra: { prices: new Map(), quotes: [{}] } })
    expect(made.steps[0]).toMatchObject({ limitPrice, expected: undefined, notes: ['no-quote'] })
    expect(made.costRao).toBeUndefined()
  })
  test('a fee that the TAO does not reach is paid in alpha of the position, and said', () => {
    const made = must([{ kind: 'remove-all', ...at }], { free: 600n })
    expect(made.feeInAlpha).toEqual({ ...at, alpha: (FEE * UNITS_PER_WHOLE) / priceOf(poolOf(ONE)) })
    expect(made.freeAfter).toBe(600n + (made.steps[0]?.expected ?? 0n))
    // What is sold for the fee is no longer there to be sold.
    const [[poor], [rich]] = [made.steps, must([{ kind: 'remove-all', ...at }]).steps]
    expect(poor?.gives).toBe((rich?.gives ?? 0n) - (made.feeInAlpha?.alpha ?? 0n))
    expect((rich?.expected ?? 0n) - (poor?.expected ?? 0n)).toBeGreaterThanOrEqual(FEE - 1n)
    expect(poor?.worst).toBeLessThan(rich?.worst ?? 0n)
  })
  const HELD = 100_000_000_000n
  test.each<[string, StakeMove]>([
    ['move', { kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: BOB, amount: alpha(HELD) }],
    ['transfer', { kind: 'transfer', ...at, to: BOB, amount: alpha(HELD) }],
  ])('a %s of everything arrives without the fee that the chain takes of it first', (_, move) => {
    const made = must([move], { free: 600n })
    const fee = made.feeInAlpha?.alpha ?? 0n
    expect(made.steps[0]).toMatchObject({ gives: HELD - fee, expected: HELD - fee, alphaAfter: 0n, impactPpm: 0 })
    // The price may fall until then, and the fee in alpha grows with it.
    expect(made.steps[0]?.worst).toBe(HELD - 2n * fee)
    expect(made.steps[0]?.intent).toMatchObject({ amount: HELD })
    // A fee beside the amount takes nothing of it.
    const half = must([{ ...move, amount: alpha(HELD / 2n) } as StakeMove], { free: 600n })
    expect(half.steps[0]).toMatchObject({ gives: HELD / 2n, worst: HELD / 2n, alphaAfter: HELD / 2n - fee })
  })
  test('a fee in alpha is paid of what is not locked, and what is locked is not asked for', () => {
    const move: StakeMove = { kind: 'transfer', ...at, to: BOB, amount: alpha(HELD / 2n) }
    const made = must([move], { free: 600n, available: HELD / 2n })
    const fee = made.feeInAlpha?.alpha ?? 0n
    const amount = HELD / 2n - 2n * fee
    expect(made.steps[0]).toMatchObject({ gives: amount, worst: amount, intent: { amount } })
    const locked = { ...move, amount: alpha(1n) }
    expect(plan([locked], { free: 600n, available: fee - 1n })).toMatchObject({
      error: { code: 'stake/balance-too-low', available: 600n, needed: FEE },
    })
  })
  test('a swap of everything counts with what is left after the fee in alpha', () => {
    const [[poor], [rich]] = [must([swap(HELD)], { free: 600n }).steps, must([swap(HELD)]).steps]
    expect(poor?.gives).toBeLessThan(rich?.gives ?? 0n)
    expect(poor?.expected).toBeLessThan(rich?.expected ?? 0n)
    expect(poor?.worst).toBeLessThan(rich?.worst ?? 0n)
    expect(poor?.betweenRao).toBeLessThanOrEqual((rich?.betweenRao ?? 0n) - FEE + 1n)
  })
})

describe('several moves', () => {
  test('across hotkey and subnet: the second counts on the first', () => {
    const amount = alpha(7_000_000_000n)
    const made = must([
      { kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: BOB, amount },
      { kind: 'swap', hotkey: BOB, fromNetuid: ONE, toNetuid: TWO, amount },
    ])
    expect(made.carry).toBe('batch')
    expect(made.intent).toMatchObject({
      kind: 'batch',
      mode: 'all',
      intents: [{ kind: 'move-stake' }, { kind: 'swap-stake' }],
    })
  })
  test('leaving goes on when one fails; a queue has one signature each', () => {
    const moves: readonly StakeMove[] = [
      { kind: 'remove-all', ...at },
      { kind: 'remove-all', netuid: TWO, hotkey: ALICE },
    ]
    expect(must(moves, {}, request(50_000, { purpose: 'exit' })).intent).toMatchObject({ kind: 'batch', mode: 'each' })
    const extra = { canBatch: false, txFees: [rao(FEE), rao(FEE)] }
    expect(must(moves, { extra })).toMatchObject({
      carry: 'queue',
      txFee: 2n * FEE,
      intent: { kind: 'remove-stake-full' },
    })
  })
  test('the second sale of a pool is quoted behind the first', () => {
    const half: StakeMove = { kind: 'remove', ...at, amount: alpha(3_000_000_000_000n) }
    const [first, second] = must([half, half], { held: 6_000_000_000_000n }).steps
    expect(second?.expected).toBeLessThan(first?.expected ?? 0n)
  })
  test('a purchase may be paid by the sale before it, in its worst case', () => {
    const sale: StakeMove = { kind: 'remove', ...at, amount: alpha(50_000_000_000n) }
    const worst = must([sale], { free: 2_000_000n }).steps[0]?.worst ?? 0n
    const bought = (amount: bigint) =>
      plan([sale, { kind: 'add', netuid: TWO, hotkey: ALICE, amount: rao(amount) }], { free: 2_000_000n })
    const most = worst + 2_000_000n - FEE - ED
    expect(bought(most)).toMatchObject({ ok: true })
    expect(bought(most + 1n)).toMatchObject({ ok: false, error: { code: 'stake/balance-too-low' } })
  })
})

/** The same numbers in each run: a failure can be looked at. */
function dice(seed: number) {
  let state = BigInt(seed)
  return (below: bigint): bigint => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & ((1n << 64n) - 1n)
    return (state >> 11n) % below
  }
}

describe('for any amounts', () => {
  test('worst ≤ expected ≤ best; the limit is never looser than the tolerance; nothing is spent that is not there', () => {
    const roll = dice(4)
    let planned = 0
    for (let round = 0; round < 3_000; round += 1) {
      const held = roll(10_000_000_000_000n) + 1n
      const free = roll(10_000_000_000_000n)
      const tolerancePpm = Number(roll(200_000n))
      const count = Number(roll(4n)) + 1
      const moves = Array.from({ length: count }, (): StakeMove => {
        const id = roll(2n) === 0n ? ONE : TWO
        const amount = roll(held) + 1n
        const kinds: readonly StakeMove[] = [
          { kind: 'add', netuid: id, hotkey: ALICE, amount: rao(roll(free + 1n)) },
          { kind: 'remove', netuid: id, hotkey: ALICE, amount: alpha(amount), allowPartial: roll(3n) === 0n },
          { kind: 'remove-all', netuid: id, hotkey: ALICE },
          { kind: 'move', netuid: id, fromHotkey: ALICE, toHotkey: BOB, amount: alpha(amount) },
          { kind: 'swap', hotkey: ALICE, fromNetuid: id, toNetuid: id === ONE ? TWO : ONE, amount: alpha(amount) },
        ]
        return kinds[Number(roll(5n))] as StakeMove
      })
      const made = plan(moves, { held, free, available: roll(held) + held / 2n }, request(tolerancePpm))
      if (!made.ok) continue
      planned += 1
      let [spent, left] = [
        0n,
        new Map([
          [ONE, held],
          [TWO, held],
        ]),
      ]
      for (const step of made.value.steps) {
        const { best = -1n, expected = -1n, worst = -1n, move } = step
        expect(worst).toBeLessThanOrEqual(expected)
        expect(expected).toBeLessThanOrEqual(best)
        if (move.kind === 'add') spent += step.gives
        if (step.limitRatio !== undefined && step.priceFrom && step.priceTo)
          expect(step.limitRatio).toBe(ratioLimit(step.priceFrom, step.priceTo, tolerancePpm))
        if (step.limitPrice !== undefined && step.priceFrom)
          expect(step.limitPrice * 1_000_000n).toBeGreaterThanOrEqual(step.priceFrom * BigInt(1_000_000 - tolerancePpm))
        if (move.kind === 'remove' || move.kind === 'remove-all') {
          left = left.set(move.netuid, (left.get(move.netuid) ?? 0n) - step.gives)
          expect(left.get(move.netuid)).toBeGreaterThanOrEqual(-1n * held)
        }
        if (move.kind === 'swap') expect(step.betweenRao).toBeGreaterThan(MIN)
      }
      const gained = made.value.steps.reduce(
        (sum, step) => sum + (step.receives === 'tao' ? (step.worst ?? 0n) : 0n),
        0n,
      )
      expect(spent).toBeLessThanOrEqual(free + gained)
      expect(made.value.costRao).toBeGreaterThanOrEqual(0n)
      expect(made.value.worstCostRao).toBeGreaterThanOrEqual(made.value.costRao ?? 0n)
    }
    expect(planned).toBeGreaterThan(300)
  })

  test('the price that an accepted sale leaves is within its limit, but for a tenth of the distance', () => {
    const roll = dice(9)
    for (let round = 0; round < 500; round += 1) {
      const held = roll(40_000_000_000_000n) + 1_000_000_000n
      const made = plan([{ kind: 'remove-all', ...at }], { held }, request(Number(roll(100_000n)) + 1))
      if (!made.ok) continue
      const pool = poolOf(ONE)
      const { out } = sell(pool, held)
      const after = ((pool.tao - out) * UNITS_PER_WHOLE) / (pool.alpha + held - feeOf(held))
      const limit = made.value.steps[0]?.limitPrice ?? 0n
      const distance = priceOf(pool) - limit
      expect(after + distance / 10n + 2n).toBeGreaterThanOrEqual(limit)
    }
  })
})
