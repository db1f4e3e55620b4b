import { integer, property, assert as propertyHolds, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GgufValue, ggufFile } from '../../electron/models/gguf-writer.ts'
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

describe('hostile headers', () => {
  const text = (value: string): GgufValue => ({ type: 'text', value })
  const head = { 'general.architecture': text('llama') }
  const tensor = (name: string) => ({ name, shape: [32], data: new Float32Array(32) })
  const read = (bytes: Uint8Array) => {
    const reading = readGgufHeader(bytes)
    return reading.is === 'not-gguf' ? reading.reason : reading.is
  }
  /** Where the bytes of a text begin, in a file that has it once. */
  const behind = (bytes: Buffer, name: string) => bytes.indexOf(name) + name.length

  test('two tensors on the same bytes', () => {
    const bytes = ggufFile(head, [tensor('first'), tensor('second')])
    expect(read(bytes)).toBe('facts')
    // Behind the name: number of dimensions, one dimension, type, and then the offset.
    bytes.writeBigUInt64LE(64n, behind(bytes, 'second') + 4 + 8 + 4)
    expect(read(bytes)).toBe('two tensors lie on the same bytes')
    bytes.writeBigUInt64LE((1n << 53n) - 1n, behind(bytes, 'second') + 4 + 8 + 4)
    expect(read(bytes)).toBe('a tensor of absurd size')
  })

  test('a key that is there twice', () => {
    const bytes = ggufFile(
      { ...head, 'llama.block_count': { type: 'u32', value: 1 }, 'llama.block_coupt': { type: 'u32', value: 9 } },
      [],
    )
    expect(read(bytes)).toBe('facts')
    bytes.write('llama.block_count', bytes.indexOf('llama.block_coupt'))
    expect(read(bytes)).toBe('the header says something twice')
  })

  test('arrays and texts that claim more than any file has take neither memory nor time', () => {
    const bytes = ggufFile({ ...head, 'tokenizer.ggml.tokens': { type: 'texts', value: ['a'] } }, [])
    const count = behind(bytes, 'tokenizer.ggml.tokens') + 4 + 4
    bytes.writeBigUInt64LE(1n << 50n, count)
    expect(read(bytes)).toBe('more-needed')
    bytes.writeBigUInt64LE(1n << 63n, count)
    expect(read(bytes)).toBe('a length in the header is absurd')
  })

  test('a path in it is a name like any other', () => {
    const reading = readGgufHeader(ggufFile({ ...head, 'general.name': text('../../etc/passwd') }, []))
    expect(reading).toMatchObject({ is: 'facts', facts: { name: '../../etc/passwd' } })
  })

  test('one part of several is known by its header', () => {
    const u16 = (value: number): GgufValue => ({ type: 'u32', value })
    const reading = readGgufHeader(ggufFile({ ...head, 'split.no': u16(2), 'split.count': u16(5) }, []))
    expect(reading).toMatchObject({ facts: { split: { part: 3, parts: 5 } } })
  })
})
