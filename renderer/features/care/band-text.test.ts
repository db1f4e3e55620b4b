import { expect, test } from 'vitest'
import { minuteText, readMinute } from '../../format/week.ts'
import { bandsOf, draftOf } from './band-text.ts'

test.each<[string, number | undefined]>([
  ['7', 420],
  ['7:30', 450],
  [' 07.30 ', 450],
  ['0730', 450],
  ['22h15', 1335],
  ['24:00', 0],
  ['24:01', undefined],
  ['7:60', undefined],
  ['', undefined],
  ['noon', undefined],
  ['-1:00', undefined],
])('%s is %s', (text, minute) => expect(readMinute(text)).toBe(minute))

test('a band survives being typed', () => {
  const band = { days: [1, 2], fromMinute: 1335, toMinute: 5 }
  expect(minuteText(5)).toBe('00:05')
  expect(bandsOf([draftOf(band, 0)])).toEqual([band])
  expect(bandsOf([draftOf(band, 0), { ...draftOf(band, 1), to: 'x' }])).toBeUndefined()
})
