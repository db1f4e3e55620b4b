import { tuple, vec } from '../scale/composites.ts'
import { u16, u64 } from '../scale/primitives.ts'
import { apiMethod, runtimeApi } from '../scale/runtime-api.ts'
import { storageMap } from '../scale/storage.ts'
import { accountId } from './types/account.ts'

// The few names that mainnet got after spec 424 and that btcli 11.3 reads before it does anything, whatever the runtime.
// The practice chain has neither collateral nor baskets: nothing writes these, and what is read is the truth, nothing.

export const newerStorage = {
  CollateralLockShare: storageMap(
    [['Identity', u16]],
    u16,
    0,
    'Part of the registration price that is locked as collateral, 65535 = all. Newer than spec 424; always 0 here.',
  ),
}

export const betaBasketRuntimeApi = runtimeApi({
  name: 'BetaBasketRuntimeApi',
  version: 1,
  methods: {
    get_root_basket_owed: apiMethod({ coldkey: accountId }, u64, 'TAO that the root baskets owe a coldkey.'),
    get_root_basket_positions: apiMethod(
      { coldkey: accountId },
      vec(tuple(accountId, u64, u64)),
      'For each validator: beta tokens of the coldkey and what they would bring.',
    ),
  },
})
