import { newtype, option, struct, tuple, vec } from '../../scale/composites.ts'
import { empty, enumeration, unnamed } from '../../scale/enumeration.ts'
import { bytes, compact, fixedHex, str, u8, u32, u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'

// Types of the Substrate framework: weights, dispatch results, accounts, digests.

export const weight = struct('sp_weights::weight_v2::Weight', { ref_time: compact(u64), proof_size: compact(u64) })
export type Weight = ValueOf<typeof weight>

export const dispatchClass = enumeration('frame_support::dispatch::DispatchClass', {
  Normal: empty(0),
  Operational: empty(1),
  Mandatory: empty(2),
})
export type DispatchClass = ValueOf<typeof dispatchClass>

export const pays = enumeration('frame_support::dispatch::Pays', {
  Yes: empty(0),
  No: empty(1),
})
export type Pays = ValueOf<typeof pays>

export const dispatchEventInfo = struct('frame_system::DispatchEventInfo', {
  weight,
  class: dispatchClass,
  pays_fee: pays,
})
export type DispatchEventInfo = ValueOf<typeof dispatchEventInfo>

export const moduleError = struct('sp_runtime::ModuleError', { index: u8, error: fixedHex(4) })
export type ModuleError = ValueOf<typeof moduleError>

export const tokenError = enumeration('sp_runtime::TokenError', {
  FundsUnavailable: empty(0),
  OnlyProvider: empty(1),
  BelowMinimum: empty(2),
  CannotCreate: empty(3),
  UnknownAsset: empty(4),
  Frozen: empty(5),
  Unsupported: empty(6),
  CannotCreateHold: empty(7),
  NotExpendable: empty(8),
  Blocked: empty(9),
})
export type TokenError = ValueOf<typeof tokenError>

export const arithmeticError = enumeration('sp_arithmetic::ArithmeticError', {
  Underflow: empty(0),
  Overflow: empty(1),
  DivisionByZero: empty(2),
})
export type ArithmeticError = ValueOf<typeof arithmeticError>

export const transactionalError = enumeration('sp_runtime::TransactionalError', {
  LimitReached: empty(0),
  NoLayer: empty(1),
})
export type TransactionalError = ValueOf<typeof transactionalError>

export const trieError = enumeration('sp_runtime::proving_trie::TrieError', {
  InvalidStateRoot: empty(0),
  IncompleteDatabase: empty(1),
  ValueAtIncompleteKey: empty(2),
  DecoderError: empty(3),
  InvalidHash: empty(4),
  DuplicateKey: empty(5),
  ExtraneousNode: empty(6),
  ExtraneousValue: empty(7),
  ExtraneousHashReference: empty(8),
  InvalidChildReference: empty(9),
  ValueMismatch: empty(10),
  IncompleteProof: empty(11),
  RootMismatch: empty(12),
  DecodeError: empty(13),
})
export type TrieError = ValueOf<typeof trieError>

export const dispatchError = enumeration('sp_runtime::DispatchError', {
  Other: empty(0),
  CannotLookup: empty(1),
  BadOrigin: empty(2),
  Module: unnamed(3, [moduleError]),
  ConsumerRemaining: empty(4),
  NoProviders: empty(5),
  TooManyConsumers: empty(6),
  Token: unnamed(7, [tokenError]),
  Arithmetic: unnamed(8, [arithmeticError]),
  Transactional: unnamed(9, [transactionalError]),
  Exhausted: empty(10),
  Corruption: empty(11),
  Unavailable: empty(12),
  RootNotAllowed: empty(13),
  Trie: unnamed(14, [trieError]),
})
export type DispatchError = ValueOf<typeof dispatchError>

export const extraFlags = newtype('pallet_balances::types::ExtraFlags', u128)
export type ExtraFlags = ValueOf<typeof extraFlags>

export const accountData = struct(
  'pallet_balances::types::AccountData',
  { free: u64, reserved: u64, frozen: u64, flags: extraFlags },
  { Balance: u64.shape },
)
export type AccountData = ValueOf<typeof accountData>

export const accountInfo = struct(
  'frame_system::AccountInfo',
  { nonce: u32, consumers: u32, providers: u32, sufficients: u32, data: accountData },
  { Nonce: u32.shape, AccountData: accountData.shape },
)
export type AccountInfo = ValueOf<typeof accountInfo>

export const weightPerClass = struct(
  'frame_support::dispatch::PerDispatchClass',
  { normal: weight, operational: weight, mandatory: weight },
  { T: weight.shape },
)
export type WeightPerClass = ValueOf<typeof weightPerClass>

export const digestItem = enumeration('sp_runtime::generic::digest::DigestItem', {
  PreRuntime: unnamed(6, [fixedHex(4), bytes]),
  Consensus: unnamed(4, [fixedHex(4), bytes]),
  Seal: unnamed(5, [fixedHex(4), bytes]),
  Other: unnamed(0, [bytes]),
  RuntimeEnvironmentUpdated: empty(8),
})
export type DigestItem = ValueOf<typeof digestItem>

export const digest = struct('sp_runtime::generic::digest::Digest', { logs: vec(digestItem) })
export type Digest = ValueOf<typeof digest>

export const lastRuntimeUpgradeInfo = struct('frame_system::LastRuntimeUpgradeInfo', {
  spec_version: compact(u32),
  spec_name: newtype('Cow', str, { T: str.shape }),
})
export type LastRuntimeUpgradeInfo = ValueOf<typeof lastRuntimeUpgradeInfo>

export const phase = enumeration('frame_system::Phase', {
  ApplyExtrinsic: unnamed(0, [u32]),
  Finalization: empty(1),
  Initialization: empty(2),
})
export type Phase = ValueOf<typeof phase>

export const weightsPerClass = struct('frame_system::limits::WeightsPerClass', {
  base_extrinsic: weight,
  max_extrinsic: option(weight),
  max_total: option(weight),
  reserved: option(weight),
})
export type WeightsPerClass = ValueOf<typeof weightsPerClass>

export const limitsPerClass = struct(
  'frame_support::dispatch::PerDispatchClass',
  { normal: weightsPerClass, operational: weightsPerClass, mandatory: weightsPerClass },
  { T: weightsPerClass.shape },
)
export type LimitsPerClass = ValueOf<typeof limitsPerClass>

export const blockWeights = struct('frame_system::limits::BlockWeights', {
  base_block: weight,
  max_block: weight,
  per_class: limitsPerClass,
})
export type BlockWeights = ValueOf<typeof blockWeights>

export const u32PerClass = struct(
  'frame_support::dispatch::PerDispatchClass',
  { normal: u32, operational: u32, mandatory: u32 },
  { T: u32.shape },
)
export type U32PerClass = ValueOf<typeof u32PerClass>

export const blockLength = struct('frame_system::limits::BlockLength', { max: u32PerClass })
export type BlockLength = ValueOf<typeof blockLength>

export const runtimeDbWeight = struct('sp_weights::RuntimeDbWeight', { read: u64, write: u64 })
export type RuntimeDbWeight = ValueOf<typeof runtimeDbWeight>

export const palletId = newtype('frame_support::PalletId', fixedHex(8))
export type PalletId = ValueOf<typeof palletId>

export const runtimeVersion = struct('sp_version::RuntimeVersion', {
  spec_name: newtype('Cow', str, { T: str.shape }),
  impl_name: newtype('Cow', str, { T: str.shape }),
  authoring_version: u32,
  spec_version: u32,
  impl_version: u32,
  apis: newtype('Cow', vec(tuple(fixedHex(8), u32)), { T: vec(tuple(fixedHex(8), u32)).shape }),
  transaction_version: u32,
  system_version: u8,
})
export type RuntimeVersion = ValueOf<typeof runtimeVersion>

export const opaqueMetadata = newtype('sp_core::OpaqueMetadata', bytes)
export type OpaqueMetadata = ValueOf<typeof opaqueMetadata>
