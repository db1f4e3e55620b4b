import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typedPasswordOf } from './typed-password.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const ALL_SPACES = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((char) =>
  /\p{White_Space}/u.test(char),
)
/** What btwallet does, said by Unicode itself. */
const trimmed = (text: string): string => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')

test('white space of every kind is taken off both ends, and stays in the middle', () => {
  expect(ALL_SPACES).toHaveLength(25)
  for (const space of ALL_SPACES) {
    const typed = `${space}a${space}ß${space}`
    expect(typedPasswordOf(utf8(typed))).toEqual({ trimmed: utf8(`a${space}ß`), untrimmed: utf8(typed) })
    expect(typedPasswordOf(utf8(space))).toEqual({ trimmed: utf8(''), untrimmed: utf8(space) })
  }
})

test('any text is trimmed as Unicode says', () => {
  const near = fc.constantFrom(...ALL_SPACES, 'a', 'Â', '€', '⁰', '\u{1f600}', '​', '　x')
  const text = fc.array(fc.oneof(near, fc.string({ unit: 'grapheme', maxLength: 2 })), { maxLength: 8 })
  fc.assert(
    fc.property(text, (parts) => {
      const typed = parts.join('')
      const expected = utf8(trimmed(typed))
      const whole = utf8(typed)
      const same = expected.length === whole.length
      expect(typedPasswordOf(whole)).toEqual(same ? { trimmed: whole } : { trimmed: expected, untrimmed: whole })
    }),
  )
})
