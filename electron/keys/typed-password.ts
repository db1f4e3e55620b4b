import type { TypedPassword } from './wire-parts.ts'

/** Unicode white space of three bytes in UTF-8, as a number. */
const THREE_BYTES: ReadonlySet<number> = new Set([
  0xe19a80, // U+1680
  ...Array.from({ length: 11 }, (_, at) => 0xe28080 + at), // U+2000 to U+200A
  0xe280a8, // U+2028
  0xe280a9, // U+2029
  0xe280af, // U+202F
  0xe2819f, // U+205F
  0xe38080, // U+3000
])

/** How many bytes of white space begin here; 0 when something else does. */
function spaceAt(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  if (first === 0x20 || (first >= 0x09 && first <= 0x0d)) return 1
  if (first === 0xc2 && (second === 0x85 || second === 0xa0)) return 2
  return THREE_BYTES.has((first << 16) | (second << 8) | third) ? 3 : 0
}

/** A view without white space at both ends, as Rust's `str::trim` in btwallet has it. */
function trimmed(utf8: Uint8Array): Uint8Array {
  let [from, to] = [0, utf8.length]
  for (let space = spaceAt(utf8, from); space > 0 && from < to; space = spaceAt(utf8, from)) from += space
  const before = () => [1, 2, 3].find((length) => to - length >= from && spaceAt(utf8, to - length) === length)
  for (let space = before(); space !== undefined; space = before()) to -= space
  return utf8.subarray(from, to)
}

/**
 * A typed password in the form that btwallet uses and, where it differs, as typed. Works on the bytes, so that a password
 * that came sealed never becomes a text.
 * @param utf8 is kept: the answer holds it, or a copy of its middle.
 */
export function typedPasswordOf(utf8: Uint8Array): TypedPassword {
  const short = trimmed(utf8)
  return short.length === utf8.length ? { trimmed: utf8 } : { trimmed: short.slice(), untrimmed: utf8 }
}
