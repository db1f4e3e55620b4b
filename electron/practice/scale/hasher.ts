import { blake2AsU8a, xxhashAsU8a } from '@polkadot/util-crypto'
import { concatBytes } from './hex.ts'

/** How a storage map turns an encoded key into a part of the storage key, in the metadata's names. */
export type Hasher = 'Identity' | 'Twox64Concat' | 'Blake2128Concat'

/** Bytes of hash before the key itself. All hashers of the practice chain keep the key readable behind the hash. */
export const HASH_BYTES: Readonly<Record<Hasher, number>> = { Identity: 0, Twox64Concat: 8, Blake2128Concat: 16 }

export function hashKey(hasher: Hasher, key: Uint8Array): Uint8Array {
  switch (hasher) {
    case 'Identity':
      return key
    case 'Twox64Concat':
      return concatBytes(xxhashAsU8a(key, 64), key)
    case 'Blake2128Concat':
      return concatBytes(blake2AsU8a(key, 128), key)
  }
}

/** The 16 bytes that a pallet's or an item's name gives to every one of its storage keys. */
export const twox128 = (name: string): Uint8Array => xxhashAsU8a(new TextEncoder().encode(name), 128)
