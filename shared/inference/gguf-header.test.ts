import { integer, property, assert as propertyHolds, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { selfTestModel } from '../../electron/models/self-test-model.ts'
import { readGgufHeader } from './gguf-header.ts'

const whole = selfTestModel()
/** Little-endian header start: magic, version, tensor count, key count. */
const start = (version: number, tensors: bigint, keys: bigint): Uint8Array => {
  const bytes = new Uint8Array(24)
  bytes.set([0x47, 0x47, 0x55, 0x46])
  const view = new DataView(bytes.buffer)
  view.setUint32(4, version, true)
  view.setBigUint64(8, tensors, true)
  view.setBigUint64(16, keys, true)
  return bytes
}

describe('refusals', () => {
  test.each([
    ['a web page', new TextEncoder().encode('<!doctype html><html>'), /does not begin with GGUF/],
    ['version 1', start(1, 1n, 1n), /version 1 is not supported/],
    ['an absurd tensor count', start(3, 1n << 40n, 1n), /too many entries/],
    ['a count beyond any file', start(3, 1n << 63n, 1n), /absurd/],
    ['no architecture', start(3, 0n, 0n), /no architecture/],
  ])('%s', (_, bytes, reason) => {
    const reading = readGgufHeader(bytes)
    expect(reading.is).toBe('not-gguf')
    expect(reading.is === 'not-gguf' && reading.reason).toMatch(reason)
  })
})

test('a header that goes on asks for more, wherever it is cut', () => {
  const full = readGgufHeader(whole)
  if (full.is !== 'facts') throw new Error(full.is)
  void propertyHolds(
    property(
      integer({ min: 0, max: 8000 }),
      (length) => readGgufHeader(whole.subarray(0, length)).is === 'more-needed',
    ),
  )
})

test('flipped bytes never throw and never hang', () => {
  void propertyHolds(
    property(integer({ min: 4, max: 9000 }), uint8Array({ minLength: 1, maxLength: 16 }), (at, noise) => {
      const bytes = Uint8Array.from(whole)
      bytes.set(noise, at)
      return ['facts', 'more-needed', 'not-gguf'].includes(readGgufHeader(bytes).is)
    }),
  )
})
