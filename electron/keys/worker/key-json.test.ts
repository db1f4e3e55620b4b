import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readKeyJson, readKeySource, readPublicJson, writeKeyJson } from './key-json.ts'
import { addressOf, pairFromSeed } from './keypair.ts'

const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const SEED = '0xda3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143'
const OTHER_SEED = '0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e'
const PRIVATE =
  '0x1f1995bdf3a17b60626a26cfe6f564b337d46056b7a1281b64c649d592ccda0a9cffd34d9fb01cae1fba61aeed184c817442a2186d5172416729a4b54dd4b84e'
const SR = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'
const ED = '5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb'

const read = (content: unknown) =>
  readKeyJson(new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)), 'coldkey')
const addressIn = (content: unknown) => {
  const pair = read(content)
  return pair.ok ? addressOf(pair.value.publicKey) : pair.error
}

describe('readKeyJson', () => {
  test.each([
    ['words before seed', { secretPhrase: WORDS, secretSeed: OTHER_SEED }],
    ['seed before private key', { secretSeed: SEED, privateKey: `0x${'11'.repeat(64)}` }],
    ['private key alone', { privateKey: PRIVATE, ss58Address: SR }],
    ['the misspelt address', { secretSeed: SEED, ' ss58Address': SR }],
    ['a quoted scheme', { secretSeed: SEED, ss58Address: SR, cryptoType: '1' }],
    ['bare hex seed', SEED],
    ['bare hex private key', PRIVATE.slice(2)],
    ['bare words', WORDS],
  ])('takes %s', (_what, content) => {
    expect(addressIn(content)).toBe(SR)
  })

  test('takes ed25519 by its mark, or because the address says so', () => {
    expect(addressIn({ secretSeed: SEED, cryptoType: 0 })).toBe(ED)
    expect(addressIn({ secretSeed: SEED, ss58Address: ED })).toBe(ED)
    expect(addressIn({ privateKey: SEED, ss58Address: ED, cryptoType: 0 })).toBe(ED)
  })

  test('takes the polkadot.js form of a private key only where the address proves it', () => {
    const nonce = PRIVATE.slice(66)
    const expanded = `0xf8c8a8ec9d0fdd031353337936af279bbda106b3ba0d45d920334eaa9664d656${nonce}`
    expect(addressIn({ privateKey: expanded, ss58Address: SR })).toBe(SR)
    expect(addressIn({ privateKey: expanded })).toMatchObject({ code: 'keys/keyfile-broken' })
  })

  test('reads past a phrase of another language only where the address proves it', () => {
    expect(addressIn({ secretPhrase: 'Wörter', secretSeed: SEED, ss58Address: SR })).toBe(SR)
    expect(addressIn({ secretPhrase: 'Wörter', secretSeed: SEED })).toMatchObject({ code: 'keys/keyfile-broken' })
    expect(addressIn({ secretPhrase: 'Wörter', privateKey: PRIVATE })).toMatchObject({ code: 'keys/keyfile-broken' })
  })

  test('takes a private key of 32 bytes under the scheme that the file states', () => {
    expect(addressIn({ privateKey: SEED })).toBe(SR)
    expect(addressIn({ privateKey: SEED, cryptoType: 0 })).toBe(ED)
  })

  test.each([
    ['an address of another key', { secretSeed: OTHER_SEED, ss58Address: SR }, 'keys/keyfile-broken'],
    ['no secret', { ss58Address: SR }, 'keys/keyfile-broken'],
    ['cut JSON', '{"secretSeed":"0xda3c', 'keys/keyfile-broken'],
    ['a seed of 31 bytes', { secretSeed: SEED.slice(0, -2) }, 'keys/keyfile-broken'],
    ['a scheme of another chain', { secretSeed: SEED, cryptoType: 2 }, 'keys/unsupported'],
    ['a post-quantum account', { secretSeed: SEED, accountType: 'hashed' }, 'keys/unsupported'],
  ])('refuses %s, and repeats none of it', (_what, content, code) => {
    const pair = read(content)
    expect(pair).toMatchObject({ ok: false, error: { code } })
    expect(JSON.stringify(pair)).not.toMatch(/da3c|fac7|old leopard/)
  })
})

test('words and seed come out with the pair', () => {
  const source = readKeySource(new TextEncoder().encode(JSON.stringify({ secretPhrase: WORDS })), 'coldkey')
  expect(source).toMatchObject({ ok: true, value: { words: WORDS.split(' '), pair: { cryptoType: 'sr25519' } } })
  expect(source.ok && Buffer.from(source.value.seed ?? []).toString('hex')).toBe(SEED.slice(2))
})

test('any bytes are answered, and none repeated', () => {
  const field = fc.constantFrom('secretPhrase', 'secretSeed', 'privateKey', 'ss58Address', 'cryptoType', 'accountType')
  const value = fc.oneof(fc.constantFrom(WORDS, SEED, PRIVATE, SR, ED), fc.jsonValue())
  const file = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.dictionary(field, value).map((content) => new TextEncoder().encode(JSON.stringify(content))),
  )
  fc.assert(
    fc.property(file, (bytes) => {
      const source = readKeySource(bytes, 'coldkey')
      if (!source.ok) expect(JSON.stringify(source.error)).not.toMatch(/da3cf5|leopard|1f1995/)
      readPublicJson(bytes)
    }),
    { numRuns: 200 },
  )
})

test('what is written is read again, by each of its secrets', () => {
  const seed = new Uint8Array(Buffer.from(SEED.slice(2), 'hex'))
  const pair = pairFromSeed(seed, 'sr25519')
  const content = JSON.parse(new TextDecoder().decode(writeKeyJson({ pair, seed, words: WORDS.split(' ') })))
  expect(content).toMatchObject({ secretPhrase: WORDS, secretSeed: SEED, privateKey: PRIVATE, cryptoType: 1 })
  expect(content.accountId).toBe(content.publicKey)
  for (const field of ['secretPhrase', 'secretSeed', 'privateKey'])
    expect(addressIn({ [field]: content[field], ss58Address: content.ss58Address })).toBe(SR)
})

describe('readPublicJson', () => {
  const at = (content: object) => readPublicJson(new TextEncoder().encode(JSON.stringify(content)))

  test('takes address or key', () => {
    const publicKey = '0xe4359ad3e2716c539a1d663ebd0a51bdc5c98a12e663bb4c4402db47828c9446'
    expect(at({ ss58Address: SR })).toEqual({ address: SR, cryptoType: 'sr25519' })
    expect(at({ publicKey })).toEqual({ address: SR, cryptoType: 'sr25519' })
    expect(at({ publicKey, ss58Address: ED })).toBeUndefined()
    expect(at({ ss58Address: `${SR.slice(0, -1)}Y` })).toBeUndefined()
    expect(at({})).toBeUndefined()
  })

  test('refuses a key of another length beside a good address, rather than stumble over it', () => {
    for (const publicKey of ['0x', '0xe4', `0x${'e4'.repeat(31)}`, `0x${'e4'.repeat(200)}`])
      expect(at({ publicKey, ss58Address: SR }), publicKey).toEqual(
        publicKey === '0x' ? { address: SR, cryptoType: 'sr25519' } : undefined,
      )
  })
})
