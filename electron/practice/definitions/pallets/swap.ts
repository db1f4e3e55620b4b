import { newtype } from '../../scale/composites.ts'
import { constant, definePallet, error, event } from '../../scale/pallet.ts'
import { bool, u16, u64 } from '../../scale/primitives.ts'
import { storageMap } from '../../scale/storage.ts'
import { balancer } from '../types/swap.ts'

/** The weighted pools in which TAO and alpha change hands. */
export const swap = definePallet({
  name: 'Swap',
  index: 28,
  module: 'pallet_subtensor_swap::pallet::pallet',
  events: {
    FeeRateSet: event(0, { netuid: u16, rate: u16 }),
  },
  errors: {
    InsufficientInputAmount: error(1, 'The amount is too small to swap.'),
    InsufficientLiquidity: error(2, 'The pool holds too little for this swap.'),
    PriceLimitExceeded: error(3, 'The price is already beyond the limit.'),
    InsufficientBalance: error(4, 'The balance is too low.'),
    ReservesTooLow: error(7, 'The pool’s reserves are too low.'),
    MechanismDoesNotExist: error(8, 'The subnet has no such mechanism.'),
    SubtokenDisabled: error(9, 'The subnet is not started: its token cannot be traded yet.'),
    SwapInputTooLarge: error(11, 'The amount is more than 1000 times the pool’s reserve.'),
  },
  storage: {
    FeeRate: storageMap([['Twox64Concat', u16]], u16, 33),
    SwapBalancer: storageMap([['Twox64Concat', u16]], balancer, { quote: 500_000_000_000_000_000n }),
    PalSwapInitialized: storageMap([['Twox64Concat', u16]], bool, false),
  },
  constants: {
    MaxFeeRate: constant(u16, 10_000),
    MinimumReserve: constant(newtype('NonZeroU64', u64), 1_000_000n),
  },
})
