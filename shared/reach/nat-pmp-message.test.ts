import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressQuestion, mapQuestion, natPmpAnswer } from './nat-pmp-message.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('NAT-PMP', () => {
  test('asks as the standard draws it', () => {
    expect(hex(addressQuestion())).toBe('0000')
    // Port 8091 inside and outside, for 3,600 seconds: seconds, not milliseconds.
    expect(hex(mapQuestion({ inside: 8091, outside: 8091, seconds: 3600 }))).toBe('000200001f9b1f9b00000e10')
    expect(hex(mapQuestion({ inside: 8091, outside: 8091, seconds: 0 }))).toBe('000200001f9b000000000000')
  })

  test.each([
    ['00800000 00000001 cb007109', { kind: 'address', address: '203.0.113.9' }],
    ['00820000 00000001 1f9b1f9c 00000708', { kind: 'mapped', inside: 8091, outside: 8092, seconds: 1800 }],
    ['00820002 00000001 1f9b0000 00000000', { kind: 'refused', to: 'map', why: 'not-allowed' }],
    ['00800003 00000001 00000000', { kind: 'refused', to: 'address', why: 'no-connection' }],
    ['00820063 00000001', { kind: 'refused', to: 'map', why: 'unknown' }],
    ['00810000 00000001 1f9b1f9b 00000708', undefined],
    ['02820000 00000001 1f9b1f9b 00000708', undefined],
    ['00820000 00000001 1f9b1f9b', undefined],
    ['00', undefined],
    ['', undefined],
  ])('reads %s', (text, answer) => expect(natPmpAnswer(bytesOf(text))).toEqual(answer))

  test('no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => void natPmpAnswer(bytes)))
  })
})
