import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rao, ss58 } from '../units/amounts.ts'
import { type AccountRequest, type AccountSnapshot, planAccount } from './plan-account.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const grant = { kind: 'add-proxy', delegate: BOB, proxyType: 'Staking', delay: 0 } as const
const request: AccountRequest = { coldkey: ALICE, via: { kind: 'direct' }, inner: grant, intent: grant }
const snapshot: AccountSnapshot = {
  signer: ALICE,
  block: 9,
  free: rao(1_000n),
  existentialDeposit: rao(500n),
  txFee: rao(10n),
  deposit: rao(100n),
  charge: rao(0n),
}

describe('a call about an account', () => {
  test('counts fee, deposit and charge, and leaves the account alive', () => {
    expect(planAccount(request, { ...snapshot, charge: rao(90n) })).toMatchObject({
      ok: true,
      value: { freeAfter: 800n, deposit: 100n, charge: 90n, txFee: 10n, signer: ALICE },
    })
  })

  test('is refused where the existential deposit would be touched, and says what is needed', () => {
    expect(planAccount(request, { ...snapshot, free: rao(609n) })).toEqual({
      ok: false,
      error: { code: 'account/balance-too-low', available: 609n, needed: 610n },
    })
    expect(planAccount(request, { ...snapshot, free: rao(610n) }).ok).toBe(true)
  })

  test('that disputes a theft may take the last rao', () => {
    const dispute = { kind: 'dispute-coldkey-swap' } as const
    const asked = { ...request, inner: dispute, intent: dispute }
    expect(planAccount(asked, { ...snapshot, deposit: rao(0n), free: rao(10n) }).ok).toBe(true)
  })

  test('counts what is spent only when the signer spends it', () => {
    const inner = { kind: 'transfer', to: BOB, amount: rao(400n) } as const
    const direct = { ...request, inner, intent: inner }
    expect(planAccount(direct, snapshot).ok).toBe(false)
    const proxied: AccountRequest = {
      coldkey: BOB,
      via: { kind: 'proxy', real: BOB },
      inner,
      intent: { kind: 'proxied', real: BOB, intent: inner },
    }
    expect(planAccount(proxied, snapshot).ok).toBe(true)
  })

  test('never plans what would leave less than the existential deposit', () => {
    const amount = fc.bigInt({ min: 0n, max: 5_000n }).map(rao)
    fc.assert(
      fc.property(amount, amount, amount, amount, (free, txFee, deposit, charge) => {
        const plan = planAccount(request, { ...snapshot, free, txFee, deposit, charge })
        return !plan.ok || plan.value.freeAfter >= snapshot.existentialDeposit
      }),
    )
  })
})
