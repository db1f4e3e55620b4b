import { encodeAddress } from '@polkadot/util-crypto/address'
import { keyExtractPath, keyFromPath } from '@polkadot/util-crypto/key'
import { sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto/sr25519'

/** A well-known development key: everybody has its secret, so it may only ever hold play money. */
export interface DevKey {
  readonly publicKey: Uint8Array
  /** SS58, prefix 42. */
  readonly address: string
  sign(message: Uint8Array): Uint8Array
}

/** Mini-secret of Substrate's published development phrase, "bottom drive obey lake …". */
const DEV_SEED = Buffer.from('fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e', 'hex')

/** @param uri  a derivation path of the development phrase, `//Alice`. */
export function devKey(uri: string): DevKey {
  const pair = keyFromPath(sr25519PairFromSeed(DEV_SEED), keyExtractPath(uri).path, 'sr25519')
  return {
    publicKey: pair.publicKey,
    address: encodeAddress(pair.publicKey, 42),
    sign: (message) => sr25519Sign(message, pair),
  }
}
