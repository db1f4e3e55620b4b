import { expect, test } from 'vitest'
import { GatheringDecoder } from './gathering-decoder.ts'

/** A vocabulary of bytes. */
const utf8 = new TextDecoder()
const decode = (tokens: readonly number[]): string => utf8.decode(Uint8Array.from(tokens))
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)]

function decoded(text: string, msPerToken: number): readonly string[] {
  let now = 0
  const decoder = new GatheringDecoder(decode, () => now)
  const pieces = bytes(text).map((byte) => {
    now += msPerToken
    return decoder.push(byte)
  })
  return [...pieces, decoder.rest()].filter((piece) => piece !== '')
}

test('slow tokens pass one by one', () => {
  expect(decoded('abc', 50)).toEqual(['a', 'b', 'c'])
})

test('fast tokens pass the first at once and the others together', () => {
  expect(decoded('abcdefgh', 15)).toEqual(['a', 'bcdefg', 'h'])
})

test.each([0, 5, 15, 50])('characters of several bytes stay whole at %i ms a token', (msPerToken) => {
  const text = 'añ€𝄞 ok'
  const pieces = decoded(text, msPerToken)
  expect(pieces.join('')).toBe(text)
  expect(pieces.join('|')).not.toContain('\uFFFD')
})

test('bytes that are no character do not hold the rest back', () => {
  let now = 0
  const decoder = new GatheringDecoder(decode, () => now)
  const pieces = [0xff, ...bytes('abcdef')].map((byte) => {
    now += 50
    return decoder.push(byte)
  })
  expect(pieces.join('')).toBe('\uFFFDabcdef')
})

test('a character that never ends is given out in the end', () => {
  const decoder = new GatheringDecoder(decode, () => 0)
  expect(decoder.push(0xe2)).toBe('')
  expect(decoder.rest()).toBe('\uFFFD')
})
