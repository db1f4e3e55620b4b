import { Keyring } from '@polkadot/keyring'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, keyfileSecretOf, pairFromSeed } from './keypair.ts'
import { inspectSecretText, openSecretText } from './secret-text.ts'

const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const SEED = 'da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143'
const NONCE = '9cffd34d9fb01cae1fba61aeed184c817442a2186d5172416729a4b54dd4b84e'
const CANONICAL = `1f1995bdf3a17b60626a26cfe6f564b337d46056b7a1281b64c649d592ccda0a${NONCE}`
const EXPANDED = `f8c8a8ec9d0fdd031353337936af279bbda106b3ba0d45d920334eaa9664d656${NONCE}`
const PUBLIC = 'e4359ad3e2716c539a1d663ebd0a51bdc5c98a12e663bb4c4402db47828c9446'
const SR = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'
const ED = '5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb'

const utf8 = (text: string) => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const seed = new Uint8Array(Buffer.from(SEED, 'hex'))
const edwardsPublic = hex(pairFromSeed(seed, 'ed25519').publicKey)
const open = (text: string, wanted = {}) => openSecretText(utf8(text), wanted)
const addressIn = (text: string, wanted = {}) => {
  const opened = open(text, wanted)
  return opened.ok ? addressOf(opened.value.pair.publicKey) : opened.error
}

describe('openSecretText', () => {
  test.each([
    ['words', WORDS],
    [
      'a numbered list',
      WORDS.split(' ')
        .map((word, i) => `${i + 1}. ${word}`)
        .join('\n'),
    ],
    ['a seed', SEED],
    ['a seed with 0x, quotes and a line break', `"0x${SEED.toUpperCase()}"\n`],
    ['a wrapped private key', `${CANONICAL.slice(0, 64)}\n  ${CANONICAL.slice(64)}`],
    ['a keyfile private key', CANONICAL],
    ['a polkadot.js private key', `0x${EXPANDED}`],
    ['a keyfile private key with its public key', CANONICAL + PUBLIC],
    ['a polkadot.js private key with its public key', EXPANDED + PUBLIC],
  ])('takes %s', (_what, text) => {
    expect(addressIn(text)).toBe(SR)
    expect(addressIn(text, { address: SR })).toBe(SR)
    expect(addressIn(text, { cryptoType: 'sr25519' })).toBe(SR)
  })

  test.each([
    ['words', WORDS],
    ['a seed', SEED],
    ['seed and public key', SEED + edwardsPublic],
  ])('takes %s of an ed25519 key', (_what, text) => {
    expect(addressIn(text, { cryptoType: 'ed25519' })).toBe(ED)
    expect(addressIn(text, { address: ED })).toBe(ED)
  })

  test.each([62, 63, 65, 127])('tells of %i hex digits how many there must be, and nothing of words', (count) => {
    const what = expect.stringMatching(new RegExp(`^${count} hex digits.* 64 .* 128$`))
    for (const start of ['', '0x'])
      expect(addressIn(start + CANONICAL.slice(0, count))).toEqual({ code: 'keys/unsupported', what })
  })

  test('knows seed and public key of ed25519 by themselves', () => {
    expect(addressIn(SEED + edwardsPublic)).toBe(ED)
  })

  test('keeps words and seed where they alone give the key', () => {
    const words = open(WORDS)
    expect(words.ok && words.value.words?.join(' ')).toBe(WORDS)
    expect(words.ok && words.value.seed && hex(words.value.seed)).toBe(SEED)
    expect(open(`${WORDS}//1`)).not.toHaveProperty('value.words')
    expect(open(`${WORDS}//1`)).not.toHaveProperty('value.seed')
    expect(open(`${WORDS}///password`)).not.toHaveProperty('value.words')
    expect(open(`${WORDS}///password`)).toHaveProperty('value.seed')
  })

  test.each([
    ['nothing', '', 'keys/bad-mnemonic'],
    ['31 bytes', SEED.slice(2), 'keys/unsupported'],
    ['a scalar beyond the group', `0x${'ff'.repeat(64)}`, 'keys/unsupported'],
    ['zero', '00'.repeat(64), 'keys/unsupported'],
    ['another public key', EXPANDED + edwardsPublic, 'keys/unsupported'],
    ['a path that is none', `${WORDS}//`, 'keys/unsupported'],
    ['a step that wallets read differently', `${WORDS}//0x10`, 'keys/unsupported'],
    ['a number beyond 64 bits', `${WORDS}//99999999999999999999`, 'keys/unsupported'],
  ])('refuses %s', (_what, text, code) => {
    expect(open(text)).toMatchObject({ ok: false, error: { code } })
    expect(inspectSecretText(utf8(text))).toMatchObject({ ok: false, error: { code } })
  })

  test('refuses another account than the stated one, and an address that is none', () => {
    expect(open(WORDS, { address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' }).ok).toBe(false)
    expect(open(WORDS, { address: `${SR.slice(0, -1)}Y` }).ok).toBe(false)
    expect(open(WORDS, { address: ED, cryptoType: 'sr25519' }).ok).toBe(false)
  })
})

describe('a private key that fits two accounts', () => {
  // A scalar that is a multiple of eight: read as it stands, or as the eightfold of another.
  const text = `08${'00'.repeat(30)}0c${NONCE}`

  test('is shown with both, and taken only with its address', () => {
    const shown = inspectSecretText(utf8(text))
    if (!shown.ok) throw new Error(shown.error.code)
    expect(shown.value.map(({ form }) => form)).toEqual(['private-key', 'polkadot-key'])
    expect(open(text)).toMatchObject({ ok: false, error: { code: 'keys/unsupported' } })
    for (const { address } of shown.value) expect(addressIn(text, { address })).toBe(address)
  })

  test('never is one that a seed was expanded to, in the form of polkadot.js', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const pair = pairFromSeed(bytes, 'sr25519')
        expect(addressIn(hex(pair.secretKey))).toBe(addressOf(pair.publicKey))
        const stored = inspectSecretText(utf8(hex(keyfileSecretOf(pair))))
        expect(stored.ok && stored.value[0]).toMatchObject({
          form: 'private-key',
          address: addressOf(pair.publicKey),
        })
      }),
      { numRuns: 40 },
    )
  })
})

