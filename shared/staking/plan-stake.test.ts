import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { type AddStakeRequest, type AddStakeSnapshot, planAddStake } from './plan-add-stake.ts'
import { planRemoveStake, type RemoveStakeRequest, type RemoveStakeSnapshot } from './plan-remove-stake.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')

const add = (over: Partial<AddStakeRequest> = {}): AddStakeRequest => ({
  netuid: netuid(2),
  hotkey: BOB,
  amount: rao(1_000_000_000n),
  tolerancePpm: 5_000,
  ...over,
})
const addSnap = (over: Partial<AddStakeSnapshot> = {}): AddStakeSnapshot => ({
  coldkey: ALICE,
  block: 100,
  free: rao(10_000_000_000n),
  existentialDeposit: rao(500n),
  minStake: rao(2_000_000n),
  price: raoPerAlpha(50_000_000n),
  exists: true,
  started: true,
  hotkeyExists: true,
  quote: { alphaOut: alpha(19_900_000_000n), poolFee: rao(503_500n) },
  txFee: rao(1_600_000n),
  ...over,
})
const remove = (over: Partial<RemoveStakeRequest> = {}): RemoveStakeRequest => ({
  netuid: netuid(2),
  hotkey: BOB,
  amount: alpha(10_000_000_000n),
  tolerancePpm: 5_000,
  ...over,
})
const removeSnap = (over: Partial<RemoveStakeSnapshot> = {}): RemoveStakeSnapshot => ({
  coldkey: ALICE,
  block: 100,
  free: rao(10_000_000n),
  existentialDeposit: rao(500n),
  minStake: rao(2_000_000n),
  price: raoPerAlpha(50_000_000n),
  started: true,
  held: alpha(20_000_000_000n),
  available: alpha(20_000_000_000n),
  quote: { taoOut: rao(498_000_000n), poolFee: alpha(5_035_000n) },
  txFee: rao(1_400_000n),
  ...over,
})

describe('planAddStake', () => {
  test('puts the limit above the price by the tolerance, and the worst case at the limit', () => {
    const plan = planAddStake(add(), addSnap())
    expect(plan).toMatchObject({
      ok: true,
      value: {
        limitPrice: 50_250_000n,
        totalCost: 1_001_600_000n,
        freeAfter: 8_998_400_000n,
        bestAlpha: 19_989_930_000n,
        expectedAlpha: 19_900_000_000n,
        worstAlpha: 19_890_477_611n,
      },
    })
  })

  test('on root the limit is the fixed price', () => {
    const root = planAddStake(
      add({ netuid: netuid(0) }),
      addSnap({ price: raoPerAlpha(1_000_000_000n), quote: { alphaOut: alpha(1_000_000_000n), poolFee: rao(0n) } }),
    )
    expect(root).toMatchObject({ ok: true, value: { limitPrice: 1_000_000_000n, worstAlpha: 1_000_000_000n } })
  })

  test.each([
    ['there is no such subnet', add(), addSnap({ exists: false, started: false }), 'stake/unknown-subnet'],
    ['the subnet has not started', add(), addSnap({ started: false }), 'stake/subnet-not-started'],
    ['nobody knows the hotkey', add(), addSnap({ hotkeyExists: false }), 'stake/unknown-hotkey'],
    ['below the chain minimum with its fee', add({ amount: rao(2_503_499n) }), addSnap(), 'stake/too-small'],
    [
      'the pool cannot fill it',
      add(),
      addSnap({ quote: { alphaOut: alpha(0n), poolFee: rao(0n) } }),
      'stake/no-liquidity',
    ],
    ['the price is 0', add(), addSnap({ price: raoPerAlpha(0n) }), 'stake/no-liquidity'],
    ['it would reap the account', add(), addSnap({ free: rao(1_001_600_499n) }), 'stake/balance-too-low'],
  ] as const)('refuses when %s', (_why, request, snapshot, code) => {
    expect(planAddStake(request, snapshot)).toMatchObject({ ok: false, error: { code } })
  })

  test('a plan never leaves less than the existential deposit, and worst ≤ expected', () => {
    const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })
    fc.assert(
      fc.property(u64, u64, u64, fc.integer({ min: 0, max: 500_000 }), (free, amount, out, tolerancePpm) => {
        const plan = planAddStake(
          add({ amount: rao(amount), tolerancePpm }),
          addSnap({ free: rao(free), quote: { alphaOut: alpha(out), poolFee: rao(0n) } }),
        )
        if (!plan.ok) return
        expect(plan.value.freeAfter).toBeGreaterThanOrEqual(500n)
        expect(plan.value.worstAlpha).toBeLessThanOrEqual(plan.value.expectedAlpha)
      }),
    )
  })
})

describe('planRemoveStake', () => {
  test('puts the limit below the price by the tolerance', () => {
    expect(planRemoveStake(remove(), removeSnap())).toMatchObject({
      ok: true,
      value: {
        limitPrice: 49_750_000n,
        expectedTao: 498_000_000n,
        worstTao: 497_249_508n,
        alphaAfter: 10_000_000_000n,
        leavesDust: false,
        freeAfter: 506_600_000n,
      },
    })
  })

  test('says when what stays is dust', () => {
    const plan = planRemoveStake(remove({ amount: alpha(19_999_000_000n) }), removeSnap())
    expect(plan).toMatchObject({ ok: true, value: { leavesDust: true } })
  })

  test.each([
    ['more than is available', remove({ amount: alpha(20_000_000_001n) }), removeSnap(), 'stake/not-enough-alpha'],
    ['some of it is locked', remove(), removeSnap({ available: alpha(9n) }), 'stake/not-enough-alpha'],
    ['nothing', remove({ amount: alpha(0n) }), removeSnap(), 'stake/not-enough-alpha'],
    [
      'the pool cannot pay',
      remove(),
      removeSnap({ quote: { taoOut: rao(0n), poolFee: alpha(0n) } }),
      'stake/no-liquidity',
    ],
    [
      'it brings less than the minimum',
      remove(),
      removeSnap({ quote: { taoOut: rao(1_999_999n), poolFee: alpha(1n) } }),
      'stake/too-small',
    ],
    ['the fee cannot be paid', remove(), removeSnap({ free: rao(1_399_999n) }), 'stake/balance-too-low'],
    ['the subnet has not started', remove(), removeSnap({ started: false }), 'stake/subnet-not-started'],
  ] as const)('refuses %s', (_why, request, snapshot, code) => {
    expect(planRemoveStake(request, snapshot)).toMatchObject({ ok: false, error: { code } })
  })

  test('the whole position may go, however small its proceeds', () => {
    const all = planRemoveStake(
      remove({ amount: alpha(20_000_000_000n) }),
      removeSnap({ quote: { taoOut: rao(1_000n), poolFee: alpha(1n) } }),
    )
    expect(all).toMatchObject({ ok: true, value: { alphaAfter: 0n, leavesDust: false } })
  })
})
