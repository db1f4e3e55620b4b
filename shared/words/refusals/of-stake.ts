import type { Refusals } from './refusal.ts'

/** Stake, its price, what is locked of it, and what root earned. @source mainnet metadata, specs 293 to 424, and 475's names. */
export const ofStake: readonly Refusals[] = [
  {
    pallet: 'SubtensorModule',
    next: 'Quote again, or allow a wider limit. Your stake and TAO are as they were.',
    why: {
      SlippageTooHigh: 'The price moved past the limit that you signed, before the block was made.',
      ZeroMaxStakeAmount: 'At this price limit nothing at all could be traded.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Enter a larger amount, or take all of the position.',
    why: {
      AmountTooLow: 'The amount is below the smallest that the chain stakes, unstakes or moves.',
      NotEnoughStake: 'The amount to take out is zero, or the position is too small for this.',
      PrecisionLoss: 'The amount is so small that rounding would take a part of it.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Enter less. The portfolio shows what can be used now.',
    why: {
      NotEnoughStakeToWithdraw: 'The position holds less than was asked for.',
      NotEnoughBalanceToStake: 'The free balance is lower than the amount to stake.',
      BalanceWithdrawalError: 'The amount could not be taken from the free balance.',
      ZeroBalanceAfterWithdrawn: 'Too little would be left to keep the account alive.',
      InsufficientBalance: 'The free balance is lower than what this costs.',
      InsufficientLiquidity: 'The pool of this subnet holds too little for this amount.',
      NotEnoughAlphaOutToRecycle: 'The subnet has less alpha outside of its pool than was to be recycled.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Wait until the lock ends, or leave out the part that is locked.',
    why: {
      StakeUnavailable: 'A part of this stake is locked and cannot be taken out or locked again.',
      CannotUnstakeLock: 'The lock that an owner holds on the subnet cannot be unstaked.',
      RootStakeLocked: 'Stake on root was changed a short time ago and stays there for some blocks.',
      InsufficientStakeForLock: 'There is less stake on this subnet than was to be locked.',
      UnlockAmountTooHigh: 'More was to be unlocked than is locked.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Look at the locks of the position first; then choose the hotkey and subnet that the lock is for.',
    why: {
      LockHotkeyMismatch: 'The lock on this subnet is for another hotkey.',
      NoExistingLock: 'Nothing is locked on this subnet.',
      ActiveLockExists: 'The other account has a lock of its own on this subnet.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Ask the receiver to accept locked stake, or send what is not locked.',
    why: { AccountRejectsLockedAlpha: 'The receiver takes no stake that is locked.' },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Wait some blocks and send it again.',
    why: {
      StakingRateLimitExceeded: 'There were too many stake operations of this account in a short time.',
      StakingOperationRateLimitExceeded: 'The chain allows one such stake operation for each block.',
      AddStakeBurnRateLimitExceeded: 'Staking and burning in one was done a short time ago.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Choose another subnet, or wait until the owner changes it.',
    why: {
      SubtokenDisabled: 'The token of this subnet cannot be traded yet.',
      TransferDisallowed: 'The owner of the subnet has switched transfers of stake off.',
      CannotBurnOrRecycleOnRootSubnet: 'Stake on root is TAO, and TAO can be neither burned nor recycled there.',
      SameNetuid: 'Origin and destination are the same subnet.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Choose another value. What is set now stays.',
    why: {
      SameAutoStakeHotkeyAlreadySet: 'New stake goes to this hotkey already.',
      InvalidNumRootClaim: 'The number of root claims is outside of what the chain allows.',
      InvalidRootClaimThreshold: 'The threshold for claims from root is outside of what the chain allows.',
      InvalidSubnetNumber: 'The list of subnets is empty or longer than the chain allows.',
    },
  },
  {
    pallet: 'SubtensorModule',
    next: 'Choose an account of a person. The chain’s own accounts hold money for everybody.',
    why: { CannotUseSystemAccount: 'The address belongs to the chain itself.' },
  },
  {
    pallet: 'Swap',
    next: 'Quote again with a smaller amount, or allow a wider limit.',
    why: {
      PriceLimitExceeded: 'The price is beyond the limit that you signed.',
      InsufficientLiquidity: 'The pool holds too little for this trade.',
      ReservesTooLow: 'So little would be left in the pool that the chain does not trade.',
      ReservesOutOfBalance: 'The two sides of the pool are too far apart to trade.',
      SwapInputTooLarge: 'The amount is too large for what the pool holds.',
      TooManySwapSteps: 'The trade would need more steps through the pool than one call may take.',
    },
  },
  {
    pallet: 'Swap',
    next: 'Enter another amount.',
    why: {
      InsufficientInputAmount: 'The amount is too small to trade.',
      InsufficientBalance: 'The balance is lower than what this needs.',
      InvalidLiquidityValue: 'The amount of liquidity is too small or not valid.',
    },
  },
  {
    pallet: 'Swap',
    next: 'Choose another subnet, or another range or position.',
    why: {
      SubNetworkDoesNotExist: 'There is no such subnet.',
      MechanismDoesNotExist: 'There is no such subnet, or it has no pool.',
      SubtokenDisabled: 'The token of this subnet cannot be traded yet.',
      UserLiquidityDisabled: 'The subnet takes no liquidity of users.',
      LiquidityNotFound: 'There is no such liquidity to take out.',
      InvalidTickRange: 'The price range is not valid.',
      MaxPositionsExceeded: 'The account has as many liquidity positions as the chain allows.',
      FeeRateTooHigh: 'The fee is above the highest that the chain allows.',
    },
  },
  {
    pallet: 'Swap',
    next: 'Update the app: the chain has replaced this call.',
    why: { Deprecated: 'This call is no longer carried out.' },
  },
]
