import { expect, test } from 'vitest'
import type { EarningsSums } from '../../../shared/contract/earnings.contract.ts'
import { linesOf, worthOf } from './groups-of.ts'

const NOTHING = { mined: 0n, validated: 0n, staked: 0n, root: 0n, 'owner-cut': 0n, 'not-told': 0n }
const sums = (unpriced: number): EarningsSums => ({
  tao: { ...NOTHING, mined: 7n },
  knownTao: 7n,
  ...(unpriced === 0 ? { earnedTao: 7n } : {}),
  feeTao: 0n,
  ...{ rows: 3, epochs: 3, unpriced, redRows: 0, roundedRows: 0, untoldRows: 0 },
})

test('where the price of an epoch is not known, each line it may be in is a least', () => {
  const summary = (unpriced: number) => ({
    total: sums(unpriced),
    groups: { wallet: [], hotkey: [], subnet: [{ key: '2', sums: sums(unpriced) }] },
  })
  for (const group of ['subnet', 'kind'] as const) {
    expect(linesOf(summary(1), group)).toMatchObject([{ tao: 7n, atLeast: true }])
    expect(linesOf(summary(0), group)).toMatchObject([{ tao: 7n, atLeast: false }])
  }
})

test('of a range without an epoch the sum is unknown, and of epochs that brought nothing it is 0', () => {
  expect(worthOf({ ...sums(0), earnedTao: 0n, rows: 0 })).toBeUndefined()
  expect(worthOf({ ...sums(0), earnedTao: 0n })).toBe(0n)
})
