import { expect, test } from 'vitest'
import { plainMoney, readMoney, writeFigure } from './money-text.ts'

test.each([
  ['0.3142', 314_200_000n],
  ['0,3142', 314_200_000n],
  ['-0.05', -50_000_000n],
  ['−1', -1_000_000_000n],
  [' 12 ', 12_000_000_000n],
])('%j is read exactly, and written as it is typed', (text, nanos) => {
  expect(readMoney(text)).toBe(nanos)
  expect(readMoney(plainMoney(nanos))).toBe(nanos)
})
test.each(['', '1.2.3', '1e3', '0.1234567890', 'x', '1 000', '.5'])('%j is no amount', (text) => {
  expect(readMoney(text)).toBeUndefined()
})

test.each([
  [52_520_000_000n, 330_000_000n, '+52.52', '0.33'],
  [52_520_000_000n, 6_310_000_000n, '+52.5', '6.4'],
  [-1_234_567_000_000n, 123_400_000_000n, '−1\u202f230', '130'],
  [1_234_567_000_000n, 12_000_000_000n, '+1\u202f235', '12'],
  [-4_000_000n, 1_500n, '−0.004000', '0.000002'],
  [0n, 0n, '0.00', undefined],
  [1_000_000n, 5_000_000_000n, '0.0', '5.0'],
])('%d, sure to %d, is written %s ± %s', (amount, error, text, off) => {
  expect(writeFigure({ amount, error })).toEqual({ amount: text, error: off })
})
