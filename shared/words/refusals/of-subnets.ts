import type { Refusals } from './refusal.ts'

const pallet = 'SubtensorModule'
const ADMIN = 'AdminUtils'

/** What owners of subnets may set, leases, and what the network has switched off. @source mainnet metadata, specs 293 to 424. */
export const ofSubnets: readonly Refusals[] = [
  {
    pallet,
    next: 'Use the wallet that owns the subnet.',
    why: {
      NotSubnetOwner: 'Only the owner of the subnet may do this.',
      ExpectedBeneficiaryOrigin: 'Only the account that the subnet is leased for may do this.',
    },
  },
  {
    pallet,
    next: 'Wait some blocks and send it again.',
    why: {
      NetworkTxRateLimitExceeded: 'A subnet was made a short time ago.',
      NeedWaitingMoreBlocksToStarCall: 'The subnet is too young to be started.',
      AdminActionProhibitedDuringWeightsWindow: 'Settings cannot be changed shortly before an epoch.',
      EpochTriggerAlreadyPending: 'An epoch was called for already and will come.',
      AutoEpochAlreadyImminent: 'The next epoch comes by itself in a moment.',
      DisabledTemporarily: 'The network has switched this off for a time.',
    },
  },
  {
    pallet,
    next: 'Nothing more is to be done.',
    why: { FirstEmissionBlockNumberAlreadySet: 'The subnet is started already.' },
  },
  {
    pallet,
    next: 'Enter a value within the limits of the network.',
    why: {
      LiquidAlphaDisabled: 'The subnet does not use liquid alpha, so its limits cannot be set.',
      AlphaHighTooLow: 'The upper value of alpha is too low.',
      AlphaLowOutOfRange: 'The lower value of alpha is outside of what is allowed.',
      ActivityCutoffTooLow: 'The time after which a neuron counts as idle is too short.',
      ActivityCutoffFactorMilliOutOfBounds: 'The factor for idle neurons is outside of what is allowed.',
      TempoOutOfBounds: 'The length of an epoch is outside of what is allowed.',
      RevealPeriodTooLarge: 'The time to reveal is too long.',
      RevealPeriodTooSmall: 'The time to reveal is too short.',
      InvalidValue: 'A value is outside of what is allowed.',
      TooManyUIDsPerMechanism: 'Places times mechanisms may not be more than 256.',
      TrimmingWouldExceedMaxImmunePercentage: 'Too many of the neurons that would stay are protected.',
      SymbolDoesNotExist: 'There is no such symbol to choose.',
      SymbolAlreadyInUse: 'Another subnet has this symbol.',
    },
  },
  {
    pallet,
    next: 'Change the other setting first, then send it again.',
    why: {
      DynamicTempoBlockedByCommitReveal: 'The subnet uses commit and reveal, so no epoch can be called by hand.',
      VotingPowerTrackingNotEnabled: 'The subnet does not follow voting power.',
    },
  },
  {
    pallet,
    next: 'Wait until a subnet ends, or until the network allows more.',
    why: { SubnetLimitReached: 'There are as many subnets as the network allows, and none may be removed now.' },
  },
  {
    pallet,
    next: 'Look at the lease: its account, its subnet and its last block.',
    why: {
      InvalidLeaseBeneficiary: 'The account cannot be the one that this subnet is leased for.',
      LeaseCannotEndInThePast: 'The last block of the lease lies in the past.',
      LeaseNetuidNotFound: 'The subnet of the lease was not found.',
      LeaseDoesNotExist: 'There is no such lease.',
      LeaseHasNoEndBlock: 'The lease has no last block, so it does not end.',
      LeaseHasNotEnded: 'The lease has not ended yet.',
    },
  },
  {
    pallet,
    next: 'Update the app: the chain has replaced or closed this call.',
    why: {
      Deprecated: 'This call is no longer carried out.',
      CallDisabled: 'This call is switched off.',
    },
  },
  {
    pallet,
    next: 'Report it with the block and the transaction: this is a fault of the chain, not of what you sent.',
    why: {
      Overflow: 'A number of the chain became too large.',
      UidMapCouldNotBeCleared: 'The chain could not clear its list of places.',
    },
  },
  {
    pallet: ADMIN,
    next: 'Enter a value within the limits of the subnet.',
    why: {
      MaxValidatorsLargerThanMaxUIds: 'There cannot be more validators than places.',
      MaxAllowedUIdsLessThanCurrentUIds: 'More places are taken than would be allowed.',
      BondsMovingAverageMaxReached: 'The moving average of bonds is above the highest allowed.',
      ValueNotInBounds: 'A value is outside of what is allowed.',
      MinAllowedUidsGreaterThanCurrentUids: 'Fewer places are taken than would be demanded.',
      MinAllowedUidsGreaterThanMaxAllowedUids: 'The fewest places would be more than the most.',
      MaxAllowedUidsLessThanMinAllowedUids: 'The most places would be fewer than the fewest.',
      MaxAllowedUidsGreaterThanDefaultMaxAllowedUids: 'There would be more places than the network allows.',
      InvalidValue: 'A value is not valid.',
    },
  },
  {
    pallet: ADMIN,
    next: 'Choose another subnet.',
    why: {
      SubnetDoesNotExist: 'There is no such subnet.',
      NotPermittedOnRootSubnet: 'This cannot be set on root.',
    },
  },
  {
    pallet: ADMIN,
    next: 'Nothing can be done: only the network itself may set this.',
    why: { NegativeSigmoidSteepness: 'An owner of a subnet may not set a negative steepness.' },
  },
  {
    pallet: ADMIN,
    next: 'Update the app: the chain has replaced or closed this call.',
    why: {
      POWRegistrationDisabled: 'The network gives no places for work any more.',
      Deprecated: 'This call is no longer carried out.',
    },
  },
]
