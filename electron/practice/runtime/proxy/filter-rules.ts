import type { CallCondition } from '../../definitions/types/proxy.ts'
import type { Kind } from './proxy-types.ts'

/** Calls of one pallet by their numbers; `'all'` are all of them. */
type Calls = Readonly<Record<string, number>> | 'all'

/** Calls that a rule is about. */
export interface CallGroup {
  readonly pallet: string
  readonly index: number
  readonly calls: Calls
  /** What else must be true of each of these calls. */
  readonly condition?: CallCondition
}

/** What one proxy type lets through: everything, nothing, only these calls, or all but these. */
export type Rule =
  | { readonly mode: 'AllowAll' }
  | { readonly mode: 'DenyAll' }
  | { readonly mode: 'Allow' | 'Deny'; readonly groups: readonly CallGroup[]; readonly except?: readonly CallGroup[] }

const subtensor = (calls: Calls, condition?: CallCondition): CallGroup => ({
  pallet: 'SubtensorModule',
  index: 7,
  calls,
  ...(condition && { condition }),
})
const balances = (calls: Calls, condition?: CallCondition): CallGroup => ({
  pallet: 'Balances',
  index: 5,
  calls,
  ...(condition && { condition }),
})
const adminUtils = (calls: Calls): CallGroup => ({ pallet: 'AdminUtils', index: 19, calls })
const sudo = (calls: Calls, condition?: CallCondition): CallGroup => ({
  pallet: 'Sudo',
  index: 12,
  calls,
  ...(condition && { condition }),
})

/** Half a TAO or half an alpha: only less may be sent. */
const SMALL = 500_000_000n
const lessThanSmall = (param_name: string): CallCondition => ({
  type: 'ParamLessThan',
  value: { param_name, limit: SMALL },
})

const TRANSFERS = { transfer_allow_death: 0, transfer_keep_alive: 3 }
const STAKING = {
  add_stake: 2,
  remove_stake: 3,
  unstake_all: 83,
  unstake_all_alpha: 84,
  move_stake: 85,
  swap_stake: 87,
  add_stake_limit: 88,
  remove_stake_limit: 89,
  swap_stake_limit: 90,
  remove_stake_full_limit: 103,
}
const COLDKEY_SWAP = {
  announce_coldkey_swap: 125,
  swap_coldkey_announced: 126,
  dispute_coldkey_swap: 127,
  clear_coldkey_swap_announcement: 133,
}
const OLD_COLDKEY_SWAP = { swap_coldkey: 71, schedule_swap_coldkey: 73 }
const HOTKEY_SWAP = { swap_hotkey: 70, swap_hotkey_v2: 72 }

/** What the beneficiary of a leased subnet may set. */
const LEASED_SUBNET = {
  sudo_set_serving_rate_limit: 3,
  sudo_set_min_difficulty: 4,
  sudo_set_max_difficulty: 5,
  sudo_set_weights_version_key: 6,
  sudo_set_adjustment_alpha: 9,
  sudo_set_immunity_period: 13,
  sudo_set_min_allowed_weights: 14,
  sudo_set_kappa: 16,
  sudo_set_rho: 17,
  sudo_set_activity_cutoff: 18,
  sudo_set_network_registration_allowed: 19,
  sudo_set_network_pow_registration_allowed: 20,
  sudo_set_max_burn: 23,
  sudo_set_bonds_moving_average: 26,
  sudo_set_commit_reveal_weights_enabled: 49,
  sudo_set_liquid_alpha_enabled: 50,
  sudo_set_alpha_values: 51,
  sudo_set_commit_reveal_weights_interval: 57,
  sudo_set_bonds_penalty: 60,
  sudo_set_toggle_transfer: 61,
}

const NOTHING: Rule = { mode: 'DenyAll' }

/**
 * What each proxy type lets through. Calls that mainnet has and the practice chain has not are named all the same:
 * whoever reads the rules sees mainnet's.
 * @source subtensor `runtime/src/lib.rs` (define_proxy_filters)
 */
export const RULES: Readonly<Record<Kind, Rule>> = {
  Any: { mode: 'AllowAll' },
  Owner: {
    mode: 'Allow',
    groups: [adminUtils('all'), subtensor({ set_subnet_identity: 78, update_symbol: 112 })],
    except: [adminUtils({ sudo_set_subnet_owner_hotkey: 64, sudo_set_sn_owner_hotkey: 67 })],
  },
  NonCritical: {
    mode: 'Deny',
    groups: [subtensor({ burned_register: 7, dissolve_network: 61, root_register: 62, ...COLDKEY_SWAP }), sudo('all')],
  },
  NonTransfer: {
    mode: 'Deny',
    groups: [balances('all'), subtensor({ transfer_stake: 86, ...OLD_COLDKEY_SWAP, ...COLDKEY_SWAP })],
  },
  Senate: NOTHING,
  NonFungible: {
    mode: 'Deny',
    groups: [
      balances('all'),
      subtensor({
        ...STAKING,
        transfer_stake: 86,
        burned_register: 7,
        root_register: 62,
        ...OLD_COLDKEY_SWAP,
        ...COLDKEY_SWAP,
        ...HOTKEY_SWAP,
      }),
    ],
  },
  Triumvirate: NOTHING,
  Governance: NOTHING,
  Staking: { mode: 'Allow', groups: [subtensor({ ...STAKING, set_root_claim_type: 122 })] },
  Registration: { mode: 'Allow', groups: [subtensor({ register: 6, burned_register: 7, register_limit: 134 })] },
  Transfer: {
    mode: 'Allow',
    groups: [balances({ ...TRANSFERS, transfer_all: 4 }), subtensor({ transfer_stake: 86 })],
  },
  SmallTransfer: {
    mode: 'Allow',
    groups: [
      balances(TRANSFERS, lessThanSmall('value')),
      subtensor({ transfer_stake: 86 }, lessThanSmall('alpha_amount')),
    ],
  },
  RootWeights: NOTHING,
  ChildKeys: { mode: 'Allow', groups: [subtensor({ set_children: 67, set_childkey_take: 75 })] },
  SudoUncheckedSetCode: {
    mode: 'Allow',
    groups: [
      sudo(
        { sudo_unchecked_weight: 1 },
        { type: 'NestedCallMustBe', value: { pallet_name: 'System', call_name: 'set_code' } },
      ),
    ],
  },
  SwapHotkey: { mode: 'Allow', groups: [subtensor(HOTKEY_SWAP)] },
  SubnetLeaseBeneficiary: { mode: 'Allow', groups: [subtensor({ start_call: 92 }), adminUtils(LEASED_SUBNET)] },
  RootClaim: { mode: 'Allow', groups: [subtensor({ claim_root: 121 })] },
}
