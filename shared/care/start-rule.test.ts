import { describe, expect, test } from 'vitest'
import type { HoldReason } from '../mining/hold.ts'
import { type RuleNow, ruleStep, stillStoodDown } from './start-rule.ts'

const READY: RuleNow = { on: true, miner: 'off', startedBy: undefined, reasons: [], stoodDown: false, waits: false }
const hours: HoldReason = { kind: 'schedule' }
const input: HoldReason = { kind: 'in-use', waitMs: 1 }
const battery: HoldReason = { kind: 'on-battery' }

describe('ruleStep', () => {
  test.each<[string, Partial<RuleNow>, string]>([
    ['begins when nothing speaks against it', {}, 'start'],
    ['is off', { on: false }, 'none'],
    ['waits for each reason', { reasons: [battery] }, 'none'],
    ['leaves what failed to a person', { miner: 'failed' }, 'none'],
    ['minds a stop by hand', { stoodDown: true }, 'none'],
    ['waits after a storm or a refusal', { waits: true }, 'none'],
    ['ends what a rule began with its hours', { miner: 'running', startedBy: 'rule', reasons: [hours] }, 'stop'],
    [
      'ends it also when the rule was turned off',
      { on: false, miner: 'running', startedBy: 'rule', reasons: [hours] },
      'stop',
    ],
    ['never ends what a person began', { miner: 'running', startedBy: 'hand', reasons: [hours] }, 'none'],
    ['lets battery and input hold it only', { miner: 'running', startedBy: 'rule', reasons: [battery, input] }, 'none'],
  ])('%s', (_name, change, expected) => expect(ruleStep({ ...READY, ...change })).toBe(expected))
})

test('a stop by hand counts until the hours end or somebody comes back', () => {
  expect([[], [battery], [hours], [input]].map((reasons) => stillStoodDown(true, reasons))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(stillStoodDown(false, [])).toBe(false)
})
