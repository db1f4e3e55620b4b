import { option, tuple, vec } from '../../scale/composites.ts'
import { call } from '../../scale/pallet.ts'
import { bool, u16, u64 } from '../../scale/primitives.ts'
import { accountId } from '../types/account.ts'
import { subnetIdentityV3 } from '../types/identity.ts'

/** Calls by which subnets come and go, and by which hotkeys hand their weight to others. */
export const subnetCalls = {
  register_network: call(
    59,
    { hotkey: accountId },
    'Creates a subnet, in the place of another where there is no more room.',
  ),
  dissolve_network: call(61, { coldkey: accountId, netuid: u16 }, 'Root ends a subnet.'),
  set_children: call(
    67,
    { hotkey: accountId, netuid: u16, children: vec(tuple(u64, accountId)) },
    'Hands parts of a hotkey’s weight on a subnet to others, in parts of 2^64 − 1.',
  ),
  set_childkey_take: call(
    75,
    { hotkey: accountId, netuid: u16, take: u16 },
    'What a child keeps of what it earns for parents of other coldkeys, 65535 = all.',
  ),
  register_network_with_identity: call(
    79,
    { hotkey: accountId, identity: option(subnetIdentityV3) },
    'As register_network, with a name.',
  ),
  set_pending_childkey_cooldown: call(109, { cooldown: u64 }, 'Root sets how long chosen children wait, in blocks.'),
  root_dissolve_network: call(120, { netuid: u16 }, 'Root ends a subnet.'),
  set_auto_parent_delegation_enabled: call(
    135,
    { hotkey: accountId, enabled: bool },
    'Whether a root validator becomes a parent of the owner of each new subnet.',
  ),
}