describe('a derivation path', () => {
  const keyring = (type: 'sr25519' | 'ed25519') => new Keyring({ type, ss58Format: 42 })

  test.each([
    ['//Alice', '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'],
    ['//Bob', '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'],
  ])('%s is a development account, and said to be one', (uri, address) => {
    expect(addressIn(uri)).toBe(address)
    expect(inspectSecretText(utf8(uri))).toMatchObject({ value: [{ form: 'development', address }, {}] })
  })

  test.each(['//0', '/0', '//hard/soft', '//1//2/3///pass word', '///pässword', `/${'long'.repeat(20)}`])(
    'of %s leads where polkadot.js goes, with sr25519',
    (path) => {
      expect(addressIn(WORDS + path)).toBe(keyring('sr25519').createFromUri(WORDS + path).address)
    },
  )

  test.each(['//0', '//hard//Ärger', `//${'long'.repeat(20)}///pass`])(
    'of %s leads where polkadot.js goes, with ed25519',
    (path) => {
      const there = keyring('ed25519').createFromUri(WORDS + path).address
      expect(addressIn(WORDS + path, { cryptoType: 'ed25519' })).toBe(there)
      expect(addressIn(WORDS + path, { address: there })).toBe(there)
    },
  )

  test('follows a hex seed too', () => {
    const uri = `0x${SEED}//a/b`
    expect(addressIn(uri)).toBe(keyring('sr25519').createFromUri(uri).address)
  })

  test('with a soft step is none of ed25519', () => {
    expect(open(`${WORDS}/soft`, { cryptoType: 'ed25519' }).ok).toBe(false)
  })
})

test('anything typed is answered, without repeating it', () => {
  const part = fc.oneof(
    fc.constantFrom('//', '///', '/', '0x', SEED, ...WORDS.split(' ')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
      const answer = inspectSecretText(utf8(parts.join(' ')))
      if (!answer.ok) expect(JSON.stringify(answer.error)).not.toMatch(/da3cf5|leopard/)
    }),
    { numRuns: 300 },
  )
})
