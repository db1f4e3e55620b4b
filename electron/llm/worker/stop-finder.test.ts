import { array, integer, property, assert as propertyHolds, string } from 'fast-check'
import { expect, test } from 'vitest'
import { stopFinder } from './stop-finder.ts'

function through(pieces: readonly string[], stops: readonly string[]): { text: string; stopped: boolean } {
  const finder = stopFinder(stops)
  let text = ''
  for (const piece of pieces) {
    const passed = finder.push(piece)
    text += passed.text
    if (passed.stopped) return { text, stopped: true }
  }
  return { text: text + finder.rest(), stopped: false }
}

test('passes everything at once when nothing can follow that stops', () => {
  expect(stopFinder(['END']).push('one two')).toEqual({ text: 'one two', stopped: false })
})

test('holds back only what may become a stop text', () => {
  const finder = stopFinder(['END'])
  expect(finder.push('the E').text).toBe('the ')
  expect(finder.push('N').text).toBe('')
  expect(finder.push('try').text).toBe('ENtry')
})

test('cuts before the first of several', () => {
  expect(through(['a\n\nb STOP'], ['STOP', '\n\n'])).toEqual({ text: 'a', stopped: true })
})

test('however a text is split, the result is the same as on the whole text', () => {
  void propertyHolds(
    property(string({ unit: 'grapheme', maxLength: 40 }), array(integer({ min: 1, max: 4 })), (text, cuts) => {
      const marked = `${text}a\nUser:${text}`
      const pieces: string[] = []
      let at = 0
      for (const cut of cuts) {
        pieces.push(marked.slice(at, at + cut))
        at += cut
      }
      pieces.push(marked.slice(at))
      const whole = through([marked], ['\nUser:'])
      expect(through(pieces, ['\nUser:'])).toEqual(whole)
      expect(whole.text).toBe(marked.slice(0, marked.indexOf('\nUser:')))
    }),
  )
})
