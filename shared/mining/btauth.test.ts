import { createHash } from 'node:crypto'
import { ed25519PairFromSeed, ed25519Sign } from '@polkadot/util-crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { btAuthHeaders, btAuthText, floorAfter, isFresh, isUnsigned, parseBtAuth } from './btauth.ts'

const ALICE_ED = '5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const golden = {
  scheme: 'ed25519',
  method: 'post',
  target: '/generate?stream=false',
  bodySha256: sha256('{"prompt": "hello"}'),
  nonceNs: 1_752_076_800_000_000_000n,
  sender: ALICE_ED,
  receiver: BOB,
} as const
const SIGNATURE =
  '0x1a6b631988bf1f7ea093ab9d5acf61f05c316d0b0e428b24b487b75a5f6ee0e1a56a26918fdf871b6cf09437e6588023a4ce423cf622621b2a7feee17612f704'

const headersOf = (values: Readonly<Record<string, string>>) => {
  const lower = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]))
  return (name: string) => lower.get(name)
}

describe('btAuthText', () => {
  test('is eight lines without a final newline', () => {
    expect(btAuthText(golden)).toBe(
      `btauth/1\ned25519\nPOST\n/generate?stream=false\n341c57448e531310fbbe83f44cea2a5e838bd9e8a6b82b269f01d0dbbc23c3cc\n1752076800000000000\n${ALICE_ED}\n${BOB}`,
    )
  })

  test('reproduces the golden ed25519 signature of the protocol', () => {
    const seed = Buffer.from('abf8e5bdbe30c65656c0a3cbd181ff8a56294a69dfedd27982aace4a76909115', 'hex')
    const signature = ed25519Sign(btAuthText(golden), ed25519PairFromSeed(seed))
    expect(`0x${Buffer.from(signature).toString('hex')}`).toBe(SIGNATURE)
  })

  test('writes a missing receiver as a dash', () => {
    const { receiver: _, ...open } = golden
    expect(btAuthText(open).split('\n')[7]).toBe('-')
  })
})

describe('parseBtAuth', () => {
  const good = btAuthHeaders(golden, SIGNATURE)

  test('reads what btAuthHeaders wrote', () => {
    expect(parseBtAuth(headersOf(good))).toEqual({
      ok: true,
      value: {
        sender: ALICE_ED,
        receiver: BOB,
        nonceNs: golden.nonceNs,
        scheme: 'ed25519',
        signature: new Uint8Array(Buffer.from(SIGNATURE.slice(2), 'hex')),
      },
    })
  })

  test('takes hex as the official server does', () => {
    const other = { ...good, 'X-Bittensor-Signature': SIGNATURE.slice(2).toUpperCase() }
    expect(parseBtAuth(headersOf(other))).toEqual(parseBtAuth(headersOf(good)))
  })

  test('takes sr25519 where no scheme is named', () => {
    const { 'X-Bittensor-Crypto': _, ...rest } = good
    expect(parseBtAuth(headersOf(rest))).toMatchObject({ ok: true, value: { scheme: 'sr25519' } })
  })

  test.each([
    ['another version', { 'X-Bittensor-Version': '2' }],
    ['a header that came twice', { 'X-Bittensor-Hotkey': `${ALICE_ED}, ${ALICE_ED}` }],
    ['an address of another prefix', { 'X-Bittensor-Hotkey': '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5' }],
    ['a nonce in hex', { 'X-Bittensor-Nonce': '0x10' }],
    ['a negative nonce', { 'X-Bittensor-Nonce': '-1' }],
    ['a nonce without end', { 'X-Bittensor-Nonce': '9'.repeat(400) }],
    ['a scheme we cannot verify', { 'X-Bittensor-Crypto': 'mldsa' }],
    ['a short signature', { 'X-Bittensor-Signature': '0x00' }],
    ['a long signature', { 'X-Bittensor-Signature': `${SIGNATURE}00` }],
    ['no hex', { 'X-Bittensor-Signature': `0x${'zz'.repeat(64)}` }],
  ])('refuses %s', (_why, change) => {
    expect(parseBtAuth(headersOf({ ...good, ...change }))).toEqual({ ok: false, error: 'MalformedAuth' })
  })

  test('refuses when any one header is missing, and tells unsigned apart', () => {
    for (const name of Object.keys(good).filter((n) => n !== 'X-Bittensor-Crypto')) {
      const { [name]: _, ...rest } = good
      const error = name === 'X-Bittensor-Receiver' ? 'WrongReceiver' : 'MalformedAuth'
      expect(parseBtAuth(headersOf(rest)), name).toEqual({ ok: false, error })
    }
    expect(isUnsigned(headersOf({}))).toBe(true)
    expect(isUnsigned(headersOf(good))).toBe(false)
  })

  test('never throws on hostile text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...Object.keys(good)), (text, name) => {
        parseBtAuth(headersOf({ ...good, [name]: text }))
      }),
    )
  })
})

describe('isFresh', () => {
  const now = 1_700_000_000_000
  const ns = (ms: number) => BigInt(ms) * 1_000_000n

  test.each([
    ['now', 0, true],
    ['ten seconds old', -10_000, true],
    ['older', -10_001, false],
    ['two seconds ahead', 2_000, true],
    ['further ahead', 2_001, false],
  ])('%s', (_why, offset, fresh) => {
    expect(isFresh(ns(now + offset), now, 0)).toBe(fresh)
  })

  test('nothing that an earlier server may have taken is fresh', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 0 }), fc.integer({ min: -12_000, max: 4_000 }), (ended, nonce) => {
        const takenBefore = isFresh(ns(now + nonce), now + ended, 0)
        if (takenBefore) expect(isFresh(ns(now + nonce), now, floorAfter(now + ended))).toBe(false)
      }),
    )
  })
})
