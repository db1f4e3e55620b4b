import { scryptSync } from 'node:crypto'
import { Keyring } from '@polkadot/keyring'
import { jsonEncrypt } from '@polkadot/util-crypto/json'
import { naclEncrypt } from '@polkadot/util-crypto/nacl'
import { scryptToU8a } from '@polkadot/util-crypto/scrypt'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CryptoType } from '../keys.port.ts'
import { addressOf, pairFromSeed } from './keypair.ts'
import { inspectPolkadotJson, openPolkadotJson, unpackPolkadotBatch, writePolkadotJson } from './polkadot-json.ts'

const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const SR = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'
const ED = '5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb'
const seed = new Uint8Array(Buffer.from('da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143', 'hex'))
const ADDRESS = { sr25519: SR, ed25519: ED } as const

const utf8 = (text: string) => new TextEncoder().encode(text)
const bytesOf = (json: object) => utf8(JSON.stringify(json))
const password = { trimmed: utf8('tést password') }
const theirs = (type: CryptoType | 'ecdsa' | 'ethereum', pass?: string, name = 'Mine') =>
  new Keyring({ type, ss58Format: 0 }).createFromUri(WORDS, { name, whenCreated: 1_750_000_000_000 }).toJson(pass)
const addressIn = async (file: Uint8Array, typed: Parameters<typeof openPolkadotJson>[1] = password) => {
  const source = await openPolkadotJson(file, typed)
  return source.ok ? addressOf(source.value.pair.publicKey) : source.error
}
const written = async (cryptoType: CryptoType, typed = 'tést password') => {
  const pair = pairFromSeed(seed, cryptoType)
  const file = await writePolkadotJson(pair, { password: utf8(typed), name: 'Mine', createdAtMs: 1_750_000_000_000 })
  if (!file.ok) throw new Error(file.error.code)
  return JSON.parse(new TextDecoder().decode(file.value))
}

describe.each(['sr25519', 'ed25519'] as const)('an account of %s', (type) => {
  test('that polkadot.js wrote is told and opened', async () => {
    const file = bytesOf(theirs(type, 'tést password'))
    expect(inspectPolkadotJson(file)).toEqual({
      ok: true,
      value: { batch: false, encrypted: true, accounts: [{ address: ADDRESS[type], name: 'Mine', cryptoType: type }] },
    })
    expect(await addressIn(file)).toBe(ADDRESS[type])
    expect(await addressIn(file, { trimmed: utf8('Tést password') })).toEqual({ code: 'keys/wrong-password' })
  })

  test('that polkadot.js wrote without a password is opened, and told as plain', async () => {
    const file = bytesOf(theirs(type))
    expect(inspectPolkadotJson(file)).toMatchObject({ value: { encrypted: false } })
    expect(await addressIn(file)).toBe(ADDRESS[type])
  })

  test('that we write is opened by polkadot.js', async () => {
    const json = await written(type)
    expect(json).toMatchObject({
      address: ADDRESS[type],
      encoding: { content: ['pkcs8', type], type: ['scrypt', 'xsalsa20-poly1305'], version: '3' },
      meta: { name: 'Mine', whenCreated: 1_750_000_000_000 },
    })
    const pair = new Keyring({ ss58Format: 42 }).createFromJson(json)
    expect(() => pair.decodePkcs8('wrong')).toThrow()
    pair.decodePkcs8('tést password')
    expect([pair.address, pair.isLocked, pair.type]).toEqual([ADDRESS[type], false, type])
    expect(await addressIn(bytesOf(json))).toBe(ADDRESS[type])
  })
})

test.each(['0x1234', ' spaces around '])('a password of %j is the same one as in polkadot.js', async (typed) => {
  const typedBytes = { trimmed: utf8(typed.trim()), ...(typed.trim() === typed ? {} : { untrimmed: utf8(typed) }) }
  expect(await addressIn(bytesOf(theirs('sr25519', typed)), typedBytes)).toBe(SR)
  const pair = new Keyring().createFromJson(await written('sr25519', typed))
  pair.decodePkcs8(typed)
  expect(pair.isLocked).toBe(false)
})

