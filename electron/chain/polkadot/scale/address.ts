import { fromBufferToBase58, getSs58AddressInfo } from '@polkadot-api/substrate-bindings'
import { type Ss58, ss58 } from '../../../../shared/units/amounts.ts'
import { fail } from '../failure.ts'

/** Bittensor keeps Substrate's generic prefix. @source constant `System.SS58Prefix` = 42 */
const PREFIX = 42
const toText = fromBufferToBase58(PREFIX)

// A copy: the library remembers addresses by what its argument's buffer begins with, so a view into an answer would get
// another account's address.
export const addressOf = (publicKey: Uint8Array): Ss58 => ss58(toText(publicKey.slice()))

/** Verifies the checksum: a mistyped address must never reach the chain. @errors chain/bad-address */
export function publicKeyOf(address: string): Uint8Array {
  const info = getSs58AddressInfo(address)
  if (!info.isValid || info.publicKey.length !== 32 || info.ss58Format !== PREFIX)
    return fail({ code: 'chain/bad-address', address })
  return info.publicKey
}
