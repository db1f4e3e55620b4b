import { expect, test } from 'vitest'
import { boundWords } from './collateral-words.ts'

test('what is bound is not called spent, and what frees it is named', () => {
  expect(boundWords(undefined)).toMatch(/does not come back .* does not say/)
  expect(boundWords({ share: 0, freesPpm: 1_000_000 })).toMatch(/^Spent for good/)
  expect(boundWords({ share: 5, freesPpm: 1_500_000 })).toContain('1.5 alpha for each alpha earned')
  expect(boundWords({ share: 5 })).toContain('at a rate that is not known')
})
