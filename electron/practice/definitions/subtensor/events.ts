import { tuple, vec } from '../../scale/composites.ts'
import { event } from '../../scale/pallet.ts'
import { bool, u16, u64 } from '../../scale/primitives.ts'
import { newerEvents } from '../newer.ts'
import { accountId, h256 } from '../types/account.ts'

/** Events of the Subtensor pallet. */
export const events = {
  NetworkAdded: event(0, [u16, u16]),
  NetworkRemoved: event(1, [u16]),
  StakeAdded: event(2, [accountId, accountId, u64, u64, u16, u64]),
  StakeRemoved: event(3, [accountId, accountId, u64, u64, u16, u64]),
  StakeMoved: event(4, [accountId, accountId, u16, accountId, u16, u64]),
  WeightsSet: event(5, [u16, u16]),
  NeuronRegistered: event(6, [u16, u16, accountId]),
  AxonServed: event(28, [u16, accountId]),
  PrometheusServed: event(29, [u16, accountId]),
  DelegateAdded: event(30, [accountId, accountId, u16]),
  ChildKeyTakeSet: event(48, [accountId, u16]),
  HotkeySwapped: event(66, { coldkey: accountId, old_hotkey: accountId, new_hotkey: accountId }),
  ColdkeySwapAnnounced: event(69, { who: accountId, new_coldkey_hash: h256 }),
  ColdkeySwapReset: event(70, { who: accountId }),
  ColdkeySwapped: event(71, { old_coldkey: accountId, new_coldkey: accountId }),
  ColdkeySwapDisputed: event(72, { coldkey: accountId }),
  SetChildrenScheduled: event(75, [accountId, u16, u64, vec(tuple(u64, accountId))]),
  SetChildren: event(76, [accountId, u16, vec(tuple(u64, accountId))]),
  SubnetIdentitySet: event(78, [u16]),
  SubnetIdentityRemoved: event(79, [u16]),
  StakeTransferred: event(91, [accountId, accountId, accountId, u16, u16, u64]),
  StakeSwapped: event(92, [accountId, accountId, u16, u16, u64]),
  FirstEmissionBlockNumberSet: event(95, [u16, u64]),
  AlphaRecycled: event(96, [accountId, accountId, u64, u16]),
  AlphaBurned: event(97, [accountId, accountId, u64, u16]),
  HotkeySwappedOnSubnet: event(102, {
    coldkey: accountId,
    old_hotkey: accountId,
    new_hotkey: accountId,
    netuid: u16,
  }),
  AutoStakeAdded: event(109, {
    netuid: u16,
    destination: accountId,
    hotkey: accountId,
    owner: accountId,
    incentive: u64,
  }),
  IncentiveAlphaEmittedToMiners: event(110, { netuid: u16, emissions: vec(u64) }),
  AutoStakeDestinationSet: event(112, { coldkey: accountId, netuid: u16, hotkey: accountId }),
  RootClaimed: event(114, { coldkey: accountId }),
  ColdkeySwapCleared: event(122, { who: accountId }),
  TransactionFeePaidWithAlpha: event(123, { who: accountId, netuid: u16, alpha_fee: u64, tao_amount: u64 }),
  AutoParentDelegationEnabledSet: event(126, { hotkey: accountId, enabled: bool }),
  StakeLocked: event(127, { coldkey: accountId, hotkey: accountId, netuid: u16, amount: u64 }),
  LockMoved: event(129, {
    coldkey: accountId,
    origin_hotkey: accountId,
    destination_hotkey: accountId,
    netuid: u16,
  }),
  PerpetualLockUpdated: event(135, { coldkey: accountId, netuid: u16, enabled: bool }),
  RejectLockedAlphaUpdated: event(136, { coldkey: accountId, enabled: bool }),
  ...newerEvents,
}
