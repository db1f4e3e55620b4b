import { blake2AsHex } from '@polkadot/util-crypto'
import { accountId } from '../../definitions/types/account.ts'
import { vec } from '../../scale/composites.ts'
import { concatBytes } from '../../scale/hex.ts'
import { u16 } from '../../scale/primitives.ts'

const PREFIX = new TextEncoder().encode('modlpy/utilisuba')
const members = vec(accountId)

/**
 * The account of several members. It has no key: only its members, so many of them, act for it.
 * @param sorted  public keys, 0x-hex, in ascending order
 * @source polkadot-sdk `substrate/frame/multisig` (multi_account_id)
 */
export const multisigAccount = (sorted: readonly string[], threshold: number): string =>
  blake2AsHex(concatBytes(PREFIX, members.codec.enc([...sorted]), u16.codec.enc(threshold)), 256)

/**
 * A numbered account of somebody's own, for `Utility.as_derivative`.
 * @source polkadot-sdk `substrate/frame/utility` (derivative_account_id)
 */
export const derivativeAccount = (who: string, index: number): string =>
  blake2AsHex(concatBytes(PREFIX, accountId.codec.enc(who), u16.codec.enc(index)), 256)
