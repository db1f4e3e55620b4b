import { describe, expect, test } from 'vitest'
import { readKeyJson, readPublicJson, writeKeyJson } from './key-json.ts'
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

  test.each([
    ['an address of another key', { secretSeed: OTHER_SEED, ss58Address: SR }, 'keys/keyfile-broken'],
    ['no secret', { ss58Address: SR }, 'keys/keyfile-broken'],
    ['cut JSON', '{"secretSeed":"0xda3c', 'keys/keyfile-broken'],
    ['a seed of 31 bytes', { secretSeed: SEED.slice(0, -2) }, 'keys/keyfile-broken'],
    ['a post-quantum account', { secretSeed: SEED, accountType: 'hashed' }, 'keys/unsupported'],
  ])('refuses %s, and repeats none of it', (_what, content, code) => {
    const pair = read(content)
    expect(pair).toMatchObject({ ok: false, error: { code } })
    expect(JSON.stringify(pair)).not.toMatch(/da3c|fac7|old leopard/)
  })
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
})
