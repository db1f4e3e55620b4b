import { describe, expect, test } from 'vitest'
import { readSignature, signatureFile, signatureText } from './signature.ts'

const signature = Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 1 : at))
const damaged = (what: string) => ({ ok: false, error: { code: 'airgap/damaged', what } })

test('is read from a code, from digits with 0x, and from a file', () => {
  const text = signatureText(signature)
  expect(text).toMatch(/^01[0-9a-f]{128}$/)
  for (const given of [text, `0x${text.toUpperCase()}`, ` ${text}\n`, signatureFile(signature, '5abc', '0x12')])
    expect(readSignature(given, 'sr25519')).toEqual({ ok: true, value: signature })
})

test('without its scheme it takes that of the account', () => {
  const bare = signatureText(signature).slice(2)
  expect(readSignature(bare, 'ed25519')).toMatchObject({ ok: true, value: Uint8Array.of(0, ...signature.slice(1)) })
})

describe('refuses', () => {
  test('what is no signature', () => {
    for (const text of ['', '0x', 'ab', 'zz'.repeat(65), `${signatureText(signature)}00`])
      expect(readSignature(text, 'sr25519')).toEqual(damaged('it is no signature'))
    expect(readSignature('0'.repeat(5_000), 'sr25519')).toEqual(damaged('more text than a signature has'))
  })
  test('another scheme, another kind of file, a newer one', () => {
    expect(readSignature(signatureText(signature), 'ed25519')).toEqual(damaged('a signature by another kind of key'))
    expect(readSignature('{"format":"other"}', 'sr25519')).toEqual(damaged('another kind of file'))
    expect(readSignature('{"format":"taoforge-signature","version":2}', 'sr25519')).toEqual(
      damaged('a file of a newer version'),
    )
    expect(readSignature('{"format":"taoforge-signature","version":1}', 'sr25519')).toEqual(
      damaged('a file with parts missing'),
    )
  })
})
