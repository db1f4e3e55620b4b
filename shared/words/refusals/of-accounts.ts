import type { Refusals } from './refusal.ts'

/** Balances, shared accounts, proxies, batches and the chain itself. @source mainnet metadata, specs 293 to 424; `sp_runtime::DispatchError`. */
export const ofAccounts: readonly Refusals[] = [
  {
    pallet: 'Balances',
    next: 'Enter less, or get more TAO first. The portfolio shows what is free.',
    why: {
      InsufficientBalance: 'The free balance is lower than the amount and the fee.',
      LiquidityRestrictions: 'A part of the balance is locked and cannot be sent.',
      VestingBalance: 'A part of the balance becomes free later only.',
      Expendability: 'Too little would be left to keep the account alive.',
    },
  },
  {
    pallet: 'Balances',
    next: 'Send more, at least the smallest balance of the network.',
    why: {
      ExistentialDeposit: 'The receiver would have less than the smallest balance, so the amount would be lost.',
      DeadAccount: 'The receiver has no account yet, and this amount cannot make one.',
      DeltaZero: 'The amount is zero.',
    },
  },
  {
    pallet: 'Balances',
    next: 'End a lock or a deposit of this account first.',
    why: {
      ExistingVestingSchedule: 'The account has a plan for its locked balance already.',
      TooManyReserves: 'The account has as many deposits as the chain allows.',
      TooManyHolds: 'The account has as many holds as the chain allows.',
      TooManyFreezes: 'The account has as many freezes as the chain allows.',
    },
  },
  {
    pallet: 'Balances',
    next: 'Nothing can be done: only the network itself may do this.',
    why: { IssuanceDeactivated: 'The amount of all TAO cannot be changed any more.' },
  },
  {
    pallet: 'Proxy',
    next: 'Look under Proxies who may act for this account, and for what.',
    why: {
      NotProxy: 'This wallet may not act for that account, or not in this way.',
      NotFound: 'There is no such permission.',
      Unproxyable: 'The permission does not cover this kind of transaction.',
      NoPermission: 'A proxy may not give away more power than it has.',
    },
  },
  {
    pallet: 'Proxy',
    next: 'Wait until the delay is over, then carry it out. If it was never announced, announce it.',
    why: { Unannounced: 'It was not announced, or too short a time ago.' },
  },
  {
    pallet: 'Proxy',
    next: 'Take a permission or an announcement back first, or choose another account.',
    why: {
      TooMany: 'There are as many permissions or announcements as the chain allows.',
      Duplicate: 'This permission is there already.',
      NoSelfProxy: 'An account cannot be its own proxy.',
      InvalidDerivedAccountId: 'No account can be made from these numbers.',
      AnnouncementDepositInvariantViolated:
        'The deposit of an announcement does not add up; this is a fault of the chain.',
    },
  },
  {
    pallet: 'Multisig',
    next: 'Open the shared account again: it shows what waits, who approved, and what is next.',
    why: {
      AlreadyApproved: 'This wallet has approved it already.',
      NoApprovalsNeeded: 'It has all approvals that it needs.',
      NotFound: 'It is no longer waiting: it was carried out or cancelled.',
      NoTimepoint: 'Others proposed it before, so it is an approval and no proposal.',
      WrongTimepoint: 'It was proposed in another block than the one given.',
      UnexpectedTimepoint: 'It was not proposed yet, so there is nothing to approve.',
      AlreadyStored: 'The call is stored on the chain already.',
    },
  },
  {
    pallet: 'Multisig',
    next: 'Ask the member who proposed it: only that account may take it back.',
    why: { NotOwner: 'Another member proposed it.' },
  },
  {
    pallet: 'Multisig',
    next: 'Check the members and how many must approve.',
    why: {
      MinimumThreshold: 'At least two must approve.',
      TooFewSignatories: 'There are too few members.',
      TooManySignatories: 'There are more members than the chain allows.',
      SignatoriesOutOfOrder: 'The members are not in the order of their keys.',
      SenderInSignatories: 'The signing account is among the other members.',
    },
  },
  {
    pallet: 'Multisig',
    next: 'Approve it again: the work that it may take is read anew.',
    why: { MaxWeightTooLow: 'Carrying it out takes more work than was allowed.' },
  },
  {
    pallet: 'Utility',
    next: 'Send fewer at once.',
    why: { TooManyCalls: 'There are more calls in one transaction than the chain allows.' },
  },
  {
    pallet: 'Utility',
    next: 'Choose another number for the derived account.',
    why: { InvalidDerivedAccount: 'No account can be derived from this.' },
  },
  {
    pallet: 'System',
    next: 'Wait and look for news of the network, or choose another kind of transaction.',
    why: {
      CallFiltered: 'The network does not allow this kind of transaction now, or not from this account.',
      MultiBlockMigrationsOngoing: 'The network is changing its storage and takes only what is needed.',
    },
  },
  {
    pallet: 'System',
    next: 'End what the account holds, such as stakes or deposits, first.',
    why: {
      NonZeroRefCount: 'Something on the chain still needs this account.',
      NonDefaultComposite: 'The account holds data that would be lost.',
    },
  },
  {
    pallet: 'System',
    next: 'Nothing can be done: only those who run the network may do this.',
    why: {
      InvalidSpecName: 'The new runtime is that of another network.',
      SpecVersionNeedsToIncrease: 'The new runtime is not newer than the present one.',
      FailedToExtractRuntimeVersion: 'The version of the new runtime could not be read.',
      NothingAuthorized: 'No new runtime was allowed.',
      Unauthorized: 'This new runtime was not allowed.',
    },
  },
  {
    pallet: 'SafeMode',
    next: 'Wait until the network is back to normal. Balances and stakes are as they were.',
    why: {
      Entered: 'The network is in safe mode and takes almost no transactions.',
      Exited: 'The network is not in safe mode.',
      NotConfigured: 'This network does not let anybody use safe mode in this way.',
    },
  },
  {
    pallet: 'SafeMode',
    next: 'Look at the reserved balance of the account, and try again later.',
    why: {
      NoDeposit: 'No deposit for safe mode is reserved.',
      AlreadyDeposited: 'The account has a deposit for safe mode already.',
      CannotReleaseYet: 'The deposit cannot be given back yet.',
      CurrencyError: 'The deposit could not be moved.',
    },
  },
  {
    pallet: 'Token',
    next: 'Enter less, or get more TAO first. The portfolio shows what is free.',
    why: {
      FundsUnavailable: 'The balance is lower than what this needs, or a part of it is locked.',
      OnlyProvider: 'Too little would be left to keep the account alive.',
      NotExpendable: 'Too little would be left to keep the account alive.',
      BelowMinimum: 'The receiver would have less than the smallest balance.',
      CannotCreate: 'The receiver has no account yet, and this amount cannot make one.',
      CannotCreateHold: 'The deposit could not be reserved.',
      Frozen: 'The balance is frozen.',
      Blocked: 'The account is blocked.',
      UnknownAsset: 'There is no such token.',
      Unsupported: 'The token does not allow this.',
    },
  },
  {
    pallet: 'Arithmetic',
    next: 'Enter another amount. If it stays, report it with the block and the transaction.',
    why: {
      Underflow: 'A number became lower than it can be: most often more was taken than is there.',
      Overflow: 'A number became larger than the chain can hold.',
      DivisionByZero: 'The chain had to divide by zero, for example in an empty pool.',
    },
  },
  {
    pallet: '',
    next: 'Sign with the account that may do this.',
    why: {
      BadOrigin: 'This account may not do this.',
      RootNotAllowed: 'The account of the network itself may not do this.',
      CannotLookup: 'The chain does not know the address.',
    },
  },
  {
    pallet: '',
    next: 'Wait some blocks and send it again.',
    why: {
      Exhausted: 'The block had no room for this work.',
      Unavailable: 'Something that the chain needs for this is not there now.',
      TooManyConsumers: 'Too many parts of the chain use this account.',
      ConsumerRemaining: 'A part of the chain still uses this account.',
      NoProviders: 'The account does not exist any more.',
      Corruption: 'The chain found its own state damaged.',
    },
  },
]
