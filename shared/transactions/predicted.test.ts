import { describe, expect, test } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { compareMoves, isBroken, isPart, type PredictedMove } from './predicted.ts'
import type { HappenedMove, Outcome } from './transaction.ts'

const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const [ONE, FOUR] = [netuid(1), netuid(4)]
const add: PredictedMove = {
  kind: 'add',
  netuid: ONE,
  hotkey: HOTKEY,
  gives: 5_000n,
  receives: 'alpha',
  best: 500n,
  expected: 450n,
  worst: 10n,
}
const swap: PredictedMove = { ...add, kind: 'swap', toNetuid: FOUR, worst: 400n }
const event = (change: Partial<HappenedMove>): HappenedMove =>
  ({
    event: 'added',
    netuid: ONE,
    hotkey: HOTKEY,
    tao: rao(5_000n),
    alpha: alpha(450n),
    fee: alpha(0n),
    ...change,
  }) as HappenedMove
const compare = (predicted: PredictedMove, moves: readonly HappenedMove[], more: Partial<Outcome> = {}) => {
  const [compared] = compareMoves({ predicted: [predicted], outcome: { block: 1, moves, ...more } as Outcome }) ?? []
  if (!compared) throw new Error('nothing was compared')
  return compared
}

describe('predicted against happened', () => {
  test('all of it was traded: as foreseen, better, or below the bound', () => {
    const whole = compare(add, [event({})])
    expect(whole).toMatchObject({ gave: 5_000n, received: 450n, verdict: 'within' })
    expect(isPart(whole)).toBe(false)
    expect(compare(add, [event({ alpha: alpha(501n) })]).verdict).toBe('better')
    const below = compare(add, [event({ alpha: alpha(9n) })])
    expect(below.verdict).toBe('below')
    expect(isBroken(below)).toBe(true)
  })

  test('a part of it: what was given is told, and one unit of rounding is no part', () => {
    const part = compare(add, [event({ tao: rao(1_240n), alpha: alpha(120n) })])
    // 450 was expected of the whole: 1,240 of 5,000 are compared with their share of it.
    expect(part).toMatchObject({ gave: 1_240n, expected: 111n, verdict: 'within' })
    expect(compare(add, [event({ tao: rao(1_240n), alpha: alpha(126n) })]).verdict).toBe('better')
    expect(isPart(part)).toBe(true)
    expect(isPart(compare(add, [event({ tao: rao(4_999n) })]))).toBe(false)
    const large = { ...add, gives: 5_000_000_000n }
    expect(isPart(compare(large, [event({ tao: rao(4_999_999_999n) })]))).toBe(false)
    expect(isPart(compare(large, [event({ tao: rao(4_999_000_000n) })]))).toBe(true)
  })

  test('a leg that was left out, a refusal, and silence are not taken for success', () => {
    const left = compare(swap, [event({ event: 'removed', alpha: alpha(5_000n) })])
    expect(left.verdict).toBe('tao-instead')
    expect(isBroken(left)).toBe(true)
    expect(compare(swap, [], { failedItems: ['SubtensorModule.SlippageTooHigh'] })).toMatchObject({
      verdict: 'failed',
      error: 'SubtensorModule.SlippageTooHigh',
    })
    expect(compare(add, []).verdict).toBe('unknown')
    expect(compareMoves({ predicted: [add], outcome: undefined })).toBeUndefined()
  })
})
