import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatIp, parseIp } from './ip.ts'

describe('addresses as the chain stores them', () => {
  test.each([
    ['8.8.8.8', 134_744_072n, 4],
    ['0.0.0.0', 0n, 4],
    ['255.255.255.255', 4_294_967_295n, 4],
    ['::1', 1n, 6],
    ['2001:db8::7', 0x20010db8000000000000000000000007n, 6],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n, 6],
  ] as const)('%s', (text, value, type) => {
    expect(parseIp(text)).toEqual({ value, type })
    expect(formatIp(value, type)).toBe(text)
  })

  test.each(['', 'localhost', '1.2.3', '1.2.3.256', '1.2.3.4.5', '1:2', 'fe80::1%eth0', '[::1]', '1.2.3.4:80'])(
    'refuses %j',
    (text) => expect(parseIp(text)).toBeUndefined(),
  )

  test('every address survives the way there and back', () => {
    const v4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }).map((value) => ({ value, type: 4 as const }))
    const v6 = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map((value) => ({ value, type: 6 as const }))
    fc.assert(
      fc.property(fc.oneof(v4, v6), (ip) => {
        expect(parseIp(formatIp(ip.value, ip.type))).toEqual(ip)
      }),
    )
  })
})
