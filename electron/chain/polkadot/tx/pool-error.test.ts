import { expect, test } from 'vitest'
import { RpcError } from '../net/rpc-error.ts'
import { poolError } from './pool-error.ts'

test.each([
  [
    1010,
    'Invalid Transaction',
    'Inability to pay some fees (e.g. account balance too low)',
    'Inability to pay some fees',
  ],
  [1010, 'Invalid Transaction', 'Custom error: 12', 'ServingRateLimitExceeded: announced too recently'],
  [1010, 'Invalid Transaction', 'Custom error: 200', 'custom error 200'],
  [1010, 'Invalid Transaction', 'Transaction is outdated', 'Transaction is outdated'],
  [1010, 'Invalid Transaction', '', 'Invalid Transaction'],
  [1012, 'Transaction is temporarily banned', '', 'temporarily banned: it was refused or dropped a moment ago'],
  [
    1014,
    'Priority is too low: (1 vs 1)',
    'x',
    'priority is too low: another transaction with this nonce waits already',
  ],
] as const)('%i %s %j', (code, message, data, reason) => {
  expect(poolError(new RpcError(code, message, data))).toEqual({ code: 'chain/pool-refused', reason })
})
