import { enhanceCodec } from 'scale-ts'
import { boundedVec, newtype, option } from '../../scale/composites.ts'
import { call, definePallet, event } from '../../scale/pallet.ts'
import { bytes, fixedHex, u8, u32 } from '../../scale/primitives.ts'
import { storageOption, storageOptionMap } from '../../scale/storage.ts'
import type { ScaleType } from '../../scale/type.ts'
import { accountId, h256 } from '../types/account.ts'

/** `BoundedVec<u8, ConstU32<most>>`: the chain refuses a longer one when it decodes it. */
function bytesUpTo(most: number): ScaleType<Uint8Array> {
  const checked = (value: Uint8Array): Uint8Array => {
    if (value.length > most) throw new RangeError(`${value.length} bytes where at most ${most} fit`)
    return value
  }
  return boundedVec(u8, { ...bytes, codec: enhanceCodec(bytes.codec, checked, checked) })
}

/** @source primitives/shield `ShieldEncKey`: an ML-KEM-768 key has 1184 bytes, the bound leaves room for longer ones */
const encryptionKey = bytesUpTo(2048)
/** @source pallets/shield `submit_encrypted` */
const ciphertext = bytesUpTo(8192)

const auraKey = newtype('sp_consensus_aura::sr25519::app_sr25519::Public', fixedHex(32))

/**
 * Transactions that nobody but the block's author can read before they are in a block. The queue of
 * `store_encrypted` is left out: on mainnet it has nothing that could decrypt it.
 */
export const mevShield = definePallet({
  name: 'MevShield',
  index: 30,
  module: 'pallet_shield::pallet',
  storage: {
    CurrentKey: storageOption(encryptionKey, "This block's author's key."),
    PendingKey: storageOption(encryptionKey, "The next block's author's key."),
    NextKey: storageOption(encryptionKey, 'Key to encrypt with.'),
    AuthorKeys: storageOptionMap([['Twox64Concat', auraKey]], encryptionKey, 'Key that an author announced last.'),
    PendingKeyExpiresAt: storageOption(u32, 'First block that no longer takes PendingKey.'),
    NextKeyExpiresAt: storageOption(u32, 'First block that no longer takes NextKey.'),
  },
  calls: {
    announce_next_key: call(0, { enc_key: option(encryptionKey) }, 'Inherent: moves the keys up, names a new one.'),
    submit_encrypted: call(
      1,
      { ciphertext },
      'Carries a signed extrinsic: key hash (16), length of the encapsulation (2), encapsulation, nonce (24), sealed bytes.',
    ),
  },
  events: {
    EncryptedSubmitted: event(0, { id: h256, who: accountId }, 'A carrier was included.'),
  },
})
