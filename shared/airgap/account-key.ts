import { base58Bytes } from '../addresses/base58.ts'

const PREFIX_BYTES = 1
const KEY_BYTES = 32

/** The public key in an address of this chain. Check digits were looked at when the address came in. */
export function accountKey(address: string): Uint8Array | undefined {
  const bytes = base58Bytes(address)
  if (bytes?.length !== PREFIX_BYTES + KEY_BYTES + 2) return undefined
  return Uint8Array.from(bytes.slice(PREFIX_BYTES, PREFIX_BYTES + KEY_BYTES))
}
