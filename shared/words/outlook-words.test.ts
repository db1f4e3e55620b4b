import { expect, test } from 'vitest'
import type { Outlook } from '../registration/outlook.ts'
import { outlookSentence, paidSentence, survivalSentence } from './outlook-words.ts'

const SUMMARY = { taken: 250, most: 256, immune: 40, registeredLately: 12, inBlocks: 7_200 }
const PAID = {
  miners: 60,
  lowQuartile: 0n,
  median: 1n,
  highQuartile: 2n,
  best: 9n,
  topTenPpm: 734_000,
  earnNothingPpm: 300_000,
}
const PACE = { registrations: 12, blocks: 7_200, from: 'still-there' }
const of = (change: object): Outlook => ({ summary: SUMMARY, pace: PACE, groups: [], ...change }) as unknown as Outlook
const median = (earnsBackInTime: string) => of({ groups: [{ who: 'median', earnsBackInTime }] })

test.each([
  [of({}), 'Too few mine here to say what a miner gets.'],
  [of({ distribution: PAID }), 'Of 60 miners at the last epoch 30 % got nothing, and the best ten got 73 % of it all.'],
  [
    of({ distribution: { ...PAID, miners: 8, earnNothingPpm: 0 } }),
    'Of 8 miners at the last epoch each got something.',
  ],
  [of({ distribution: { ...PAID, best: 0n } }), 'None of the 60 miners got anything at the last epoch.'],
])('who got what', (outlook, words) => {
  expect(paidSentence(outlook)).toBe(words)
})

test.each([
  [of({}), /unknown/],
  [of({ distribution: { ...PAID, best: 0n }, groups: [{ who: 'median', earnsBackInTime: 'no' }] }), /unknown/],
  [median('unknown'), /unknown/],
  [median('yes'), /would earn it back before .* were everything to stay as it is/],
  [median('unsure'), /may or may not/],
  [median('no'), /would not earn it back/],
])('what it means for the price', (outlook, words) => {
  expect(outlookSentence(outlook)).toMatch(words)
})

test('what the forecast rests on', () => {
  const survival = { leastBlocks: 1, expectedBlocks: 2, because: 'free-places' }
  expect(survivalSentence(of({ groups: [{ who: 'median', survival }] }))).toBe(
    'Places are free, and as long as they are nobody is replaced. Registrations seen in the last 7200 blocks: at least 12; free places: 6; safe for now: 40.',
  )
  expect(survivalSentence(of({}))).toMatch(/^Registrations seen/)
  const seen = { registrations: 31, blocks: 9_000, from: 'recorded' }
  expect(survivalSentence(of({ pace: seen }))).toContain('Registrations seen in 9000 watched blocks: 31;')
})
