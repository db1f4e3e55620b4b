import { blake2b } from '@noble/hashes/blake2.js'
import { base58Bytes } from '../../shared/addresses/base58.ts'

/** Bittensor keeps Substrate's generic prefix. @source constant `System.SS58Prefix` = 42 */
const PREFIX = 42
const ACCOUNT_BYTES = 32
const CHECKSUM_BYTES = 2
const CONTEXT = new TextEncoder().encode('SS58PRE')

/**
 * Shape, prefix and check digits of an address. Needs neither a connection nor the chain client's code.
 * @source SS58: the first two bytes of blake2b-512 over `SS58PRE`, prefix and account id
 */
export function isAddress(address: string): boolean {
  const bytes = Uint8Array.from(base58Bytes(address) ?? [])
  if (bytes.length !== 1 + ACCOUNT_BYTES + CHECKSUM_BYTES || bytes[0] !== PREFIX) return false
  const body = bytes.subarray(0, 1 + ACCOUNT_BYTES)
  const sum = blake2b(Uint8Array.of(...CONTEXT, ...body), { dkLen: 64 })
  return sum[0] === bytes[33] && sum[1] === bytes[34]
}
