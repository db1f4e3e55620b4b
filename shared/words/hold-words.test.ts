import { describe, expect, test } from 'vitest'
import type { HoldReason } from '../mining/hold.ts'
import { holdSentence } from './hold-words.ts'

const at = new Date(2026, 0, 5, 7, 30).getTime()

describe('holdSentence', () => {
  test.each<[HoldReason, RegExp]>([
    [
      { kind: 'too-hot', part: 'graphics card', celsius: 90.4, limitCelsius: 85, resumesAtCelsius: 75 },
      /graphics card is at 90 °C, above the limit of 85 °C\. It goes on at 75 °C\./,
    ],
    [{ kind: 'heat-unknown' }, /No temperature of this computer can be read/],
    [{ kind: 'on-battery', chargePercent: 41.6 }, /battery, at 42 %\. It goes on when it is plugged in\./],
    [{ kind: 'on-battery' }, /on its battery\. /],
    [{ kind: 'schedule', untilMs: at }, /It goes on at 07:30\./],
    [{ kind: 'schedule' }, /^It is outside of the hours that were set for mining\.$/],
    [{ kind: 'in-use', waitMs: 60_000 }, /after one minute without input\./],
    [{ kind: 'in-use', waitMs: 300_000 }, /after 5 minutes without input\./],
    [{ kind: 'no-profit', why: 'Power costs more than it earns.' }, /^Power costs more than it earns\. It goes on/],
  ])('%o says why, and when it goes on', (reason, words) => expect(holdSentence(reason)).toMatch(words))
})
