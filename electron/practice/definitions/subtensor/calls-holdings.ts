import { call } from '../../scale/pallet.ts'
import { bool, u16, u64 } from '../../scale/primitives.ts'
import { newerCalls } from '../newer.ts'
import { accountId } from '../types/account.ts'
import { btreeSet } from '../types/collections.ts'

/** What a holder does with stake besides buying, selling and moving it: locks, claims, and destroying it. Amounts in alpha. */
export const holdingCalls = {
  recycle_alpha: call(
    101,
    { hotkey: accountId, amount: u64, netuid: u16 },
    'Destroys own alpha; the subnet’s alpha outside the pool falls.',
  ),
  burn_alpha: call(
    102,
    { hotkey: accountId, amount: u64, netuid: u16 },
    'Destroys own alpha; the subnet’s alpha outside the pool is counted on.',
  ),
  claim_root: call(121, { subnets: btreeSet(u16) }, 'Redeems what the root baskets owe the caller.'),
  lock_stake: call(
    136,
    { hotkey: accountId, netuid: u16, amount: u64 },
    'Locks stake of a subnet for a hotkey, or adds to the lock that is there.',
  ),
  move_lock: call(137, { destination_hotkey: accountId, netuid: u16 }, 'Turns a lock to another hotkey.'),
  set_perpetual_lock: call(138, { netuid: u16, enabled: bool }, 'Whether the caller’s lock decays.'),
  set_reject_locked_alpha: call(142, { enabled: bool }, 'Whether the caller refuses alpha that comes with a lock.'),
  ...newerCalls,
}
