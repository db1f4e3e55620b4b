import { describe, expect, test } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { planRegister, type RegisterRequest, type RegisterSnapshot } from './plan-register.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const request = (over: Partial<RegisterRequest> = {}): RegisterRequest => ({
  netuid: netuid(2),
  hotkey: BOB,
  tolerancePpm: 300_000,
  ...over,
})
const snapshot = (over: Partial<RegisterSnapshot> = {}): RegisterSnapshot => ({
  coldkey: ALICE,
  block: 9,
  free: rao(1_000_000_000n),
  existentialDeposit: rao(500n),
  price: rao(100_000_000n),
  open: true,
  exists: true,
  txFee: rao(2_000_000n),
  places: 64,
  placesTaken: 63,
  immunityBlocks: 100,
  ...over,
})

describe('planRegister', () => {
  test('bounds the price and names the most it can cost', () => {
    expect(planRegister(request(), snapshot())).toMatchObject({
      ok: true,
      value: {
        limitPrice: 130_000_000n,
        mostCost: 132_000_000n,
        freeAfterAtMost: 868_000_000n,
        replacesAnother: false,
      },
    })
    expect(planRegister(request(), snapshot({ placesTaken: 64 }))).toMatchObject({ value: { replacesAnother: true } })
  })

  test('says what of the price is bound, as a part of the total, and nothing where the chain does not say', () => {
    const half = planRegister(request(), snapshot({ collateral: { share: 32_768, freesPpm: 1_000_000 } }))
    expect(half).toMatchObject({
      value: {
        mostBound: 65_000_991n,
        mostCost: 132_000_000n,
        collateral: { share: 32_768 },
        now: { spent: 49_999_238n, bound: 50_000_762n, pays: 100_000_000n },
      },
    })
    expect(planRegister(request(), snapshot({ collateral: { share: 0 } }))).toMatchObject({ value: { mostBound: 0n } })
    const silent = planRegister(request(), snapshot())
    expect(silent.ok && ('collateral' in silent.value || 'mostBound' in silent.value || 'now' in silent.value)).toBe(
      false,
    )
  })

  test('asks for less where a bond stands from before, and still names the whole limit as the most', () => {
    const collateral = { share: 62_258, stands: { alpha: alpha(1n), worth: rao(900_000_000n) } }
    const returning = planRegister(request(), snapshot({ free: rao(9_000_000n), collateral }))
    expect(returning).toMatchObject({ value: { now: { bound: 0n, pays: 5_000_382n }, mostCost: 132_000_000n } })
    // The chain never leaves less than its least for a place.
    expect(returning).toMatchObject({ value: { freeAfterAtMost: 500n } })
    const unknown = planRegister(request(), snapshot({ free: rao(9_000_000n), collateral: { share: 62_258 } }))
    expect(unknown).toMatchObject({ error: { code: 'register/balance-too-low', needed: 132_000_500n } })
  })

  test.each([
    ['there is no such subnet', request(), snapshot({ exists: false }), 'stake/unknown-subnet'],
    ['it is closed', request(), snapshot({ open: false }), 'register/closed'],
    ['it is root', request({ netuid: netuid(0) }), snapshot(), 'register/closed'],
    ['the hotkey has a uid already', request(), snapshot({ uid: 0 }), 'register/already-registered'],
    ['the hotkey belongs to another coldkey', request(), snapshot({ hotkeyOwner: BOB }), 'register/other-owner'],
    ['nobody may be replaced', request(), snapshot({ nobodyGoes: { kept: 64 } }), 'register/no-place'],
    ['the pool takes no purchase', request(), snapshot({ canBuyBond: false }), 'stake/no-liquidity'],
    [
      'the worst case would reap the account',
      request(),
      snapshot({ free: rao(132_000_499n) }),
      'register/balance-too-low',
    ],
  ] as const)('refuses when %s', (_why, wanted, facts, code) => {
    expect(planRegister(wanted, facts)).toMatchObject({ ok: false, error: { code } })
  })
})
