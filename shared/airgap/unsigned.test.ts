import { describe, expect, test } from 'vitest'
import { hexOf } from './hex.ts'
import { readUnsigned, readUnsignedFile, type Unsigned, unsignedBytes, unsignedFile } from './unsigned.ts'

const key = new Uint8Array(32).fill(0xf4)
const genesis = new Uint8Array(32).fill(0xb0)
/** The smallest proof there is: no leaf, no node, an extrinsic without extensions. */
const proof = Uint8Array.of(0, 0, 0, 4, 21, 21, 21, 0, 1, 0, 0, 0, 4, 0x78, 42, 0, 9, 12, 0x54, 0x41, 0x4f)
const unsigned: Unsigned = {
  scheme: 'sr25519',
  signer: key,
  proof,
  payload: Uint8Array.of(5, 3, 1, 2, 3, 9, 9, 9),
  callBytes: 5,
  genesis,
}
const facts = { address: '5abc', network: 'Practice', specVersion: 1, validUntilBlock: 128 }
const damaged = (what: string) => ({ ok: false, error: { code: 'airgap/damaged', what } })
const bytes = unsignedBytes(unsigned)

test('the parts stand where Polkadot Vault looks for them', () => {
  const parts = ['530106', 'f4'.repeat(32), hexOf(proof), '14', '0503010203', '090909', 'b0'.repeat(32)]
  expect(hexOf(bytes)).toBe(parts.join(''))
  expect(readUnsigned(bytes)).toEqual({ ok: true, value: unsigned })
})

test('a file carries the same, and so do bare digits', () => {
  expect(readUnsignedFile(unsignedFile(unsigned, facts))).toEqual({ ok: true, value: unsigned })
  expect(readUnsignedFile(`0x${hexOf(bytes)}\n`)).toEqual({ ok: true, value: unsigned })
})

describe('refuses', () => {
  const withByte = (at: number, value: number) => Uint8Array.from(bytes, (byte, i) => (i === at ? value : byte))

  test('what is something else', () => {
    expect(readUnsigned(withByte(0, 0x54))).toEqual(damaged('it is no request for a signature'))
    expect(readUnsigned(withByte(1, 2))).toEqual(damaged('another kind of key'))
    expect(readUnsigned(withByte(2, 0))).toEqual(damaged('it comes without the proof of its metadata'))
    expect(readUnsigned(withByte(2, 3))).toEqual(damaged('it comes without the proof of its metadata'))
  })

  test('what ends anywhere before its end', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const read = readUnsigned(bytes.subarray(0, length))
      // A call that lost its last bytes to the genesis hash is caught by the signer, which reads both.
      if (read.ok) expect(unsignedBytes(read.value)).toEqual(bytes.subarray(0, length))
    }
    expect(readUnsigned(bytes.subarray(0, 40))).toMatchObject({ ok: false })
  })

  test('files of another kind, version, size, or with parts that do not fit', () => {
    const file = JSON.parse(unsignedFile(unsigned, facts)) as Record<string, unknown>
    const changed = (change: object) => readUnsignedFile(JSON.stringify({ ...file, ...change }))
    expect(readUnsignedFile('hello')).toEqual(damaged('it is neither such a file nor hex digits'))
    expect(readUnsignedFile('')).toEqual(damaged('it is neither such a file nor hex digits'))
    expect(readUnsignedFile(' '.repeat(200_001))).toEqual(damaged('a file that is too large'))
    expect(changed({ format: 'x' })).toEqual(damaged('another kind of file'))
    expect(changed({ version: 2 })).toEqual(damaged('a file of a newer version'))
    expect(changed({ scheme: 'ecdsa' })).toEqual(damaged('a file with parts missing'))
    expect(changed({ callBytes: 1.5 })).toEqual(damaged('a file with parts missing'))
    expect(changed({ callBytes: 99 })).toMatchObject({ ok: false })
    expect(changed({ signer: '0x12' })).toMatchObject({ ok: false })
    expect(changed({ genesis: undefined })).toMatchObject({ ok: false })
    expect(changed({ metadataProof: '0x00' })).toMatchObject({ ok: false })
  })
})
