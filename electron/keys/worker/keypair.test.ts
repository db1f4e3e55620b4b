import { ed25519 } from '@noble/curves/ed25519.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { sr25519Verify } from '@polkadot/util-crypto/sr25519'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressOf,
  canonicalOf,
  expandedOf,
  keyfileSecretOf,
  pairFromKeyfileSecret,
  pairFromSeed,
  publicKeyOf,
  signPayload,
  wipePair,
} from './keypair.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')
const SEED = bytes('da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143')
const NONCE = '9cffd34d9fb01cae1fba61aeed184c817442a2186d5172416729a4b54dd4b84e'
const CANONICAL = `1f1995bdf3a17b60626a26cfe6f564b337d46056b7a1281b64c649d592ccda0a${NONCE}`
const EXPANDED = `f8c8a8ec9d0fdd031353337936af279bbda106b3ba0d45d920334eaa9664d656${NONCE}`

describe('the public vector', () => {
  test('as sr25519', () => {
    const pair = pairFromSeed(SEED, 'sr25519')
    expect(hex(pair.publicKey)).toBe('e4359ad3e2716c539a1d663ebd0a51bdc5c98a12e663bb4c4402db47828c9446')
    expect(addressOf(pair.publicKey)).toBe('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
    expect(hex(pair.secretKey)).toBe(EXPANDED)
    expect(hex(keyfileSecretOf(pair))).toBe(CANONICAL)
  })

  test('as ed25519', () => {
    expect(addressOf(pairFromSeed(SEED, 'ed25519').publicKey)).toBe('5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb')
  })

  test('comes back from what a keyfile stores', () => {
    const pair = pairFromKeyfileSecret(bytes(CANONICAL))
    expect(pair && addressOf(pair.publicKey)).toBe('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
    expect(pair && hex(pair.secretKey)).toBe(EXPANDED)
  })
})

test('canonical and expanded form convert both ways for any seed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
      const { secretKey } = pairFromSeed(seed, 'sr25519')
      expect(hex(expandedOf(canonicalOf(secretKey)))).toBe(hex(secretKey))
    }),
    { numRuns: 20 },
  )
  expect(() => canonicalOf(new Uint8Array(64).fill(1))).toThrow('not an expanded secret')
})

test('secrets of no known length, and zero, are refused', () => {
  expect(pairFromKeyfileSecret(new Uint8Array(33))).toBeUndefined()
  expect(pairFromKeyfileSecret(new Uint8Array(64))).toBeUndefined()
})

test('an address with a wrong letter, or of another network, is none', () => {
  expect(publicKeyOf('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')).toHaveLength(32)
  expect(publicKeyOf('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsY')).toBeUndefined()
  expect(publicKeyOf('15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5')).toBeUndefined()
})

describe('signPayload', () => {
  const short = new Uint8Array(256).fill(7)
  const long = new Uint8Array(257).fill(7)

  test('marks the scheme and signs the bytes themselves up to 256', () => {
    const sr = pairFromSeed(SEED, 'sr25519')
    const signature = signPayload(sr, short)
    expect([signature.length, signature[0]]).toEqual([65, 1])
    expect(sr25519Verify(short, signature.slice(1), sr.publicKey)).toBe(true)
    const ed = pairFromSeed(SEED, 'ed25519')
    expect(signPayload(ed, short)[0]).toBe(0)
    expect(ed25519.verify(signPayload(ed, short).slice(1), short, ed.publicKey)).toBe(true)
  })

  test('signs the hash of anything longer', () => {
    const sr = pairFromSeed(SEED, 'sr25519')
    const signature = signPayload(sr, long).slice(1)
    expect(sr25519Verify(long, signature, sr.publicKey)).toBe(false)
    expect(sr25519Verify(blake2b(long, { dkLen: 32 }), signature, sr.publicKey)).toBe(true)
  })
})

test('a wiped pair holds nothing', () => {
  const pair = pairFromSeed(SEED, 'sr25519')
  wipePair(pair)
  expect(pair.secretKey.every((byte) => byte === 0)).toBe(true)
})
