import { blake2b } from '@noble/hashes/blake2.js'
import { fromHex, toHex } from '../state/bytes.ts'

/** Hashes and digest items are 0x-hex, as in Substrate's JSON. */
export interface Header {
  readonly parentHash: string
  readonly number: number
  readonly stateRoot: string
  readonly extrinsicsRoot: string
  readonly digest: readonly string[]
}

export const hash256 = (bytes: Uint8Array): string => toHex(blake2b(bytes, { dkLen: 32 }))

/** SCALE `Compact<u64>` for the small numbers that headers and inherents hold. */
export function compact(value: number): Uint8Array {
  if (value < 1 << 6) return Uint8Array.of(value << 2)
  if (value < 1 << 14) return Uint8Array.of(((value << 2) | 1) & 0xff, value >> 6)
  const bytes = Buffer.alloc(8)
  if (value < 2 ** 30) {
    bytes.writeUInt32LE(value * 4 + 2)
    return new Uint8Array(bytes.subarray(0, 4))
  }
  bytes.writeBigUInt64LE(BigInt(value))
  let length = 8
  while (length > 4 && bytes[length - 1] === 0) length -= 1
  return new Uint8Array([((length - 4) << 2) | 3, ...bytes.subarray(0, length)])
}

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex)
  if (!bytes) throw new Error(`not hex: ${hex}`)
  return bytes
}

export function encodeHeader(header: Header): Uint8Array {
  return new Uint8Array(
    Buffer.concat([
      bytesOf(header.parentHash),
      compact(header.number),
      bytesOf(header.stateRoot),
      bytesOf(header.extrinsicsRoot),
      compact(header.digest.length),
      ...header.digest.map(bytesOf),
    ]),
  )
}

export const hashHeader = (header: Header): string => hash256(encodeHeader(header))

/** `DigestItem::PreRuntime(b"aura", slot)`: how mainnet's headers name the slot of the block. */
export function auraPreRuntime(slot: number): string {
  const bytes = Buffer.alloc(14)
  bytes[0] = 6
  bytes.write('aura', 1, 'latin1')
  bytes[5] = 8 << 2
  bytes.writeBigUInt64LE(BigInt(slot), 6)
  return toHex(bytes)
}

/** Commits to the list of extrinsics: hash of the SCALE vector (mainnet hashes a trie of the same list). */
export function extrinsicsRoot(extrinsics: readonly Uint8Array[]): string {
  return hash256(new Uint8Array(Buffer.concat([compact(extrinsics.length), ...extrinsics])))
}

/** The inherent `Timestamp.set(now)` as an unsigned version-4 extrinsic. Pallet 2, call 0. */
export function timestampInherent(timestampMs: number): Uint8Array {
  const body = Buffer.concat([Uint8Array.of(0x04, 2, 0), compact(timestampMs)])
  return new Uint8Array(Buffer.concat([compact(body.length), body]))
}
