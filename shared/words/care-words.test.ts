import { expect, test } from 'vitest'
import { WHY_UNKNOWN } from '../care/readings.ts'
import { blindSentence, RULE_WORDS, unknownSentence } from './care-words.ts'

const SENTENCE = /^[A-Zn].+\.$/

test('every reason for not knowing is a sentence', () => {
  for (const why of WHY_UNKNOWN) expect(unknownSentence(why, 'nvidia-smi')).toMatch(SENTENCE)
  expect(unknownSentence('no-tool', 'nvidia-smi')).toBe('nvidia-smi is not installed.')
})

test('a rule that cannot see says what it does instead', () => {
  const why = 'no-answer' as const
  expect(blindSentence({ rule: 'heat', part: 'processor', why, does: 'go-on' })).toBe(
    'The temperature of the processor is not known. The miner goes on all the same.',
  )
  expect(blindSentence({ rule: 'battery', why, does: 'go-on' })).toMatch(/battery is not known.*goes on/)
  expect(blindSentence({ rule: 'idle', why, does: 'hold' })).toMatch(/touched.*The miner waits\.$/)
})

test('every state of the rule is a sentence', () => {
  for (const words of Object.values(RULE_WORDS)) expect(words).toMatch(SENTENCE)
})
