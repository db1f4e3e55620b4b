import { decodeAddress, encodeAddress } from '@polkadot/util-crypto'
import { type Ss58, ss58 } from '../../../../shared/units/amounts.ts'
import { fail } from '../failure.ts'

/** Bittensor keeps Substrate's generic prefix. @source constant `System.SS58Prefix` = 42 */
const PREFIX = 42

export const addressOf = (publicKey: Uint8Array): Ss58 => ss58(encodeAddress(publicKey, PREFIX))

/** Verifies the checksum: a mistyped address must never reach the chain. @errors chain/bad-address */
export function publicKeyOf(address: string): Uint8Array {
  const key = read(address)
  // The library takes hex and other account lengths for an address as well; the chain's people do not.
  return key?.length === 32 && addressOf(key) === address ? key : fail({ code: 'chain/bad-address', address })
}

function read(address: string): Uint8Array | undefined {
  try {
    return decodeAddress(address, false, PREFIX)
  } catch {
    return undefined
  }
}
