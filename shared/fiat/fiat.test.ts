import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NANOS, priceIn, worthInFiat, writeFiat } from './fiat-price.ts'
import { KNOWN_SOURCES, resolveSource } from './fiat-source.ts'

const at = (text: string, path = 'bittensor.eur') => priceIn(text, path.split('.'))

describe('the price in an answer', () => {
  test.each([
    ['{"bittensor":{"eur":312.4501}}', 312_450_100_000n],
    ['{"bittensor":{"eur":"312.4501"}}', 312_450_100_000n],
    ['{"bittensor":{"eur":3.124501e2}}', 312_450_100_000n],
    ['{"bittensor":{"eur":312}}', 312_000_000_000n],
    // As a float this would be 0.30000000000000004 or the like.
    ['{"bittensor":{"eur":0.1000000010000000000000001}}', 100_000_001n],
    ['{"bittensor":{"eur":1234567890.123456789}}', 1_234_567_890_123_456_789n],
  ])('%s', (text, nanos) => {
    expect(at(text)).toEqual({ ok: true, value: nanos })
  })

  test.each([
    ['<html>', 'not-json'],
    ['', 'not-json'],
    ['{"bittensor":{}}', 'no-price'],
    ['null', 'no-price'],
    ['{"bittensor":{"eur":null}}', 'not-a-price'],
    ['{"bittensor":{"eur":0}}', 'not-a-price'],
    ['{"bittensor":{"eur":-5}}', 'not-a-price'],
    ['{"bittensor":{"eur":1e99}}', 'not-a-price'],
    ['{"bittensor":{"eur":1e-99}}', 'not-a-price'],
    ['{"bittensor":{"eur":"1,234.5"}}', 'not-a-price'],
    ['{"bittensor":{"eur":true}}', 'not-a-price'],
    [`{"bittensor":{"eur":${'9'.repeat(400)}}}`, 'not-a-price'],
  ])('is none in %s', (text, error) => {
    expect(at(text)).toEqual({ ok: false, error })
  })

  test('is looked for among what was sent only, also by its place', () => {
    expect(at('{}', 'constructor.name')).toMatchObject({ ok: false })
    expect(at('{}', '__proto__')).toMatchObject({ ok: false })
    expect(at('{"c":["5.5","1"]}', 'c.0')).toEqual({ ok: true, value: 5_500_000_000n })
  })
})

describe('a source', () => {
  const source = { currency: 'EUR', url: 'https://a.example/{currency}?c={CURRENCY}', path: 'x.{CURRENCY}' }
  test('is filled in with the currency', () => {
    expect(resolveSource(source)).toEqual({
      ok: true,
      value: { address: 'https://a.example/eur?c=EUR', host: 'a.example', keys: ['x', 'EUR'] },
    })
    for (const known of KNOWN_SOURCES) expect(resolveSource({ currency: 'USD', ...known })).toMatchObject({ ok: true })
  })
  test.each([
    [{ currency: 'euro' }, 'currency'],
    [{ url: 'http://a.example/' }, 'not-encrypted'],
    [{ url: 'https://me:secret@a.example/' }, 'credentials'],
    [{ url: 'file:///etc/passwd' }, 'address'],
    [{ url: 'https://a.example/ x' }, 'address'],
    [{ url: 'https://a.example\\@b.example/' }, 'address'],
    [{ url: `https://a.example/${'x'.repeat(600)}` }, 'address'],
    [{ path: '' }, 'path'],
    [{ path: 'a..b' }, 'path'],
  ] as const)('%o is refused: %s', (over, error) => {
    expect(resolveSource({ ...source, ...over })).toEqual({ ok: false, error })
  })
  test('may be a program of this computer', () => {
    expect(resolveSource({ ...source, url: 'http://127.0.0.1:8080/p' })).toMatchObject({
      value: { host: '127.0.0.1:8080' },
    })
  })
})

describe('amounts in ordinary money', () => {
  test('are whole numbers, and those of parts are never more than that of the whole', () => {
    expect(worthInFiat(2_500_000_000n, 312_450_100_000n)).toBe(781_125_250_000n)
    const amount = fc.bigInt({ min: 0n, max: 1n << 64n })
    const price = fc.bigInt({ min: 1n, max: 10n ** 20n })
    fc.assert(
      fc.property(amount, amount, price, (a, b, p) => {
        const [parts, whole] = [worthInFiat(a, p) + worthInFiat(b, p), worthInFiat(a + b, p)]
        expect(whole - parts).toBeGreaterThanOrEqual(0n)
        expect(whole - parts).toBeLessThanOrEqual(1n)
        expect(worthInFiat(-a, p)).toBe(-worthInFiat(a, p))
      }),
    )
  })
  test.each([
    [0n, '0.00'],
    [781_125_250_000n, '781.13'],
    [-1_229_814_999_999n, '−1\u202f229.81'],
    [1_234_567n * NANOS + 5_000_000n, '1\u202f234\u202f567.01'],
    [1_234_567n, '0.001235'],
    [1n, '0.000000'],
  ])('%d billionths are written %s', (nanos, text) => {
    expect(writeFiat(nanos)).toBe(text)
  })
})
