import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rao, ss58, U64_MAX } from '../units/amounts.ts'
import { planCloseAccount, planTransfer, type TransferSnapshot, transferLimits } from './plan-transfer.ts'

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const TO = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const snapshot = (over: Partial<TransferSnapshot> = {}): TransferSnapshot => ({
  coldkey: OWN,
  block: 7,
  free: rao(10_000_000n),
  held: rao(0n),
  existentialDeposit: rao(500n),
  recipientHolds: rao(0n),
  txFee: rao(150n),
  ...over,
})
const plan = (amount: bigint, over: Partial<TransferSnapshot> = {}) =>
  planTransfer({ to: TO, amount: rao(amount) }, snapshot(over))
const close = (over: Partial<TransferSnapshot> = {}) => planCloseAccount({ to: TO }, snapshot(over))
const amounts = fc.bigInt({ min: 0n, max: U64_MAX }).map(rao)
const snapshots = fc.record({
  free: amounts,
  held: amounts,
  recipientHolds: amounts,
  txFee: fc.bigInt({ min: 0n, max: 10_000_000n }).map(rao),
})

describe('planTransfer', () => {
  test.each([
    ['nothing', 0n, { recipientHolds: rao(5_000n) }, { code: 'transfer/too-small', minimum: 1n }],
    ['less than opens an account', 499n, {}, { code: 'transfer/too-small', minimum: 500n }],
    ['less than lifts an account', 99n, { recipientHolds: rao(400n) }, { code: 'transfer/too-small', minimum: 100n }],
    ['all of it', 10_000_000n, {}, { code: 'transfer/balance-too-low', available: 9_999_350n, needed: 10_000_000n }],
    [
      'one rao into the existential deposit',
      9_999_351n,
      {},
      { code: 'transfer/balance-too-low', available: 9_999_350n },
    ],
    [
      'from an empty account',
      500n,
      { free: rao(0n) },
      { code: 'transfer/balance-too-low', available: 0n, needed: 500n },
    ],
  ])('refuses %s', (_name, amount, over, error) => {
    expect(plan(amount, over)).toMatchObject({ ok: false, error })
  })

  test('refuses itself', () => {
    expect(planTransfer({ to: OWN, amount: rao(1_000n) }, snapshot())).toMatchObject({
      ok: false,
      error: { code: 'transfer/to-itself' },
    })
    expect(planCloseAccount({ to: OWN }, snapshot())).toMatchObject({
      ok: false,
      error: { code: 'transfer/to-itself' },
    })
  })

  test('plans the most that keeps the account', () => {
    expect(plan(9_999_350n)).toMatchObject({
      ok: true,
      value: { freeAfter: 500n, totalCost: 9_999_500n, opensAccount: true },
    })
    expect(plan(100n, { recipientHolds: rao(400n) })).toMatchObject({ ok: true, value: { opensAccount: false } })
  })

  test('never leaves less than the existential deposit, never opens an account below it, and loses no rao', () => {
    fc.assert(
      fc.property(snapshots, amounts, (over, amount) => {
        const s = snapshot(over)
        const planned = planTransfer({ to: TO, amount }, s)
        if (!planned.ok) return
        const { freeAfter, totalCost, txFee } = planned.value
        expect(freeAfter).toBeGreaterThanOrEqual(s.existentialDeposit)
        expect(s.recipientHolds + amount).toBeGreaterThanOrEqual(s.existentialDeposit)
        expect(totalCost).toBe(amount + txFee)
        expect(freeAfter + totalCost).toBe(s.free)
      }),
    )
  })

  test('what the limits promise can be planned, and one rao more cannot', () => {
    fc.assert(
      fc.property(snapshots, (over) => {
        const s = snapshot(over)
        const { most, least } = transferLimits(TO, s)
        if (most >= least) {
          expect(planTransfer({ to: TO, amount: most }, s).ok).toBe(true)
          expect(planTransfer({ to: TO, amount: least }, s).ok).toBe(true)
        }
        if (most < U64_MAX) expect(planTransfer({ to: TO, amount: rao(most + 1n) }, s).ok).toBe(false)
        expect(planTransfer({ to: TO, amount: rao(least - 1n) }, s).ok).toBe(false)
      }),
    )
  })
})

describe('planCloseAccount', () => {
  test('refuses what would leave something behind, or nothing to send', () => {
    expect(close({ held: rao(1n) })).toMatchObject({ ok: false, error: { code: 'transfer/funds-held', held: 1n } })
    expect(close({ free: rao(150n) })).toMatchObject({
      ok: false,
      error: { code: 'transfer/balance-too-low', needed: 650n },
    })
    expect(close({ free: rao(200n) })).toMatchObject({
      ok: false,
      error: { code: 'transfer/too-small', minimum: 500n },
    })
  })

  test('sends everything but the fee, and the limits say the same', () => {
    fc.assert(
      fc.property(snapshots, (over) => {
        const s = snapshot(over)
        const planned = planCloseAccount({ to: TO }, s)
        expect(transferLimits(TO, s).closing).toBe(planned.ok ? planned.value.amount : undefined)
        if (planned.ok) expect(planned.value.amount + planned.value.txFee).toBe(s.free)
      }),
    )
  })
})
