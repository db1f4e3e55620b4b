import { expect, test } from 'vitest'
import { rao, ss58 } from '../units/amounts.ts'
import { foreseenClaim } from './root-claim.ts'

const first = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const second = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const features = { locks: true, destroy: true, autoStake: true, baskets: true, orders: true, shield: true }
const root = {
  byValidator: [
    { hotkey: first, owed: rao(700_000n) },
    { hotkey: second, owed: rao(499_999n) },
  ],
  threshold: rao(500_000n),
}

test('a claim brings what each validator owes that owes the least that is paid', () => {
  expect(foreseenClaim({ root, features }, undefined)).toBe(700_000n)
  expect(foreseenClaim({ root, features }, first)).toBe(700_000n)
  expect(foreseenClaim({ root, features }, second)).toBe(0n)
  expect(foreseenClaim({ root: { ...root, threshold: undefined }, features }, undefined)).toBe(1_199_999n)
})

test('is unknown where the runtime does not tell what root owes', () => {
  expect(foreseenClaim({ root, features: { ...features, baskets: false } }, undefined)).toBeUndefined()
})
