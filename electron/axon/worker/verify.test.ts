import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  ed25519PairFromSeed,
  ed25519Sign,
  encodeAddress,
  sr25519PairFromSeed,
  sr25519Sign,
  sr25519Verify,
} from '@polkadot/util-crypto'
import { sr25519_verify } from '@polkadot-labs/schnorrkel-wasm'
import { describe, expect, test } from 'vitest'
import { SR25519_PROGRAM } from './sr25519-program.ts'
import { publicKeyOf } from './ss58.ts'
import { verifierOf } from './verify.ts'

const message = 'btauth/1\nsr25519'
const seedOf = (n: number) => new Uint8Array(32).fill(n)
/** Order of the group, little-endian: the smallest scalar that is not canonical. */
const ORDER = Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex')
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** The bit of a signature that says Schnorr, and all below it. */
const MARK = 1n << 255n
const MASK = MARK - 1n

test('the program is the one whose making is written down, and names no folder of its maker', () => {
  const program = Buffer.from(SR25519_PROGRAM, 'base64')
  const page = readFileSync(new URL('../../../docs/adr/0024-signatures-together.md', import.meta.url), 'utf8')
  expect(page).toContain(createHash('sha256').update(program).digest('hex'))
  const paths = program.toString('latin1').match(/\/[\w.-]+(?=\/[\w./-]+\.rs)/g) ?? []
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.join(' ')).not.toMatch(/home|root|Users|tmp|registry|index/)
})

describe('sr25519', () => {
  const pair = sr25519PairFromSeed(seedOf(1))
  const verifier = verifierOf('sr25519', pair.publicKey)

  test('takes what util-crypto and schnorrkel-wasm take, and nothing foreign or changed', () => {
    for (let i = 0; i < 8; i++) {
      const signature = sr25519Sign(message, pair)
      expect(sr25519Verify(message, signature, pair.publicKey)).toBe(true)
      expect(sr25519_verify(pair.publicKey, Buffer.from(message), signature)).toBe(true)
      expect(verifier.check(message, signature)).toBe(true)
      const changed = signature.slice()
      changed[i * 8] = (changed[i * 8] ?? 0) ^ 1
      expect(verifier.check(message, changed)).toBe(false)
      expect(verifier.check(`other ${i}`, signature)).toBe(false)
    }
    expect(verifier.check(message, sr25519Sign(message, sr25519PairFromSeed(seedOf(2))))).toBe(false)
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a byte too few', new Uint8Array(63).fill(0x80)],
    ['a byte too many', new Uint8Array(65).fill(0x80)],
    ['no mark of Schnorr', Buffer.concat([Buffer.alloc(63), Buffer.from([0x01])])],
    ['a scalar at the order', Buffer.concat([Buffer.alloc(32), ORDER.subarray(0, 31), Buffer.from([0x90])])],
    ['all ones', new Uint8Array(64).fill(0xff)],
  ])('%s is refused, alone and beside a good one', async (_what, signature) => {
    expect(verifier.check(message, signature)).toBe(false)
    const good = sr25519Sign(message, pair)
    expect(await Promise.all([verifier.checkSoon(message, signature), verifier.checkSoon(message, good)])).toEqual([
      false,
      true,
    ])
  })

  test('a key that is no point verifies nothing, and spoils nothing', async () => {
    const broken = verifierOf('sr25519', new Uint8Array(32).fill(255))
    const good = sr25519Sign(message, pair)
    expect(broken.check(message, good)).toBe(false)
    expect(await Promise.all([broken.checkSoon(message, good), verifier.checkSoon(message, good)])).toEqual([
      false,
      true,
    ])
  })

  test('of many at once, exactly the wrong ones are refused', async () => {
    const pairs = [1, 2, 3].map((seed) => sr25519PairFromSeed(seedOf(seed)))
    const asked = Array.from({ length: 150 }, (_, i) => {
      const by = pairs[i % 3]!
      const text = `request ${i} ${'\u00e9'.repeat(i)}`
      const isWrong = i > 70 && i % 20 === 0
      return { by, text, isWrong, signature: sr25519Sign(isWrong ? 'another' : text, by) }
    })
    const verifiers = pairs.map(({ publicKey }) => verifierOf('sr25519', publicKey))
    const verdicts = asked.map(({ text, signature }, i) => verifiers[i % 3]!.checkSoon(text, signature))
    expect(await Promise.all(verdicts)).toEqual(asked.map(({ isWrong }) => !isWrong))
  })

  test('two that are wrong do not make up for each other', async () => {
    const [one, two] = [sr25519Sign('one', pair), sr25519Sign('two', pair)]
    // The sum of both scalars stays the same: without weights nobody can know, the batch would pass.
    const scalar = (of: Uint8Array) => BigInt(`0x${Buffer.from(of.slice(32)).reverse().toString('hex')}`) & MASK
    const changed = (of: Uint8Array, by: bigint) => {
      const hex = (((scalar(of) + by + L) % L) | MARK).toString(16).padStart(64, '0')
      return new Uint8Array([...of.slice(0, 32), ...Buffer.from(hex, 'hex').reverse()])
    }
    const verdicts = [verifier.checkSoon('one', changed(one, 1n)), verifier.checkSoon('two', changed(two, -1n))]
    expect(await Promise.all(verdicts)).toEqual([false, false])
    expect(verifier.check('one', changed(one, 0n))).toBe(true)
  })

  test('what one key signed is added up, and still each text needs its own signature', async () => {
    const other = sr25519PairFromSeed(seedOf(2))
    const texts = ['one', 'two', 'three']
    const good = texts.map((text) => verifier.checkSoon(text, sr25519Sign(text, pair)))
    const theirs = verifierOf('sr25519', other.publicKey).checkSoon('one', sr25519Sign('one', other))
    expect(await Promise.all([...good, theirs])).toEqual([true, true, true, true])
    const swapped = texts.map((text, i) => verifier.checkSoon(text, sr25519Sign(texts[(i + 1) % 3] ?? '', pair)))
    const foreign = verifier.checkSoon('one', sr25519Sign('one', other))
    const beside = verifier.checkSoon('four', sr25519Sign('four', pair))
    expect(await Promise.all([...swapped, foreign, beside])).toEqual([false, false, false, false, true])
  })

  test('the program reaches nothing outside of itself', () => {
    const program = new WebAssembly.Module(Buffer.from(SR25519_PROGRAM, 'base64'))
    expect(WebAssembly.Module.imports(program)).toEqual([])
  })
})

describe('ed25519', () => {
  const pair = ed25519PairFromSeed(seedOf(1))
  test('agrees with util-crypto, and never takes the other scheme', async () => {
    const verifier = verifierOf('ed25519', pair.publicKey)
    const signature = ed25519Sign(message, pair)
    expect(verifier.check(message, signature)).toBe(true)
    expect(await verifier.checkSoon(message, signature)).toBe(true)
    expect(verifier.check('other', signature)).toBe(false)
    expect(verifier.check(message, signature.slice(1))).toBe(false)
    expect(verifierOf('sr25519', pair.publicKey).check(message, signature)).toBe(false)
  })
  test('a key that is no point verifies nothing', () => {
    expect(verifierOf('ed25519', new Uint8Array(32).fill(255)).check(message, new Uint8Array(64))).toBe(false)
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
