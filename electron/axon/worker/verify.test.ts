import {
  ed25519PairFromSeed,
  ed25519Sign,
  encodeAddress,
  sr25519PairFromSeed,
  sr25519Sign,
  sr25519Verify,
} from '@polkadot/util-crypto'
import { describe, expect, test } from 'vitest'
import { publicKeyOf } from './ss58.ts'
import { verifierOf } from './verify.ts'

const message = Buffer.from('btauth/1\nsr25519')
const seedOf = (n: number) => new Uint8Array(32).fill(n)
/** Order of the group, little-endian: the smallest scalar that is not canonical. */
const ORDER = Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex')

describe('sr25519', () => {
  const pair = sr25519PairFromSeed(seedOf(1))
  const verify = verifierOf('sr25519', pair.publicKey)

  test('takes what util-crypto made, and nothing foreign or changed', () => {
    for (let i = 0; i < 8; i++) {
      const signature = sr25519Sign(message, pair)
      expect(sr25519Verify(message, signature, pair.publicKey)).toBe(true)
      expect(verify(message, signature)).toBe(true)
      const changed = signature.slice()
      changed[i * 8] = (changed[i * 8] ?? 0) ^ 1
      expect(verify(message, changed)).toBe(false)
      expect(verify(Buffer.from(`other ${i}`), signature)).toBe(false)
    }
    expect(verify(message, sr25519Sign(message, sr25519PairFromSeed(seedOf(2))))).toBe(false)
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a byte too few', new Uint8Array(63).fill(0x80)],
    ['a byte too many', new Uint8Array(65).fill(0x80)],
    ['no mark of Schnorr', Buffer.concat([Buffer.alloc(63), Buffer.from([0x01])])],
    ['a scalar at the order', Buffer.concat([Buffer.alloc(32), ORDER.subarray(0, 31), Buffer.from([0x90])])],
    ['all ones', new Uint8Array(64).fill(0xff)],
  ])('%s is refused without a trap', (_what, signature) => {
    const told: unknown[] = []
    const { error } = console
    console.error = (...words: unknown[]) => void told.push(words)
    try {
      expect(verify(message, signature)).toBe(false)
    } finally {
      console.error = error
    }
    // A trap of the WASM module writes its stack there.
    expect(told).toEqual([])
    expect(verify(message, sr25519Sign(message, pair))).toBe(true)
  })

  test('a key that is no point verifies nothing, and is asked only once', () => {
    const told: unknown[] = []
    const { error } = console
    console.error = (...words: unknown[]) => void told.push(words)
    const broken = verifierOf('sr25519', new Uint8Array(32).fill(255))
    try {
      for (let i = 0; i < 3; i++) expect(broken(message, sr25519Sign(message, pair))).toBe(false)
    } finally {
      console.error = error
    }
    expect(told.length).toBeLessThanOrEqual(1)
    expect(verify(message, sr25519Sign(message, pair))).toBe(true)
  })
})

describe('ed25519', () => {
  const pair = ed25519PairFromSeed(seedOf(1))
  test('agrees with util-crypto, and never takes the other scheme', () => {
    const verify = verifierOf('ed25519', pair.publicKey)
    const signature = ed25519Sign(message, pair)
    expect(verify(message, signature)).toBe(true)
    expect(verify(Buffer.from('other'), signature)).toBe(false)
    expect(verify(message, signature.slice(1))).toBe(false)
    expect(verifierOf('sr25519', pair.publicKey)(message, signature)).toBe(false)
  })
  test('a key that is no point verifies nothing', () => {
    expect(verifierOf('ed25519', new Uint8Array(32).fill(255))(message, new Uint8Array(64))).toBe(false)
  })
})

describe('publicKeyOf', () => {
  test('reads what util-crypto writes', () => {
    for (const key of [seedOf(0), seedOf(255), sr25519PairFromSeed(seedOf(3)).publicKey]) {
      expect(publicKeyOf(encodeAddress(key, 42))).toEqual(new Uint8Array(key))
    }
  })
  const good = encodeAddress(seedOf(7), 42)
  test.each([
    ['another checksum', `${good.slice(0, -1)}${good.endsWith('a') ? 'b' : 'a'}`],
    ['another prefix', encodeAddress(seedOf(7), 0)],
    ['too short', good.slice(0, -1)],
    ['a letter that is not used', good.replace(/.$/, '0')],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => expect(publicKeyOf(text)).toBeUndefined())
})
