import { emptyStruct, newtype, option, struct, tuple, unit } from '../scale/composites.ts'
import { empty, enumeration, unnamed, type VariantType } from '../scale/enumeration.ts'
import { compact, fixedHex, u8, u32, u64 } from '../scale/primitives.ts'
import type { AnyScaleType, ScaleType } from '../scale/type.ts'
import { h256 } from './types/account.ts'

const MORTALS: Readonly<Record<string, VariantType<number>>> = Object.fromEntries(
  Array.from({ length: 255 }, (_, at) => [`Mortal${at + 1}`, unnamed(at + 1, [u8])]),
)

/** An extrinsic's life as the registry spells it, one variant for each first byte; extrinsic/era.ts knows what they mean. */
export const era = enumeration<Record<string, number | undefined>>('sp_runtime::generic::era::Era', {
  Immortal: empty(0),
  ...MORTALS,
} as Record<string, VariantType<number | undefined>>)

const metadataHashMode = enumeration('frame_metadata_hash_extension::Mode', {
  Disabled: empty(0),
  Enabled: empty(1),
})

const skipped = { T: undefined }
const ofRuntime = { T: emptyStruct('node_subtensor_runtime::Runtime').shape }
const framed = (name: string, file: string) => emptyStruct(`frame_system::extensions::${file}::${name}`, skipped)
const tip = newtype('pallet_transaction_payment::ChargeTransactionPayment', compact(u64), skipped)

/**
 * The thirteen extensions of mainnet, in the order in which their bytes follow each other.
 * @source mainnet metadata of spec 424; the runtime's `TransactionExtensions` tuple
 */
export const SIGNED_EXTENSIONS = [
  extension('CheckNonZeroSender', framed('CheckNonZeroSender', 'check_non_zero_sender'), unit),
  extension('CheckSpecVersion', framed('CheckSpecVersion', 'check_spec_version'), u32),
  extension('CheckTxVersion', framed('CheckTxVersion', 'check_tx_version'), u32),
  extension('CheckGenesis', framed('CheckGenesis', 'check_genesis'), h256),
  extension('CheckMortality', newtype('node_subtensor_runtime::check_mortality::CheckMortality', era, skipped), h256),
  extension('CheckNonce', newtype('node_subtensor_runtime::check_nonce::CheckNonce', compact(u32), skipped), unit),
  extension('CheckWeight', framed('CheckWeight', 'check_weight'), unit),
  extension('ChargeTransactionPayment', tip, unit),
  extension(
    'SudoTransactionExtension',
    emptyStruct('node_subtensor_runtime::sudo_wrapper::SudoTransactionExtension', ofRuntime),
    unit,
  ),
  extension(
    'CheckShieldedTxValidity',
    emptyStruct('pallet_shield::extension::CheckShieldedTxValidity', ofRuntime),
    unit,
  ),
  extension(
    'SubtensorTransactionExtension',
    emptyStruct('pallet_subtensor::extensions::subtensor::SubtensorTransactionExtension', ofRuntime),
    unit,
  ),
  extension('DrandPriority', emptyStruct('pallet_drand::drand_priority::DrandPriority', ofRuntime), unit),
  extension(
    'CheckMetadataHash',
    struct('frame_metadata_hash_extension::CheckMetadataHash', { mode: metadataHashMode }, skipped),
    option(fixedHex(32)),
  ),
] as const

/** `extra` is what an extension adds to the extrinsic, `additional` what only the signature covers. */
function extension<X, A>(identifier: string, extra: ScaleType<X>, additional: ScaleType<A>) {
  return { identifier, extra, additional } as const
}

const extras: readonly AnyScaleType[] = SIGNED_EXTENSIONS.map((one) => one.extra)
const PAYMENT = extras.indexOf(tip)
const wrappedTip = struct(
  'node_subtensor_runtime::transaction_payment_wrapper::ChargeTransactionPaymentWrapper',
  { inner: tip },
  skipped,
)

/** All extensions as the type parameter of the extrinsic has them: the runtime groups them in nested tuples. */
export const extensionsTuple: AnyScaleType = tuple(
  tuple(...extras.slice(0, PAYMENT)),
  tuple(wrappedTip, ...extras.slice(PAYMENT + 1, -1)),
  ...extras.slice(-1),
)
