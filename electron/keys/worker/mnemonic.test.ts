import { mnemonicGenerate, mnemonicToMiniSecret } from '@polkadot/util-crypto/mnemonic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entropyOf, newEntropy, seedOf, wordsOf } from './mnemonic.ts'

const seedHex = (words: string) => {
  const entropy = entropyOf(words)
  return entropy.ok ? Buffer.from(seedOf(entropy.value)).toString('hex') : entropy.error
}
const ABANDON = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon'

describe('entropyOf and seedOf', () => {
  test.each([
    [
      'old leopard transfer rib spatial phone calm indicate online fire caution review',
      'da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143',
    ],
    [`${ABANDON} about`, '4ed8d4b17698ddeaa1f1559f152f87b5d472f725ca86d341bd0276f1b61197e2'],
    [
      'bottom drive obey lake curtain smoke basket hold race lonely fit walk',
      'fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e',
    ],
  ])('knows the seed of the public vector %s', (words, seed) => {
    expect(seedHex(words)).toBe(seed)
  })

  test.each([12, 15, 18, 21, 24] as const)('agrees with polkadot.js on %i random words', (count) => {
    const words = mnemonicGenerate(count)
    expect(seedHex(words)).toBe(Buffer.from(mnemonicToMiniSecret(words)).toString('hex'))
    const entropy = entropyOf(words)
    expect(entropy.ok && wordsOf(entropy.value).join(' ')).toBe(words)
  })

  test('reads words as a person pastes them', () => {
    expect(seedHex(`  ${ABANDON.toUpperCase()}\n\tAbout `)).toBe(seedHex(`${ABANDON} about`))
  })

  test.each([
    ['a numbered list', (word: string, n: number) => `${n}. ${word}\n`],
    ['numbers in brackets', (word: string, n: number) => `(${n}) ${word} `],
    ['numbers stuck to words', (word: string, n: number) => `${n}${word} `],
    ['commas and tabs', (word: string) => `${word},\t`],
    ['quotes', (word: string) => `“${word}”, `],
    ['JSON', (word: string) => `"${word}",`],
    ['hyphens', (word: string) => `${word}-`],
    ['no-break spaces', (word: string) => `${word}\u00a0\u3000`],
    ['zero-width characters', (word: string) => `\ufeff${word.slice(0, 2)}\u200b${word.slice(2)}\u200d `],
    [
      'full-width letters',
      (word: string) => `${[...word].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')} `,
    ],
    ['Windows line ends', (word: string) => `${word.toUpperCase()}\r\n`],
  ])('reads %s', (_what, form) => {
    const pasted = `${ABANDON} about`.split(' ').map((word, index) => form(word, index + 1))
    expect(seedHex(pasted.join(''))).toBe(seedHex(`${ABANDON} about`))
  })

  test('a password after the words gives the seed that polkadot.js gives', () => {
    const entropy = entropyOf(`${ABANDON} about`)
    const seed = entropy.ok ? seedOf(entropy.value, 'pässword') : new Uint8Array()
    expect(Buffer.from(seed)).toEqual(Buffer.from(mnemonicToMiniSecret(`${ABANDON} about`, 'pässword')))
  })

  test('takes anything without throwing, and repeats nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4, maxLength: 200 }), (text) => {
        const entropy = entropyOf(text)
        if (!entropy.ok) expect(JSON.stringify(entropy.error)).not.toContain(text)
      }),
    )
  })

  test.each([
    ['', { reason: 'word-count' }],
    [ABANDON, { reason: 'word-count' }],
    [`${ABANDON} abandon`, { reason: 'checksum' }],
    [`${ABANDON} abuot`, { reason: 'unknown-word', word: '#12' }],
    [`${ABANDON} ab0ut`, { reason: 'unknown-word', word: '#12' }],
    [`zebar ${ABANDON}`, { reason: 'unknown-word', word: '#1' }],
  ])('refuses %j and says why, without repeating a word', (words, why) => {
    expect(entropyOf(words)).toEqual({ ok: false, error: { code: 'keys/bad-mnemonic', ...why } })
  })
})

test('new words are twelve, valid, and different each time', () => {
  const first = wordsOf(newEntropy())
  expect(first).toHaveLength(12)
  expect(entropyOf(first.join(' ')).ok).toBe(true)
  expect(wordsOf(newEntropy())).not.toEqual(first)
})
