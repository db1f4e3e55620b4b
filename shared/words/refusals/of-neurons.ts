import type { Refusals } from './refusal.ts'

const pallet = 'SubtensorModule'

/** Places on a subnet, serving, weights, and what a validator takes. @source mainnet metadata, specs 293 to 424. */
export const ofNeurons: readonly Refusals[] = [
  {
    pallet,
    next: 'Choose a hotkey that is registered on this subnet, or register this one.',
    why: {
      HotKeyNotRegisteredInSubNet: 'The hotkey has no place on this subnet.',
      HotKeyNotRegisteredInNetwork: 'The hotkey has no place on any subnet.',
      HotKeyAccountNotExists: 'The chain does not know this hotkey: it was never registered.',
    },
  },
  {
    pallet,
    next: 'Use the wallet that owns this hotkey, or create a new hotkey in this one.',
    why: {
      NonAssociatedColdKey: 'Another coldkey owns this hotkey.',
      BeneficiaryDoesNotOwnHotkey: 'The hotkey does not belong to the account that the subnet goes to.',
      TransactorAccountShouldBeHotKey: 'Only the hotkey itself may send this.',
    },
  },
  {
    pallet,
    next: 'Wait for the next blocks, plan again, and allow a higher price if you want to be first.',
    why: {
      TooManyRegistrationsThisBlock: 'As many places were given in this block as the subnet allows.',
      TooManyRegistrationsThisInterval: 'As many places were given in this interval as the subnet allows.',
      RegistrationPriceLimitExceeded: 'The place became dearer than your limit. Nothing was paid for it.',
      NoNeuronIdAvailable: 'The subnet is full, and everybody in it is protected at the moment.',
    },
  },
  {
    pallet,
    next: 'Choose another subnet.',
    why: {
      SubNetRegistrationDisabled: 'The owner of the subnet takes no registrations now.',
      RegistrationNotPermittedOnRootSubnet: 'This cannot be done on root.',
      SubNetworkDoesNotExist: 'There is no such subnet.',
      SubnetNotExists: 'There is no such subnet.',
      RootNetworkDoesNotExist: 'This network has no root subnet.',
      MechanismDoesNotExist: 'The subnet has no mechanism of this number.',
      NotRootSubnet: 'This can be done on root only.',
      AllNetworksInImmunity: 'Every subnet is protected, so none can make room.',
    },
  },
  {
    pallet,
    next: 'Nothing more is to be done: look at the place that it has.',
    why: {
      HotKeyAlreadyRegisteredInSubNet: 'The hotkey has a place on this subnet already.',
      HotKeyAlreadyDelegate: 'Others may stake with this hotkey already.',
    },
  },
  {
    pallet,
    next: 'Stake more with this hotkey, or let others stake with it.',
    why: {
      NotEnoughStakeToSetWeights: 'The validator has less stake than the network demands for weights.',
      NotEnoughStakeToSetChildkeys: 'The hotkey has less own stake than the network demands for child hotkeys.',
      StakeTooLowForRoot: 'All seats on root are taken by hotkeys with more stake.',
      NeuronNoValidatorPermit: 'The hotkey has no permit of a validator on this subnet.',
    },
  },
  {
    pallet,
    next: 'Register without work: the network takes a payment instead.',
    why: {
      InvalidWorkBlock: 'The proof of work is for a block that is too old or not there yet.',
      InvalidDifficulty: 'The proof of work is not hard enough.',
      InvalidSeal: 'The proof of work does not fit what was worked on.',
      FaucetDisabled: 'This network gives no TAO away.',
    },
  },
  {
    pallet,
    next: 'Enter an address of this computer that others can reach, and a port from 1 to 65535.',
    why: {
      InvalidIpType: 'The address is neither IPv4 nor IPv6.',
      InvalidIpAddress: 'The address cannot be reached from outside.',
      InvalidPort: 'The port must not be 0.',
    },
  },
  {
    pallet,
    next: 'Wait some blocks and send it again.',
    why: {
      ServingRateLimitExceeded: 'The address of this miner was announced a short time ago.',
      SettingWeightsTooFast: 'Weights were set a short time ago.',
      CommittingWeightsTooFast: 'Weights were committed a short time ago.',
      TooManyUnrevealedCommits: 'Too many committed weights wait to be revealed.',
      RevealTooEarly: 'Weights may be revealed in a later epoch only.',
      DelegateTxRateLimitExceeded: 'The validator’s take was changed a short time ago.',
      TxChildkeyTakeRateLimitExceeded: 'The take of the child hotkey was changed a short time ago.',
      TxRateLimitExceeded: 'The same was done a short time ago.',
    },
  },
  {
    pallet,
    next: 'Correct the list in the validator’s software and send it again.',
    why: {
      WeightVecNotEqualSize: 'The lists of places and weights differ in length.',
      DuplicateUids: 'A place occurs twice.',
      UidVecContainInvalidOne: 'A place does not exist on this subnet.',
      WeightVecLengthIsLow: 'There are fewer weights than the subnet demands.',
      MaxWeightExceeded: 'A weight is above the limit of the subnet.',
      UidsLengthExceedUidsInSubNet: 'There are more weights than places on the subnet.',
      InputLengthsUnequal: 'The lists differ in length.',
      CanNotSetRootNetworkWeights: 'Root has no weights.',
    },
  },
  {
    pallet,
    next: 'Update the validator’s software to what the subnet demands, and commit again.',
    why: {
      IncorrectWeightVersionKey: 'The subnet demands a newer version of the validator’s software.',
      CommitRevealEnabled: 'The subnet takes weights by commit and reveal only.',
      CommitRevealDisabled: 'The subnet does not use commit and reveal.',
      IncorrectCommitRevealVersion: 'The subnet uses another version of commit and reveal.',
      NoWeightsCommitFound: 'No committed weights of this hotkey were found.',
      InvalidRevealCommitHashNotMatch: 'The revealed weights are not those that were committed.',
      ExpiredWeightCommit: 'The time to reveal these weights is over.',
      InvalidRevealRound: 'The round to reveal in lies in the past.',
    },
  },
  {
    pallet,
    next: 'Enter a share within the limits of the network.',
    why: {
      DelegateTakeTooLow: 'The validator’s take is below the lowest allowed, or not lower than now.',
      DelegateTakeTooHigh: 'The validator’s take is above the highest allowed.',
      InvalidChildkeyTake: 'The take of the child hotkey is outside of what is allowed.',
      InvalidVotingPowerEmaAlpha: 'The factor for voting power is outside of what is allowed.',
    },
  },
  {
    pallet,
    next: 'Correct the list of child hotkeys: at most five, each once, together at most the whole.',
    why: {
      InvalidChild: 'A hotkey cannot be its own child.',
      DuplicateChild: 'A child hotkey occurs twice.',
      ProportionOverflow: 'The shares of the child hotkeys add up to more than the whole.',
      TooManyChildren: 'There are more than five child hotkeys.',
      ChildParentInconsistency: 'A hotkey cannot be child and parent of another at once.',
    },
  },
]
