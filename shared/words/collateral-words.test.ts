import { expect, test } from 'vitest'
import { rao } from '../units/amounts.ts'
import { boundSentence, boundWords } from './collateral-words.ts'

test('what is bound is not called spent, and what frees it is named', () => {
  expect(boundWords(undefined)).toMatch(/does not come back .* does not say/)
  expect(boundWords({ share: 0, freesPpm: 1_000_000 })).toMatch(/^Spent for good/)
  expect(boundWords({ share: 5, freesPpm: 1_500_000 })).toContain('1.5 alpha for each alpha earned')
  expect(boundWords({ share: 5 })).toContain('at a rate that is not known')
})

test('an unknown part is not called none', () => {
  expect(boundSentence({})).toContain('does not say')
  expect(boundSentence({ collateral: { share: 0 }, mostBound: rao(0n) })).toMatch(/^None of it/)
  expect(boundSentence({ collateral: { share: 9 }, mostBound: rao(150_000_000n) })).toMatch(/^At most 0.150000000 TAO/)
})
