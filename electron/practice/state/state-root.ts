import { blake2b } from '@noble/hashes/blake2.js'
import type { Changes } from './versioned-state.ts'

const MODULUS = 1n << 256n

function pairHash(key: string, value: Uint8Array): bigint {
  const keyBytes = Buffer.from(key.slice(2), 'hex')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(keyBytes.length)
  const digest = blake2b(Buffer.concat([length, keyBytes, value]), { dkLen: 32 })
  return BigInt(`0x${Buffer.from(digest).toString('hex')}`)
}

/**
 * A commitment to the whole state that costs only what a block changed: the sum of the hashes of all pairs.
 * It is not Substrate's trie root (this chain serves no storage proofs), but it depends on the content
 * alone: equal states have equal roots, whatever the way to them.
 */
export class StateRoot {
  #sum: bigint

  constructor(root: Uint8Array = new Uint8Array(32)) {
    this.#sum = BigInt(`0x${Buffer.from(root).toString('hex')}`)
  }

  /** @param before  reads the value that a changed key had. */
  apply(changes: Changes, before: (key: string) => Uint8Array | undefined): void {
    let sum = this.#sum
    for (const [key, value] of changes) {
      const old = before(key)
      if (old) sum -= pairHash(key, old)
      if (value) sum += pairHash(key, value)
    }
    this.#sum = ((sum % MODULUS) + MODULUS) % MODULUS
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.from(this.#sum.toString(16).padStart(64, '0'), 'hex'))
  }
}
