import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alpha, netuid, rao, raoPerAlpha, ss58, UNITS_PER_WHOLE } from '../units/amounts.ts'
import type { EpochRow } from './epoch-row.ts'
import { kindsInTao, kindsOf, statusOf } from './kinds.ts'

const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const PARTS = {
  fromBlock: 20,
  mined: 0n,
  validated: 0n,
  staked: 0n,
  ownerCut: 0n,
  unexplained: 0n,
  feeAlpha: 0n,
  feeTao: 0n,
}
const row = (over: Partial<EpochRow>): EpochRow => ({
  genesis: '0x01',
  coldkey: BOB,
  hotkey: BOB,
  netuid: netuid(2),
  epochBlock: 40,
  stakeBefore: alpha(0n),
  stakeAfter: alpha(0n),
  flows: 0n,
  earned: 0n,
  source: 'staked',
  epochs: 1,
  atMs: 0,
  ...over,
})
const sum = (of: Readonly<Record<string, bigint>>) => Object.values(of).reduce((all, one) => all + one, 0n)

test('kinds are told apart, and root is its own', () => {
  const parts = { ...PARTS, mined: 5n, validated: 3n, staked: 2n, ownerCut: 1n }
  expect(kindsOf(row({ parts, earned: 11n }))).toEqual({
    mined: 5n,
    validated: 3n,
    staked: 2n,
    root: 0n,
    'owner-cut': 1n,
    'not-told': 0n,
  })
  expect(kindsOf(row({ parts: { ...PARTS, validated: 3n, staked: 2n }, earned: 5n, netuid: netuid(0) }))).toMatchObject(
    { validated: 0n, root: 5n },
  )
  expect(kindsOf(row({ earned: -7n }))).toMatchObject({ 'not-told': -7n, staked: 0n })
})

test('in alpha and in TAO kinds always make what was earned, to the last unit', () => {
  const amount = fc.bigInt(0n, 10n ** 15n)
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      amount,
      fc.bigInt(0n, 10n ** 12n),
      fc.constantFrom(0, 2),
      (mined, validated, staked, ownerCut, price, id) => {
        const earned = mined + validated + staked + ownerCut
        const earnedTao = rao((earned * price) / UNITS_PER_WHOLE)
        const one = row({
          parts: { ...PARTS, mined, validated, staked, ownerCut },
          earned,
          price: raoPerAlpha(price),
          earnedTao,
          netuid: netuid(id),
        })
        expect(sum(kindsOf(one))).toBe(earned)
        const inTao: Readonly<Record<string, bigint>> = kindsInTao(one) ?? {}
        expect(sum(inTao)).toBe(earnedTao)
        expect(Object.values(inTao).every((worth) => worth >= 0n)).toBe(true)
      },
    ),
  )
  expect(kindsInTao(row({ earned: 5n }))).toBeUndefined()
})

test('what does not add up is red, also where a cause is known; what shares were rounded by is not', () => {
  expect(statusOf(row({}))).toBe('not-looked-at')
  expect(statusOf(row({ parts: PARTS }))).toBe('explained')
  expect(statusOf(row({ parts: { ...PARTS, unexplained: 1n } }))).toBe('red')
  expect(statusOf(row({ parts: { ...PARTS, unexplained: 1n, cause: 'rounding' } }))).toBe('rounded')
  expect(statusOf(row({ parts: { ...PARTS, unexplained: 1n, cause: 'dust' } }))).toBe('red')
})
