import { expect, test } from 'vitest'
import { DEFAULT_PROFIT } from '../../shared/profit/profit-settings.ts'
import type { ProfitResult, ProfitView } from '../../shared/profit/profit-view.ts'
import { profitArguments, profitText } from './profit.ts'

const VIEW: ProfitView = {
  settings: DEFAULT_PROFIT,
  atMs: 5,
  play: false,
  price: { by: 'nobody', why: 'off' },
  rule: { state: 'off' },
}
const RESULT: ProfitResult = {
  ...{ fromMs: 0, toMs: 86_400_000, spanDays: 7, miningMs: 5, heldMs: 0, incomes: [], places: [], days: [] },
  watts: { miningBy: 'measured', idleBy: 'measured', partial: false, meanErrorPpm: 0, idleError: 0 },
  energyAtLeast: false,
  verdict: 'costs',
  atMost: true,
  net: { amount: -2_500_000_000n, error: 300_000_000n },
  lines: [
    { kind: 'income', rao: { amount: 5n, error: 0n }, money: { amount: 1_000_000_000n, error: 0n }, atLeast: false },
    { kind: 'energy', money: { amount: -3_500_000_000n, error: 300_000_000n }, atLeast: true },
    { kind: 'hardware', atLeast: false, missing: 'no-hardware' },
  ],
  breakEvenPerKwh: { amount: 120_000_000n, error: 1n },
}

test('it is read as sentences, a line for each part, with what is missing', () => {
  const text = profitText({ ...VIEW, result: RESULT }).join('\n')
  expect(text).toMatch(/^Mining on this computer cost 2\.50 EUR a day more than it brought/)
  expect(text).toMatch(/What was mined +\+1\.00 EUR, 0\.000000005 TAO/)
  expect(text).toMatch(/Power +at least −3\.50 ± 0\.30 EUR/)
  expect(text).toMatch(/Computer +unknown {2}Nobody said what the computer cost/)
  expect(text).toMatch(/up to 0\.12 EUR for a kilowatt-hour\./)
  expect(text).toMatch(/The rule is off/)
})

test('without mining there is no result, and an option that is none is refused', () => {
  expect(profitText(VIEW)[0]).toBe('Nothing was mined in this time, so there is no result.')
  expect(profitArguments(['--nett'])).toMatchObject({ ok: false })
  expect(profitArguments(['--data', '/d'])).toMatchObject({ ok: true, value: { data: '/d' } })
})
