import { expect, test } from 'vitest'
import { readDistance } from './read-distance.ts'

test.each([
  ['2', 20_000],
  [' 2.5 ', 25_000],
  ['0.01', 100],
  ['50', 500_000],
] as const)('%s %% is %i parts per million', (text, value) => expect(readDistance(text)).toEqual({ ok: true, value }))

test.each(['', '2,5', '-1', '1e3', '0', '0.00', '50.01', '100', '2.555', 'two'])('%j is no distance', (text) => {
  expect(readDistance(text)).toMatchObject({ ok: false, error: expect.stringMatching(/\.$/) })
})
