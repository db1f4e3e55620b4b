import { boundedVec, option, struct, tuple, vec } from '../../scale/composites.ts'
import { empty, enumeration, named } from '../../scale/enumeration.ts'
import { bool, text, u8, u32, u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId, h256 } from './account.ts'

// Accounts that act for others, and what each kind of them may do.

export const proxyType = enumeration('subtensor_runtime_common::ProxyType', {
  Any: empty(0),
  Owner: empty(1),
  NonCritical: empty(2),
  NonTransfer: empty(3),
  Senate: empty(4),
  NonFungible: empty(5),
  Triumvirate: empty(6),
  Governance: empty(7),
  Staking: empty(8),
  Registration: empty(9),
  Transfer: empty(10),
  SmallTransfer: empty(11),
  RootWeights: empty(12),
  ChildKeys: empty(13),
  SudoUncheckedSetCode: empty(14),
  SwapHotkey: empty(15),
  SubnetLeaseBeneficiary: empty(16),
  RootClaim: empty(17),
})
export type ProxyType = ValueOf<typeof proxyType>

export const proxyDefinition = struct(
  'pallet_subtensor_proxy::ProxyDefinition',
  { delegate: accountId, proxy_type: proxyType, delay: u32 },
  { AccountId: accountId.shape, ProxyType: proxyType.shape, BlockNumber: u32.shape },
)
export type ProxyDefinition = ValueOf<typeof proxyDefinition>

export const announcement = struct(
  'pallet_subtensor_proxy::Announcement',
  { real: accountId, call_hash: h256, height: u32 },
  { AccountId: accountId.shape, Hash: h256.shape, BlockNumber: u32.shape },
)
export type Announcement = ValueOf<typeof announcement>

/** The delegates of an account and the deposit that they cost, rao. */
export const proxiesWithDeposit = tuple(boundedVec(proxyDefinition, vec(proxyDefinition)), u64)
/** What a delegate announced and the deposit that it costs, rao. */
export const announcementsWithDeposit = tuple(boundedVec(announcement, vec(announcement)), u64)

export const depositKind = enumeration('pallet_subtensor_proxy::DepositKind', {
  Proxies: empty(0),
  Announcements: empty(1),
})

// What `ProxyFilterRuntimeApi` answers.

export const proxyTypeInfo = struct('subtensor_runtime_common::ProxyTypeInfo', {
  name: text,
  index: u8,
  deprecated: bool,
})
export type ProxyTypeInfo = ValueOf<typeof proxyTypeInfo>

export const filterMode = enumeration('subtensor_runtime_common::FilterMode', {
  AllowAll: empty(0),
  DenyAll: empty(1),
  Allow: empty(2),
  Deny: empty(3),
})

export const callCondition = enumeration('subtensor_runtime_common::CallCondition', {
  ParamLessThan: named(0, { param_name: text, limit: u128 }),
  NestedCallMustBe: named(1, { pallet_name: text, call_name: text }),
})
export type CallCondition = ValueOf<typeof callCondition>

export const callInfo = struct('subtensor_runtime_common::CallInfo', {
  pallet_name: text,
  pallet_index: u8,
  call_name: option(text),
  call_index: option(u8),
  condition: option(callCondition),
})
export type CallInfo = ValueOf<typeof callInfo>

export const proxyFilterInfo = struct('subtensor_runtime_common::ProxyFilterInfo', {
  proxy_type: u8,
  name: text,
  deprecated: bool,
  filter_mode: filterMode,
  calls: vec(callInfo),
  exceptions: vec(callInfo),
})
export type ProxyFilterInfo = ValueOf<typeof proxyFilterInfo>