describe('scrypt', () => {
  const sealedWith = (params: { N: number; p: number; r: number }, stated = params) => {
    const plain = theirs('sr25519')
    const salt = new Uint8Array(32).fill(7)
    const key = scryptSync('tést password', salt, 64, { ...params, maxmem: 2 ** 30 })
    const { encrypted, nonce } = naclEncrypt(Buffer.from(plain.encoded, 'base64'), key.subarray(0, 32))
    const encoded = Buffer.concat([scryptToU8a(salt, stated), nonce, encrypted]).toString('base64')
    return bytesOf({ ...plain, encoded, encoding: { ...plain.encoding, type: ['scrypt', 'xsalsa20-poly1305'] } })
  }

  test.each([
    { N: 1 << 13, p: 10, r: 8 },
    { N: 1 << 14, p: 5, r: 8 },
    { N: 1 << 15, p: 3, r: 8 },
    { N: 1 << 15, p: 1, r: 8 },
    { N: 1 << 16, p: 2, r: 8 },
    { N: 1 << 17, p: 1, r: 8 },
  ])('of preset $N/$p/$r is read', async (params) => {
    expect(await addressIn(sealedWith(params))).toBe(SR)
  })

  test.each([
    { N: 1 << 14, p: 1, r: 8 },
    { N: 2 ** 31, p: 1, r: 8 },
    { N: 1 << 17, p: 1, r: 2 ** 31 },
    { N: 0, p: 0, r: 0 },
  ])('that asks for $N/$p/$r is refused before any work', async (stated) => {
    const file = sealedWith({ N: 1 << 13, p: 10, r: 8 }, stated)
    expect(await addressIn(file)).toMatchObject({ code: 'keys/unsupported' })
  })
})

describe('a batch', () => {
  const inner = [theirs('sr25519', 'tést password', 'One'), theirs('ed25519', 'its own', 'Two')]
  const accounts = inner.map(({ address, meta }) => ({ address, meta }))
  const batch = bytesOf({ ...jsonEncrypt(bytesOf(inner), ['batch-pkcs8'], 'outer'), accounts })

  test('is told as one, with its accounts', () => {
    expect(inspectPolkadotJson(batch)).toEqual({
      ok: true,
      value: {
        batch: true,
        encrypted: true,
        accounts: [
          { address: SR, name: 'One' },
          { address: ED, name: 'Two' },
        ],
      },
    })
  })

  test('comes apart with its password; each account keeps its own', async () => {
    expect(await unpackPolkadotBatch(batch, password)).toEqual({ ok: false, error: { code: 'keys/wrong-password' } })
    const files = await unpackPolkadotBatch(batch, { trimmed: utf8('outer') })
    if (!files.ok) throw new Error(files.error.code)
    expect(await addressIn(files.value[0]!)).toBe(SR)
    expect(await addressIn(files.value[1]!)).toEqual({ code: 'keys/wrong-password' })
    expect(await addressIn(files.value[1]!, { trimmed: utf8('its own') })).toBe(ED)
  })

  test('and a single account are not taken for each other', async () => {
    expect(await addressIn(batch)).toMatchObject({ code: 'keys/unsupported' })
    expect((await unpackPolkadotBatch(bytesOf(inner[0]!), password)).ok).toBe(false)
  })
})

describe('refused, with its reason', () => {
  const plain = theirs('sr25519')

  test.each([
    ['ecdsa', theirs('ecdsa'), { code: 'keys/unsupported', what: 'ecdsa keys' }],
    ['ethereum', theirs('ethereum'), { code: 'keys/unsupported', what: 'ethereum keys' }],
    ['a hardware account', { address: SR, meta: { isHardware: true } }, { code: 'keys/unsupported' }],
    ['a later version', { ...plain, encoding: { ...plain.encoding, version: '4' } }, { code: 'keys/unsupported' }],
    ['another cipher', { ...plain, encoding: { ...plain.encoding, type: ['aes'] } }, { code: 'keys/unsupported' }],
    ['the address of another key', { ...plain, address: ED }, { code: 'keys/keyfile-broken' }],
    ['the scheme of another key', { ...theirs('ed25519'), encoding: plain.encoding }, { code: 'keys/keyfile-broken' }],
    ['a cut content', { ...plain, encoded: plain.encoded.slice(0, 40) }, { code: 'keys/keyfile-broken' }],
    ['no address', { ...plain, address: undefined }, { code: 'keys/keyfile-broken' }],
    ['a key file of btwallet', { secretSeed: '0x00' }, { code: 'keys/keyfile-broken' }],
  ])('%s', async (_what, json, error) => {
    expect(await addressIn(bytesOf(json))).toMatchObject(error)
  })

  test('anything else, without throwing', async () => {
    const json = fc.record(
      {
        address: fc.oneof(fc.constantFrom(SR, ED, '0x00'), fc.string()),
        encoded: fc.oneof(fc.base64String(), fc.constant(plain.encoded), fc.jsonValue()),
        encoding: fc.oneof(fc.constant(plain.encoding), fc.jsonValue()),
        meta: fc.jsonValue(),
        accounts: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    const file = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      json.map((content) => bytesOf(content)),
    )
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        inspectPolkadotJson(bytes)
        await openPolkadotJson(bytes, password)
        expect((await unpackPolkadotBatch(bytes, password)).ok).toBe(false)
      }),
    )
  })
})
