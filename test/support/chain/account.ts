import { randomBytes } from 'node:crypto'
import { blake2AsU8a, encodeAddress, sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto'
import { type Ss58, ss58 } from '../../../shared/units/amounts.ts'

/** A fresh sr25519 account that signs as the keys worker does: 65 bytes, payloads over 256 bytes hashed first. */
export class TestAccount {
  readonly #pair = sr25519PairFromSeed(randomBytes(32))
  readonly address: Ss58 = ss58(encodeAddress(this.#pair.publicKey, 42))

  sign(payload: Uint8Array): Uint8Array {
    const message = payload.length > 256 ? blake2AsU8a(payload) : payload
    return Uint8Array.of(1, ...sr25519Sign(message, this.#pair))
  }
}
