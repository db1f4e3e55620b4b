import type { Needs } from './runtime.ts'

const subtensor = (...items: readonly string[]): readonly string[] => items.map((item) => `SubtensorModule.${item}`)
const METAGRAPH = 'SubnetInfoRuntimeApi.get_selective_metagraph'
const STAKE_INFO = 'StakeInfoRuntimeApi.get_stake_info_for_coldkey'
const PRICE = 'SwapRuntimeApi.current_alpha_price'
const FEE = 'TransactionPaymentApi.query_info'

/**
 * What each feature must find in the connected runtime. A runtime that lacks one of these names gets
 * `chain/unsupported` for that feature, with the missing names; everything else goes on working.
 */
export const FEATURES = {
  subnets: {
    apis: ['SubnetInfoRuntimeApi.get_all_dynamic_info'],
    storage: subtensor('Burn', 'NetworkRegistrationAllowed', 'SubtokenEnabled', 'SubnetworkN', 'MaxAllowedUids'),
  },
  portfolio: { apis: [STAKE_INFO], storage: ['System.Account'] },
  /** The stake of several accounts in one question. */
  portfolios: { apis: ['StakeInfoRuntimeApi.get_stake_info_for_coldkeys'] },
  sale: { apis: ['SwapRuntimeApi.sim_swap_alpha_for_tao'] },
  validators: { apis: [METAGRAPH], storage: subtensor('Delegates') },
  callers: { apis: [METAGRAPH] },
  minersPaid: { storage: subtensor('Emission', 'ValidatorPermit') },
  places: {
    apis: [METAGRAPH],
    storage: subtensor('Burn', 'MinBurn', 'MaxBurn', 'BurnHalfLife', 'BurnIncreaseMult', 'NetworkRegistrationAllowed'),
  },
  /** Plans of moves. What they bring is asked of `quotes`, where the runtime has it. */
  moves: {
    calls: subtensor(
      'add_stake_limit',
      'remove_stake_limit',
      'remove_stake_full_limit',
      'swap_stake_limit',
      'move_stake',
    ),
    apis: [STAKE_INFO, FEE],
    storage: ['System.Account', ...subtensor('SubtokenEnabled', 'Owner', 'NetworksAdded', 'Uids')],
  },
  quotes: { apis: ['SwapRuntimeApi.sim_swap_tao_for_alpha', 'SwapRuntimeApi.sim_swap_alpha_for_tao'] },
  register: {
    calls: subtensor('register_limit'),
    apis: [FEE],
    storage: [
      'System.Account',
      ...subtensor('Burn', 'NetworkRegistrationAllowed', 'NetworksAdded', 'MaxAllowedUids', 'SubnetworkN'),
      ...subtensor('ImmunityPeriod', 'Uids', 'Owner'),
    ],
  },
  rootRegister: {
    calls: subtensor('root_register'),
    storage: subtensor('Burn', 'Uids', 'Owner', 'SubnetworkN', 'MaxAllowedUids'),
  },
  swapHotkey: {
    calls: subtensor('swap_hotkey_v2'),
    storage: subtensor('Uids', 'Owner', 'NetworksAdded', 'LastHotkeySwapOnNetuid'),
  },
  transfer: {
    calls: ['Balances.transfer_keep_alive', 'Balances.transfer_all'],
    apis: [FEE],
    storage: ['System.Account'],
  },
  coldkeySwap: {
    calls: subtensor('announce_coldkey_swap', 'swap_coldkey_announced', 'dispute_coldkey_swap'),
    storage: subtensor(
      'ColdkeySwapAnnouncements',
      'ColdkeySwapDisputes',
      'ColdkeySwapAnnouncementDelay',
      'ColdkeySwapReannouncementDelay',
    ),
  },
  locks: {
    calls: subtensor('lock_stake', 'move_lock', 'set_perpetual_lock', 'set_reject_locked_alpha'),
    storage: subtensor('Lock', 'DecayingLock', 'UnlockRate'),
  },
  destroyAlpha: { calls: subtensor('recycle_alpha', 'burn_alpha') },
  autoStake: { calls: subtensor('set_coldkey_auto_stake_hotkey'), storage: subtensor('AutoStakeDestination') },
  /** Root dividends that are redeemed as a whole: spec 441 and later. */
  baskets: {
    calls: subtensor('claim_root', 'claim_root_with_hotkey'),
    apis: ['BetaBasketRuntimeApi.get_root_basket_positions'],
  },
  limitOrders: {
    calls: ['LimitOrders.cancel_order'],
    storage: ['LimitOrders.Orders', 'LimitOrders.LimitOrdersEnabled', 'EVMChainId.ChainId'],
  },
  shield: {
    calls: ['MevShield.submit_encrypted'],
    storage: ['MevShield.NextKey', 'MevShield.NextKeyExpiresAt'],
  },
  proxy: {
    calls: ['Proxy.proxy', 'Proxy.add_proxy', 'Proxy.remove_proxy'],
    storage: ['Proxy.Proxies', 'Proxy.Announcements'],
  },
  multisig: {
    calls: ['Multisig.as_multi', 'Multisig.approve_as_multi', 'Multisig.cancel_as_multi'],
    storage: ['System.Account', 'Multisig.Multisigs'],
  },
  miner: {
    calls: subtensor('serve_axon'),
    apis: ['SubnetInfoRuntimeApi.get_dynamic_info'],
    storage: [
      ...subtensor('ServingRateLimit', 'ImmunityPeriod', 'Emission', 'Incentive'),
      ...subtensor('Uids', 'Axons', 'BlockAtRegistration'),
    ],
  },
  uids: { storage: subtensor('NetworksAdded', 'Uids') },
  epochs: { storage: subtensor('NetworksAdded', 'Tempo', 'LastEpochBlock') },
  flows: { storage: ['System.Events'] },
  price: { apis: [PRICE] },
  fee: { apis: [FEE] },
} as const satisfies Readonly<Record<string, Needs>>

/** Used where they exist; without them an answer has gaps (`undefined`), or a documented default. */
export const OPTIONAL: Needs = {
  apis: ['SwapRuntimeApi.current_alpha_price_all', 'StakeInfoRuntimeApi.get_stake_availability_for_coldkeys'],
  storage: subtensor('LastEpochBlock'),
}
