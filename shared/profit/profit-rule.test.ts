import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeLook, type RuleSays, type RuleStand, saysOf, USUAL_RULE } from './profit-rule.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const look = (brings: bigint, saves: bigint, error = 0n) => ({
  brings: { amount: brings, error },
  saves: { amount: saves, error: 0n },
})

describe('one look', () => {
  test.each<[bigint, bigint, bigint, RuleSays]>([
    [90n, 100n, 0n, 'costs'],
    // The error of what it brings may explain the loss.
    [90n, 100n, 10n, 'unsure'],
    [100n, 100n, 0n, 'unsure'],
    [109n, 100n, 0n, 'unsure'],
    [110n, 100n, 0n, 'brings'],
    [0n, 0n, 0n, 'brings'],
  ])('%d an hour against %d, sure to %d: %s', (brings, saves, error, says) => {
    expect(saysOf(look(brings, saves, error), USUAL_RULE)).toBe(says)
  })
})

/** A look a minute. */
function after(says: readonly (RuleSays | undefined)[], from: RuleStand): RuleStand {
  return says.reduce<RuleStand>(
    (stand, one, n) => judgeLook(stand, one, USUAL_RULE, from.sinceMs + (n + 1) * MINUTE),
    from,
  )
}
const START: RuleStand = { paused: false, sinceMs: 0 }
const PAUSED: RuleStand = { paused: true, sinceMs: 0 }
const times = (count: number, says: RuleSays): RuleSays[] => Array.from({ length: count }, () => says)

test('it pauses when every look of two hours said so', () => {
  expect(after(times(120, 'costs'), START).paused).toBe(false)
  expect(after(times(121, 'costs'), START)).toEqual({ paused: true, sinceMs: 121 * MINUTE })
})

test.each(['unsure', 'brings', undefined] as const)('a look that says %s begins the count anew', (other) => {
  expect(after([...times(100, 'costs'), other, ...times(100, 'costs')], START).paused).toBe(false)
})

test('a pause ends after its least time, and after half an hour in which it brings more', () => {
  expect(after(times(59, 'brings'), PAUSED).paused).toBe(true)
  expect(after(times(60, 'brings'), PAUSED)).toEqual({ paused: false, sinceMs: HOUR })
  expect(after([...times(100, 'costs'), ...times(30, 'brings')], PAUSED).paused).toBe(true)
  expect(after([...times(100, 'costs'), ...times(31, 'brings')], PAUSED).paused).toBe(false)
})

test('without a price nothing ever changes', () => {
  const stands = fc.record({ paused: fc.boolean(), sinceMs: fc.nat() })
  fc.assert(
    fc.property(fc.array(fc.constantFrom('unsure', undefined)), stands, (says, stand) => {
      expect(after(says as RuleSays[], stand)).toEqual(stand)
    }),
  )
})
