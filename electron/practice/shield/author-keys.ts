import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { xxhashAsU8a } from '@polkadot/util-crypto'
import type { Envelope } from '../runtime.port.ts'
import { concatBytes, fromHex, toHex } from '../scale/hex.ts'

/** A client reads the key of one block before; its own extrinsics live eight blocks; one to spare. */
const KEPT_BLOCKS = 10
/** The key that block b announces is `NextKey` after b + 1 and `PendingKey` after b + 2: block b + 3 opens with it. */
const OPENS_AFTER = 3

interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
  /** twox_128 of the public key, 0x-hex. */
  readonly hash: string
}

const DOMAIN = new TextEncoder().encode('taoforge practice shield key')

/** Where an envelope stands when a block is built: not yet, now, or for a key that the author does not have. */
export type Standing = 'early' | 'due' | 'unknown'

/**
 * The author's ML-KEM-768 keys, one for each block that it builds.
 *
 * They follow from the genesis hash and the block's number: a restarted author has the same ones, and a seed gives the
 * same blocks again. Whoever knows that can read what others seal; on a chain of play money there is nothing to gain.
 * A key opens for ten blocks, not mainnet's two: at 250 ms a block no client could meet a single one.
 */
export class AuthorKeys {
  readonly #genesis: string
  readonly #known = new Map<number, KeyPair>()

  /** @param genesis  0x-hex */
  constructor(genesis: string) {
    this.#genesis = genesis
  }

  /** The key that block `number` announces, 1184 bytes. */
  publicKey(number: number): Uint8Array {
    return this.#pair(number).publicKey
  }

  /** @param number  the block that is being built */
  standing(keyHash: string, number: number): Standing {
    const announced = this.#announcedAt(keyHash, number)
    if (announced === undefined) return 'unknown'
    return announced + OPENS_AFTER <= number ? 'due' : 'early'
  }

  /** The extrinsic inside; undefined when it is not for this author or was changed. */
  open(envelope: Envelope, number: number): Uint8Array | undefined {
    const announced = this.#announcedAt(envelope.keyHash, number)
    if (announced === undefined) return undefined
    try {
      const secret = ml_kem768.decapsulate(envelope.encapsulation, this.#pair(announced).secretKey)
      return xchacha20poly1305(secret, envelope.nonce).decrypt(envelope.sealed)
    } catch {
      // Another length of encapsulation, or a tag that does not fit.
      return undefined
    }
  }

  #announcedAt(keyHash: string, number: number): number | undefined {
    for (let at = number - 1; at >= Math.max(1, number - KEPT_BLOCKS); at -= 1) {
      if (this.#pair(at).hash === keyHash) return at
    }
    return undefined
  }

  #pair(number: number): KeyPair {
    const known = this.#known.get(number)
    if (known) return known
    const block = new Uint8Array(4)
    new DataView(block.buffer).setUint32(0, number, true)
    const seed = blake2b(concatBytes(DOMAIN, fromHex(this.#genesis), block), { dkLen: 64 })
    const { publicKey, secretKey } = ml_kem768.keygen(seed)
    const pair = { publicKey, secretKey, hash: toHex(xxhashAsU8a(publicKey, 128)) }
    this.#known.set(number, pair)
    for (const old of this.#known.keys()) if (old < number - KEPT_BLOCKS - 1) this.#known.delete(old)
    return pair
  }
}
