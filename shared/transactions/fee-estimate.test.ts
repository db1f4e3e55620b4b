import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Intent } from '../signing/intent.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { estimateFee, feeDoubt, USUAL_BASIS } from './fee-estimate.ts'

const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const place = { netuid: netuid(1), hotkey: BOB }
const stake: Intent = { kind: 'add-stake', ...place, amount: rao(1n), limitPrice: raoPerAlpha(1n) }
const between = { hotkey: BOB, fromNetuid: netuid(1), toNetuid: netuid(2), amount: alpha(1n) }

/** @source protocol 7.3: what was seen on mainnet at 425, rao */
test.each<[Intent, bigint]>([
  [stake, 1_600_000n],
  [{ kind: 'remove-stake', ...place, amount: alpha(1n), limitPrice: raoPerAlpha(1n) }, 1_400_000n],
  [{ kind: 'swap-stake', ...between, limitRatio: 1n }, 2_300_000n],
  [{ kind: 'transfer-stake', ...between, to: BOB }, 700_000n],
  [{ kind: 'register', ...place, limit: rao(1n) }, 2_000_000n],
])('comes within a tenth of what is paid on mainnet: %#', (intent, paid) => {
  const estimate = estimateFee(intent) ?? 0n
  expect(estimate * 10n).toBeGreaterThan(paid * 9n)
  expect(estimate * 10n).toBeLessThan(paid * 11n)
})

test('several calls in one, and a call for another account, cost their sum and little more', () => {
  const one = estimateFee(stake) ?? 0n
  const three = estimateFee({ kind: 'batch', mode: 'all', intents: [stake, stake, stake] }) ?? 0n
  expect(three).toBeGreaterThan(2n * one)
  expect(three).toBeLessThan(4n * one)
  expect(estimateFee({ kind: 'proxied', real: BOB, intent: stake })).toBeGreaterThan(one)
})

test('by the weights of the runtime; unknown where the work is not known', () => {
  const dear = { ...USUAL_BASIS, read: USUAL_BASIS.read * 10n, write: USUAL_BASIS.write * 10n }
  expect(estimateFee(stake, dear)).toBeGreaterThan(5n * (estimateFee(stake) ?? 0n))
  expect(estimateFee({ kind: 'claim-root', subnets: [] })).toBeUndefined()
  expect(estimateFee({ kind: 'batch', mode: 'each', intents: [stake, { kind: 'remove-proxies' }] })).toBeUndefined()
})

test('up to eight times either way is another release, beyond it a lie', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 10n), (stated, estimate) => {
      const doubt = feeDoubt(rao(stated), rao(estimate))
      expect(doubt !== undefined).toBe(stated > estimate * 8n || stated * 8n < estimate)
      if (doubt) expect(doubt).toEqual({ kind: 'fee', stated, compared: estimate })
    }),
  )
  expect(feeDoubt(rao(5n), undefined)).toBeUndefined()
})
