import { btreeMap, option, tuple, vec } from '../../scale/composites.ts'
import { compact, u16, u64 } from '../../scale/primitives.ts'
import { apiMethod, runtimeApi } from '../../scale/runtime-api.ts'
import { accountId } from '../types/account.ts'
import { u64F64 } from '../types/fixed.ts'
import { delegateInfo, lockState, stakeAvailability, stakeInfo } from '../types/stake.ts'
import { simSwapResult, subnetPrice } from '../types/swap.ts'

// Runtime APIs about stake, delegates and prices.

export const stakeInfoRuntimeApi = runtimeApi({
  name: 'StakeInfoRuntimeApi',
  version: 1,
  methods: {
    get_stake_info_for_coldkey: apiMethod({ coldkey_account: accountId }, vec(stakeInfo)),
    get_stake_info_for_coldkeys: apiMethod({ coldkey_accounts: vec(accountId) }, vec(tuple(accountId, vec(stakeInfo)))),
    get_stake_info_for_hotkey_coldkey_netuid: apiMethod(
      { hotkey_account: accountId, coldkey_account: accountId, netuid: u16 },
      option(stakeInfo),
    ),
    get_stake_availability_for_coldkeys: apiMethod(
      { coldkey_accounts: vec(accountId), netuids: option(vec(u16)) },
      btreeMap(accountId, btreeMap(u16, stakeAvailability)),
    ),
    get_stake_fee: apiMethod(
      {
        origin: option(tuple(accountId, u16)),
        origin_coldkey_account: accountId,
        destination: option(tuple(accountId, u16)),
        destination_coldkey_account: accountId,
        amount: u64,
      },
      u64,
    ),
    get_coldkey_lock: apiMethod({ coldkey: accountId, netuid: u16 }, option(lockState)),
    get_hotkey_conviction: apiMethod({ hotkey: accountId, netuid: u16 }, u64F64),
    get_most_convicted_hotkey_on_subnet: apiMethod({ netuid: u16 }, option(accountId)),
  },
})

export const delegateInfoRuntimeApi = runtimeApi({
  name: 'DelegateInfoRuntimeApi',
  version: 1,
  methods: {
    get_delegates: apiMethod({}, vec(delegateInfo)),
    get_delegate: apiMethod({ delegate_account: accountId }, option(delegateInfo)),
    get_delegated: apiMethod(
      { delegatee_account: accountId },
      vec(tuple(delegateInfo, tuple(compact(u16), compact(u64)))),
    ),
  },
})

export const swapRuntimeApi = runtimeApi({
  name: 'SwapRuntimeApi',
  version: 1,
  methods: {
    current_alpha_price: apiMethod({ netuid: u16 }, u64),
    current_alpha_price_all: apiMethod({}, vec(subnetPrice)),
    sim_swap_tao_for_alpha: apiMethod({ netuid: u16, tao: u64 }, simSwapResult),
    sim_swap_alpha_for_tao: apiMethod({ netuid: u16, alpha: u64 }, simSwapResult),
  },
})
