import { tuple, vec } from '../scale/composites.ts'
import { call, error, event } from '../scale/pallet.ts'
import { bool, i128, u16, u64 } from '../scale/primitives.ts'
import { apiMethod, runtimeApi } from '../scale/runtime-api.ts'
import { storageMap, storageOptionMap, storageValue } from '../scale/storage.ts'
import { accountId } from './types/account.ts'
import { minerCollateralState } from './types/collateral.ts'
import { u64F64 } from './types/fixed.ts'

// The few names that mainnet got after spec 424: collateral of registrations (435), root baskets (441), their claim for one
// validator and the hold on root stake, and a move with a price limit.

export const newerStorage = {
  CollateralLockShare: storageMap(
    [['Identity', u16]],
    u16,
    0,
    'Part of the registration price that is locked as collateral, 65535 = all. Newer than spec 424.',
  ),
  CollateralDrainRatio: storageMap(
    [['Identity', u16]],
    u64F64,
    { bits: 1n << 64n },
    'Alpha of collateral that is freed for each alpha that the hotkey earns. Newer than spec 424.',
  ),
  MinerCollateral: storageOptionMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
      ['Blake2128Concat', accountId],
    ],
    minerCollateralState,
    'Collateral of a coldkey behind a hotkey on a subnet. It outlives the place. Newer than spec 424.',
  ),
  ColdkeyMinerCollateral: storageMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    u64,
    0n,
    'All collateral of a coldkey on a subnet. Newer than spec 424.',
  ),
  BasketClaimed: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Blake2128Concat', accountId],
    ],
    i128,
    0n,
    'Shares of a validator’s basket that a coldkey had already, or did not earn. Newer than spec 424.',
  ),
  RootStakeUnlockInterval: storageValue(
    u64,
    0n,
    'Blocks that stake stays on root after its last change. Newer than spec 424.',
  ),
}

export const newerEvents = {
  CollateralLocked: event(
    150,
    { netuid: u16, hotkey: accountId, locked: u64, total_locked: u64 },
    'Alpha was bound as collateral. Newer than spec 424; its number there is not known.',
  ),
}

export const newerErrors = {
  KeepStakeBlockedByCollateral: error(
    151,
    'Stake cannot stay behind a hotkey that has collateral. Newer than spec 424; its number there is not known.',
  ),
  RootStakeLocked: error(
    150,
    'Stake on root was changed too short a time ago to leave. Newer than spec 424; its number there is not known.',
  ),
}

export const newerCalls = {
  claim_root_with_hotkey: call(148, { hotkey: accountId }, 'Redeems what one validator’s basket owes the caller.'),
  move_stake_limit: call(
    149,
    {
      origin_hotkey: accountId,
      destination_hotkey: accountId,
      origin_netuid: u16,
      destination_netuid: u16,
      alpha_amount: u64,
      limit_price: u64,
      allow_partial: bool,
    },
    'Moves stake to another hotkey and subnet down to a ratio of prices, times 1e9.',
  ),
}

export const betaBasketRuntimeApi = runtimeApi({
  name: 'BetaBasketRuntimeApi',
  version: 1,
  methods: {
    get_root_basket_owed: apiMethod({ coldkey: accountId }, u64, 'TAO that the root baskets owe a coldkey.'),
    get_basket_payout: apiMethod(
      { hotkey: accountId, coldkey: accountId },
      u64,
      'TAO that one validator’s basket owes a coldkey.',
    ),
    get_validator_basket_nav: apiMethod({ hotkey: accountId }, u64, 'TAO that a validator’s basket holds.'),
    get_validator_basket: apiMethod(
      { hotkey: accountId },
      vec(tuple(u16, u64, u64)),
      'What a validator’s basket holds: subnet, amount, and what it is worth in TAO.',
    ),
    get_root_basket_positions: apiMethod(
      { coldkey: accountId },
      vec(tuple(accountId, u64, u64)),
      'For each validator: beta tokens of the coldkey and what they would bring.',
    ),
  },
})
