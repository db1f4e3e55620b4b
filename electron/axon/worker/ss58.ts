import { createHash } from 'node:crypto'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** Prefix 42, 32 bytes of key, 2 of checksum. */
const LENGTH = 35
const PREFIX = 42

function base58(text: string): Uint8Array | undefined {
  let value = 0n
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter)
    if (digit < 0) return undefined
    value = value * 58n + BigInt(digit)
  }
  const hex = value.toString(16)
  return hex.length > LENGTH * 2 ? undefined : new Uint8Array(Buffer.from(hex.padStart(LENGTH * 2, '0'), 'hex'))
}

/**
 * The public key that an address names; `undefined` where prefix or checksum is wrong.
 * @source SS58: blake2b-512 of `SS58PRE`, prefix and key; its first two bytes end the address
 */
export function publicKeyOf(address: string): Uint8Array | undefined {
  if (address.length !== 48) return undefined
  const bytes = base58(address)
  if (!bytes || bytes[0] !== PREFIX) return undefined
  const checksum = createHash('blake2b512').update('SS58PRE').update(bytes.subarray(0, 33)).digest()
  return checksum[0] === bytes[33] && checksum[1] === bytes[34] ? bytes.slice(1, 33) : undefined
}
