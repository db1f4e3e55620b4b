import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seenAddress, stunQuestion, stunServer } from './stun-message.ts'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
const TRANSACTION = bytesOf('b7e7a701bc34d686fa87dfae')
// RFC 5769, 2.2 and 2.3.
const IPV4 = bytesOf(`0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
  00200008 0001a147e112a643 00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`)
const IPV6 = bytesOf(`01010048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
  00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9 00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`)

describe('STUN', () => {
  test('asks with a header of 20 bytes', () => {
    expect(Buffer.from(stunQuestion(TRANSACTION)).toString('hex')).toBe('000100002112a442b7e7a701bc34d686fa87dfae')
  })

  test('reads the answers that the standard prints', () => {
    expect(seenAddress(IPV4, TRANSACTION)).toEqual({ family: 4, address: '192.0.2.1', port: 32_853 })
    expect(seenAddress(IPV6, TRANSACTION)).toEqual({
      family: 6,
      address: '2001:db8:1234:5678:11:2233:4455:6677',
      port: 32_853,
    })
  })

  test('reads the plain address of an old server', () => {
    const old = bytesOf('0101000c 2112a442 b7e7a701bc34d686fa87dfae 00010008 0001 8055 c0000201')
    expect(seenAddress(old, TRANSACTION)).toEqual({ family: 4, address: '192.0.2.1', port: 32_853 })
  })

  test.each([
    ['of another question', IPV4, bytesOf('000000000000000000000000')],
    ['that is a refusal', bytesOf('01110000 2112a442 b7e7a701bc34d686fa87dfae'), TRANSACTION],
    ['that has no address', bytesOf('01010000 2112a442 b7e7a701bc34d686fa87dfae'), TRANSACTION],
    [
      'of an unknown family',
      bytesOf('0101000c 2112a442 b7e7a701bc34d686fa87dfae 00200008 0003a147e112a643'),
      TRANSACTION,
    ],
    [
      'with a length of its own',
      bytesOf('01010010 2112a442 b7e7a701bc34d686fa87dfae 00200008 0001a147e112a643'),
      TRANSACTION,
    ],
  ])('takes no answer %s', (_what, message, transaction) => {
    expect(seenAddress(message, transaction)).toBeUndefined()
  })

  test('an answer that is cut short is none, and no bytes make it throw', () => {
    for (let length = 0; length < IPV4.length; length++) {
      expect(seenAddress(IPV4.slice(0, length), TRANSACTION)).toBeUndefined()
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
        const message = new Uint8Array([...IPV4.slice(0, 20), ...tail])
        new DataView(message.buffer).setUint16(2, tail.length)
        const seen = seenAddress(message, TRANSACTION)
        expect(seen === undefined || seen.port <= 65_535).toBe(true)
      }),
    )
  })

  test.each([
    ['stun.example.org:3478', { host: 'stun.example.org', port: 3478 }],
    ['[2001:db8::1]:3478', { host: '2001:db8::1', port: 3478 }],
    ['192.0.2.1:1', { host: '192.0.2.1', port: 1 }],
    ['stun.example.org', undefined],
    ['stun.example.org:0', undefined],
    ['http://stun.example.org:80', undefined],
    ['a b:1', undefined],
  ])('reads the server %s', (text, server) => expect(stunServer(text)).toEqual(server))
})
