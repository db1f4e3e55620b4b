import { expect, test } from 'vitest'
import { VERDICTS } from '../profit/profit.ts'
import { DEFAULT_PROFIT } from '../profit/profit-settings.ts'
import { BLIND, type RuleView } from '../profit/profit-view.ts'
import { MISSING_WORDS, priceSentence, ruleSentence, verdictSentence } from './profit-words.ts'

const net = { amount: -2_500_000_000n, error: 300_000_000n }
const clock = () => '12:30'

test('each verdict is a whole sentence, and a result below its error names no result', () => {
  const all = VERDICTS.map((verdict) => verdictSentence({ verdict, net, atMost: true }, 'EUR'))
  for (const sentence of all) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(all[VERDICTS.indexOf('below-error')]).not.toContain('2.5')
  expect(verdictSentence({ verdict: 'costs', net, atMost: true }, 'EUR')).toBe(
    'Mining on this computer cost 2.50 EUR a day more than it brought, give or take 0.30, or more: costs are missing below.',
  )
})

test('what is missing says what to do, and each blindness of the rule says why', () => {
  for (const sentence of Object.values(MISSING_WORDS)) expect(sentence).toMatch(/\.$/)
  for (const blind of BLIND) {
    expect(ruleSentence({ state: 'blind', blind }, 'EUR', clock)).toMatch(/cannot judge: .*changes nothing/)
    expect(ruleSentence({ state: 'paused', blind }, 'EUR', clock)).toMatch(/paused mining. It cannot judge now/)
  }
  const judged: RuleView = { state: 'paused', brings: 300_000_000n, saves: 700_000_000n, changesAtMs: 5 }
  expect(ruleSentence(judged, 'EUR', clock)).toMatch(
    /brings 0\.30 EUR; .* costs 0\.70 EUR.*before the pause.*goes on at 12:30/,
  )
})

test('a price of play money is called that', () => {
  const own = { by: 'figure', nanosPerTao: 300_000_000_000n } as const
  expect(priceSentence(own, DEFAULT_PROFIT)).toBe('1 TAO = 300.00 EUR, your figure.')
  expect(priceSentence(own, DEFAULT_PROFIT, true)).toBe('1 play TAO = 300.00 EUR, your figure.')
})

test('without a price it says why', () => {
  for (const why of ['off', 'other-currency', 'not-read', 'worthless'] as const)
    expect(priceSentence({ by: 'nobody', why, currency: 'USD' }, DEFAULT_PROFIT)).toMatch(/^[A-Z].*\.$/)
})
