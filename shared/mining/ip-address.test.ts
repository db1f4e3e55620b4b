import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatIp, parseIp, scopeOf } from './ip-address.ts'

describe('parseIp', () => {
  test.each([
    ['8.8.8.8', 4, 134_744_072n],
    ['127.0.0.1', 4, 2_130_706_433n],
    ['0.0.0.0', 4, 0n],
    ['255.255.255.255', 4, 0xffff_ffffn],
    ['::1', 6, 1n],
    ['::', 6, 0n],
    ['2001:4860:4860::8888', 6, 0x2001_4860_4860_0000_0000_0000_0000_8888n],
    ['::ffff:8.8.8.8', 6, 0xffff_0808_0808n],
    ['1:2:3:4:5:6:7:8', 6, 0x0001_0002_0003_0004_0005_0006_0007_0008n],
  ] as const)('%s', (text, version, value) => expect(parseIp(text)).toEqual({ version, value }))

  test.each([
    '',
    '8.8.8',
    '8.8.8.256',
    '08.8.8.8',
    '8.8.8.8.8',
    ' 8.8.8.8',
    '8.8.8.8:80',
    'localhost',
    '1::2::3',
    ':::',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '::1.2.3',
    '1.2.3.4::',
    '[::1]',
    'fe80::1%eth0',
    '-1.2.3.4',
  ])('refuses %j', (text) => expect(parseIp(text)).toBeUndefined())

  test('agrees with Node on what an address is', () => {
    const part = fc.oneof(
      fc.constantFrom('', '0', '00', 'f', 'ffff', '10000', '255', '256', '1.2.3.4', '1.2'),
      fc.nat(300).map(String),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), fc.constantFrom('.', ':', '::'), (parts, glue) => {
        const text = parts.join(glue)
        expect(parseIp(text) !== undefined, text).toBe(isIPv4(text) || isIPv6(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('formatIp', () => {
  test('is undone by parseIp, and is how Node writes it', () => {
    const group = fc.oneof(fc.constant(0n), fc.bigInt(0n, 0xffffn))
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const value = groups.reduce((all, one) => (all << 16n) | one, 0n)
        const text = formatIp({ version: 6, value })
        expect(parseIp(text)).toEqual({ version: 6, value })
        // Node writes some of the low addresses with a dotted tail; those are left out.
        if (value >> 48n !== 0n) expect(new SocketAddress({ address: text, family: 'ipv6' }).address).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.bigInt(0n, 0xffff_ffffn), (value) => {
        const text = formatIp({ version: 4, value })
        expect(isIPv4(text)).toBe(true)
        expect(parseIp(text)).toEqual({ version: 4, value })
      }),
    )
  })
})

describe('scopeOf', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['2a01:4f8::1', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.100.0.1', 'private'],
    ['169.254.1.1', 'private'],
    ['fd00::1', 'private'],
    ['fe80::1', 'private'],
    ['0.0.0.0', 'unusable'],
    ['203.0.113.7', 'unusable'],
    ['224.0.0.1', 'unusable'],
    ['255.255.255.255', 'unusable'],
    ['::', 'unusable'],
    ['::ffff:8.8.8.8', 'unusable'],
    ['ff02::1', 'unusable'],
    ['2001:db8::1', 'unusable'],
    ['2001:0:4136:e378::1', 'unusable'],
    ['2001:200::1', 'public'],
    ['2002:808:808::1', 'public'],
    ['2002:c0a8:101::1', 'unusable'],
  ])('%s is %s', (text, scope) => expect(scopeOf(parseIp(text)!)).toBe(scope))
})
