import { expect, test } from 'vitest'
import { explainDispatchError, explainedRefusals } from './explain-dispatch-error.ts'

const block = 7
const PAID = 'Only the network fee was paid, in block 7.'

test('a known refusal says what happened and what to do', () => {
  const docs = 'Slippage is too high for the transaction.'
  expect(explainDispatchError({ name: 'SubtensorModule.SlippageTooHigh', docs, block })).toEqual({
    what: 'The chain refused: SubtensorModule.SlippageTooHigh.',
    why: 'The price moved past the limit that you signed, before the block was made.',
    next: `Quote again, or allow a wider limit. Your stake and TAO are as they were. ${PAID}`,
  })
})

test.each([
  ['The moon is full. ', 'The moon is full.'],
  ['', 'The chain gave no more than this name.'],
])('a name that nobody knows yet keeps the words of the chain: %j', (docs, why) => {
  expect(explainDispatchError({ name: 'Later.Reason', docs, block })).toEqual({
    what: 'The chain refused: Later.Reason.',
    why,
    next: `Look for a newer version of the app, which may know this reason. ${PAID}`,
  })
})

test.each(explainedRefusals)('%s is told in whole sentences', (name) => {
  const { why, next } = explainDispatchError({ name, docs: 'not these words', block })
  expect(why).toMatch(/^[A-Z].{12,}\.$/)
  expect(why).not.toContain('not these words')
  expect(next).toMatch(/^[A-Z].{12,}\. Only the network fee/)
})

test('no name is explained twice', () => {
  expect(new Set(explainedRefusals).size).toBe(explainedRefusals.length)
})
