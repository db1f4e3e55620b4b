import { decodeAddress } from '@polkadot/util-crypto/address'

/** @returns the 32 public bytes, or `undefined` when the text is no address with the practice chain's prefix 42. */
export function publicKeyOf(address: string): Uint8Array | undefined {
  try {
    const key = decodeAddress(address, false, 42)
    return key.length === 32 ? key : undefined
  } catch {
    return undefined
  }
}
