import { expect, test } from 'vitest'
import { netuid } from '../../../../shared/units/amounts.ts'
import { nextEpochOf } from './subnets.ts'

const at = (block: number) => ({ block })
const TEXT = netuid(1)
const schedule = { tempo: 360, lastEpoch: 1_000n, pending: 0n }

test('the next epoch is a tempo after the last, or when the owner has triggered one before', () => {
  expect(nextEpochOf(at(1_100), TEXT, schedule)).toBe(1_360)
  expect(nextEpochOf(at(1_100), TEXT, { ...schedule, pending: 1_150n })).toBe(1_150)
  expect(nextEpochOf(at(1_100), TEXT, { ...schedule, pending: 1_400n })).toBe(1_360)
  expect(nextEpochOf(at(1_100), TEXT, { tempo: 360, lastEpoch: 1_000n })).toBe(1_360)
})

test('is unknown on root, without a tempo, and where the first one is overdue', () => {
  expect(nextEpochOf(at(1_100), netuid(0), schedule)).toBeUndefined()
  expect(nextEpochOf(at(1_100), TEXT, { ...schedule, tempo: 0 })).toBeUndefined()
  expect(nextEpochOf(at(1_100), TEXT, { ...schedule, lastEpoch: 0n })).toBeUndefined()
  expect(nextEpochOf(at(1_100), TEXT, { ...schedule, lastEpoch: 0n, pending: 1_105n })).toBe(1_105)
  expect(nextEpochOf(at(1_100), TEXT, { tempo: 360, lastEpoch: undefined })).toBeUndefined()
})
