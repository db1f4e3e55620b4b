import { newtype, unit } from '../../scale/composites.ts'
import { enumeration, unnamed } from '../../scale/enumeration.ts'
import { bytes, fixedHex } from '../../scale/primitives.ts'
import type { ScaleType, ValueOf } from '../../scale/type.ts'

/** 32 public bytes as lower-case 0x-hex; the chain's own form of a coldkey, hotkey or pallet account. */
export const accountId: ScaleType<string> = newtype('sp_core::crypto::AccountId32', fixedHex(32))
export const h256: ScaleType<string> = newtype('primitive_types::H256', fixedHex(32))

/** What the chain reads where an account was never written. */
export const ZERO_ACCOUNT = `0x${'00'.repeat(32)}`
export const ZERO_HASH = `0x${'00'.repeat(32)}`

/** The index form exists on the wire only; nothing follows its number. */
const noIndex: ScaleType<undefined> = { codec: unit.codec, shape: { kind: 'compact', of: unit.shape } }

/** Who a call names. Wallets write `Id`; the practice chain, as mainnet, refuses the others when it looks them up. */
export const multiAddress = enumeration(
  'sp_runtime::multiaddress::MultiAddress',
  {
    Id: unnamed(0, [accountId]),
    Index: unnamed(1, [noIndex]),
    Raw: unnamed(2, [bytes]),
    Address32: unnamed(3, [fixedHex(32)]),
    Address20: unnamed(4, [fixedHex(20)]),
  },
  { AccountId: accountId.shape, AccountIndex: unit.shape },
)
export type MultiAddress = ValueOf<typeof multiAddress>

/** A signature as 0x-hex with its scheme. */
export const multiSignature = enumeration('sp_runtime::MultiSignature', {
  Ed25519: unnamed(0, [fixedHex(64)]),
  Sr25519: unnamed(1, [fixedHex(64)]),
  Ecdsa: unnamed(2, [fixedHex(65)]),
})
export type MultiSignature = ValueOf<typeof multiSignature>
