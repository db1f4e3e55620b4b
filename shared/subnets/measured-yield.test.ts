import { expect, test } from 'vitest'
import { alpha } from '../units/amounts.ts'
import { epochsOfADay, measuredYield, type PaidEpoch } from './measured-yield.ts'

/** 360 blocks of 12 s: 20 epochs a day. */
const EPOCH_MS = 4_320_000
const paid = (dividends: bigint, stake = 1_000_000n): PaidEpoch => ({
  dividends: alpha(dividends),
  stake: alpha(stake),
})
const times = (count: number, epoch: PaidEpoch) => Array.from({ length: count }, () => epoch)

test('a year is told from a day of epochs, and from no less', () => {
  expect(epochsOfADay(EPOCH_MS)).toBe(20)
  expect(measuredYield(times(19, paid(100n)), EPOCH_MS)).toEqual({ epochs: 19, needed: 20 })
  // 0.01 % in each of the 7,300 epochs of a year.
  expect(measuredYield(times(20, paid(100n)), EPOCH_MS)).toEqual({ yearlyPpm: 730_000n, epochs: 20 })
})

test('one lucky epoch does not make a year: all that were recorded count', () => {
  const epochs = [...times(19, paid(0n)), paid(2_000n)]
  expect(measuredYield(epochs, EPOCH_MS)).toEqual({ yearlyPpm: 730_000n, epochs: 20 })
})

test('an epoch weighs as much as was staked in it', () => {
  const epochs = [...times(10, paid(100n)), ...times(10, paid(0n, 3_000_000n))]
  expect(measuredYield(epochs, EPOCH_MS)).toEqual({ yearlyPpm: 182_500n, epochs: 20 })
})

test('nothing staked is nothing known', () => {
  expect(measuredYield(times(30, paid(0n, 0n)), EPOCH_MS)).toEqual({ epochs: 30, needed: 20 })
})
