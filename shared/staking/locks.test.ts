import { expect, test } from 'vitest'
import { alpha, ss58 } from '../units/amounts.ts'
import { lockSteps } from './locks.ts'

const hotkey = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const lock = { hotkey, amount: alpha(1_000n), perpetual: false }

test('a decaying lock frees half, nine tenths and 99 % when e^(−t/scale) says so', () => {
  const steps = lockSteps({ total: alpha(1_500n), lock }, 100, 6_000)
  expect(steps.map(({ locked, free }) => [locked, free])).toEqual([
    [500n, 1_000n],
    [100n, 1_400n],
    [10n, 1_490n],
  ])
  for (const [at, part] of [2, 10, 100].entries())
    expect(Math.exp(-((steps[at]?.block ?? 0) - 100) / 6_000)).toBeCloseTo(1 / part, 3)
})

test('a perpetual lock, and none, have no steps', () => {
  expect(lockSteps({ total: alpha(1_500n), lock: { ...lock, perpetual: true } }, 100, 6_000)).toEqual([])
  expect(lockSteps({ total: alpha(1_500n) }, 100, 6_000)).toEqual([])
})

test('never says that more is free than is held, also where more is locked than held', () => {
  for (const { free } of lockSteps({ total: alpha(5n), lock }, 0, 10)) expect(free).toBeLessThanOrEqual(5n)
})

test('what is bound as collateral besides the lock is not free when the lock is', () => {
  const steps = lockSteps({ total: alpha(1_500n), available: alpha(300n), lock }, 0, 10)
  expect(steps.map(({ free }) => free)).toEqual([800n, 1_200n, 1_290n])
})
