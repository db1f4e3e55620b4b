import { expect, test } from 'vitest'
import type { AppError } from '../errors.ts'
import { alpha, netuid, rao } from '../units/amounts.ts'
import { wireError } from './wire-error.ts'

test.each<AppError>([
  { code: 'lock/more-than-stake', netuid: netuid(1), total: alpha(5n), locked: alpha(3n) },
  { code: 'burn/more-than-out', netuid: netuid(1), out: alpha(7n) },
  { code: 'root/below-threshold', owed: rao(1n), threshold: rao(2n), fee: rao(3n) },
  { code: 'multisig/waits-for-others', approvals: 1, threshold: 2 },
])('%o comes back from JSON as it was', (error) => {
  expect(wireError.parse(JSON.parse(JSON.stringify(wireError.encode(error))))).toEqual(error)
})
