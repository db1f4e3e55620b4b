import { option, vec } from '../../scale/composites.ts'
import { call } from '../../scale/pallet.ts'
import { bool, u8, u16, u32, u64, u128 } from '../../scale/primitives.ts'
import { accountId, h256 } from '../types/account.ts'
import { holdingCalls } from './calls-holdings.ts'
import { subnetCalls } from './calls-subnets.ts'

/** Calls of the Subtensor pallet that the practice chain carries out. Amounts in rao or alpha rao, prices in rao per alpha. */
export const calls = {
  set_weights: call(
    0,
    { netuid: u16, dests: vec(u16), weights: vec(u16), version_key: u64 },
    'A validator sets its weights on the uids of a subnet.',
  ),
  add_stake: call(2, { hotkey: accountId, netuid: u16, amount_staked: u64 }, 'Buys alpha with TAO at any price.'),
  remove_stake: call(3, { hotkey: accountId, netuid: u16, amount_unstaked: u64 }, 'Sells alpha for TAO at any price.'),
  serve_axon: call(
    4,
    { netuid: u16, version: u32, ip: u128, port: u16, ip_type: u8, protocol: u8, placeholder1: u8, placeholder2: u8 },
    'A registered hotkey announces where its server is.',
  ),
  serve_prometheus: call(
    5,
    { netuid: u16, version: u32, ip: u128, port: u16, ip_type: u8 },
    'A registered hotkey announces where its metrics are.',
  ),
  burned_register: call(7, { netuid: u16, hotkey: accountId }, 'Registers a hotkey at whatever the price is.'),
  root_register: call(62, { hotkey: accountId }, 'Takes a seat on the root network.'),
  swap_hotkey_v2: call(
    72,
    { hotkey: accountId, new_hotkey: accountId, netuid: option(u16), keep_stake: bool },
    'What a hotkey has on one subnet, or on all, becomes another hotkey’s of the same coldkey.',
  ),
  swap_coldkey: call(
    71,
    { old_coldkey: accountId, new_coldkey: accountId, swap_cost: u64 },
    'Root moves everything of one coldkey to another.',
  ),
  schedule_swap_coldkey: call(73, { new_coldkey: accountId }, 'Replaced by announce_coldkey_swap; always refused.'),
  unstake_all: call(83, { hotkey: accountId }, 'Sells the stake of a hotkey on all subnets at any price.'),
  unstake_all_alpha: call(84, { hotkey: accountId }, 'Moves all alpha of a hotkey to root at any price.'),
  move_stake: call(
    85,
    {
      origin_hotkey: accountId,
      destination_hotkey: accountId,
      origin_netuid: u16,
      destination_netuid: u16,
      alpha_amount: u64,
    },
    'Moves stake to another hotkey or subnet.',
  ),
  transfer_stake: call(
    86,
    {
      destination_coldkey: accountId,
      hotkey: accountId,
      origin_netuid: u16,
      destination_netuid: u16,
      alpha_amount: u64,
    },
    'Gives stake to another coldkey.',
  ),
  swap_stake: call(
    87,
    { hotkey: accountId, origin_netuid: u16, destination_netuid: u16, alpha_amount: u64 },
    'Moves stake to another subnet, same hotkey.',
  ),
  add_stake_limit: call(
    88,
    { hotkey: accountId, netuid: u16, amount_staked: u64, limit_price: u64, allow_partial: bool },
    'Buys alpha up to a price, in rao per alpha.',
  ),
  remove_stake_limit: call(
    89,
    { hotkey: accountId, netuid: u16, amount_unstaked: u64, limit_price: u64, allow_partial: bool },
    'Sells alpha down to a price, in rao per alpha.',
  ),
  swap_stake_limit: call(
    90,
    {
      hotkey: accountId,
      origin_netuid: u16,
      destination_netuid: u16,
      alpha_amount: u64,
      limit_price: u64,
      allow_partial: bool,
    },
    'Moves stake to another subnet down to a ratio of prices, times 1e9.',
  ),
  try_associate_hotkey: call(91, { hotkey: accountId }, 'Makes the caller the owner of a hotkey that has none.'),
  start_call: call(
    92,
    { netuid: u16 },
    'The owner starts a subnet: its token can be traded and is emitted from then on.',
  ),
  remove_stake_full_limit: call(
    103,
    { hotkey: accountId, netuid: u16, limit_price: option(u64) },
    'Sells a whole position down to a price, if one is given.',
  ),
  set_coldkey_auto_stake_hotkey: call(
    114,
    { netuid: u16, hotkey: accountId },
    'Chooses the hotkey that gets what the caller mines on a subnet.',
  ),
  announce_coldkey_swap: call(
    125,
    { new_coldkey_hash: h256 },
    'Announces, by its BLAKE2b-256 hash, the coldkey that everything will move to. The account is frozen from now on.',
  ),
  swap_coldkey_announced: call(126, { new_coldkey: accountId }, 'Moves everything, once the delay is over.'),
  dispute_coldkey_swap: call(127, {}, 'Freezes the account altogether until root decides.'),
  reset_coldkey_swap: call(128, { coldkey: accountId }, 'Root ends a swap and its dispute.'),
  clear_coldkey_swap_announcement: call(133, {}, 'Takes an announcement back, once another delay is over.'),
  register_limit: call(
    134,
    { netuid: u16, hotkey: accountId, limit_price: u64 },
    'Registers a hotkey if the price is not above the limit, in rao.',
  ),
  ...holdingCalls,
  ...subnetCalls,
}
