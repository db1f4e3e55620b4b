import { expect, test } from 'vitest'
import { nextEpochAfter } from './next-epoch.ts'

test('what the chain said stands until that block', () => {
  expect(nextEpochAfter(164, 20, 160)).toBe(164)
  expect(nextEpochAfter(164, 20, 163)).toBe(164)
})

test.each([
  [164, 184],
  [183, 184],
  [184, 204],
  [206, 224],
])('at block %i it is the one at %i, though the facts are older', (block, next) => {
  expect(nextEpochAfter(164, 20, block)).toBe(next)
})

test('a subnet without a tempo has none once it passed', () => {
  expect(nextEpochAfter(164, 0, 160)).toBe(164)
  expect(nextEpochAfter(164, 0, 164)).toBeUndefined()
})
