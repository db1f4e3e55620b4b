import { AccountId, getSs58AddressInfo } from '@polkadot-api/substrate-bindings'
import { type Ss58, ss58 } from '../../../../shared/units/amounts.ts'
import { fail } from '../failure.ts'

/** Bittensor keeps Substrate's generic prefix. @source constant `System.SS58Prefix` = 42 */
const PREFIX = 42
const codec = AccountId(PREFIX)

export const addressOf = (publicKey: Uint8Array): Ss58 => ss58(codec.dec(publicKey))

/** Verifies the checksum: a mistyped address must never reach the chain. @errors chain/bad-address */
export function publicKeyOf(address: string): Uint8Array {
  const info = getSs58AddressInfo(address)
  if (!info.isValid || info.publicKey.length !== 32 || info.ss58Format !== PREFIX)
    return fail({ code: 'chain/bad-address', address })
  return info.publicKey
}
