import type { Refusals } from './refusal.ts'

const pallet = 'SubtensorModule'

/** Exchange of coldkeys and hotkeys, and who one is on the chain. @source mainnet metadata, specs 293 to 424. */
export const ofKeys: readonly Refusals[] = [
  {
    pallet,
    next: 'If you did not announce it, dispute it at once under Coldkey. Until it ends, the account can do nothing else.',
    why: {
      ColdkeySwapAnnounced: 'An exchange of this coldkey is announced, and the account is frozen until it is done.',
    },
  },
  {
    pallet,
    next: 'Wait until the network has decided. Nothing can leave the account meanwhile.',
    why: {
      ColdkeySwapDisputed: 'The exchange of this coldkey is disputed, and the account is frozen.',
      ColdkeySwapAlreadyDisputed: 'The exchange is disputed already.',
      ColdkeyIsInArbitration: 'Two exchanges of this coldkey stand against each other.',
    },
  },
  {
    pallet,
    next: 'Look under Coldkey for the block from which it is allowed, and send it again then.',
    why: {
      ColdkeySwapTooEarly: 'The announced exchange has to wait longer.',
      ColdkeySwapReannouncedTooEarly: 'It is too early to announce another exchange.',
      ColdkeySwapClearTooEarly: 'It is too early to take the announcement back.',
      SwapAlreadyScheduled: 'An exchange of this coldkey is on its way already.',
    },
  },
  {
    pallet,
    next: 'Compare the addresses with what you announced. Nothing was exchanged.',
    why: {
      ColdkeySwapAnnouncementNotFound: 'No exchange is announced for this coldkey.',
      AnnouncedColdkeyHashDoesNotMatch: 'Another new coldkey was announced than the one given now.',
    },
  },
  {
    pallet,
    next: 'Let the stake come along.',
    why: {
      KeepStakeBlockedByCollateral: 'A part of the stake is collateral of the place, and cannot stay behind.',
    },
  },
  {
    pallet,
    next: 'Choose a new key that was never used on this network.',
    why: {
      ColdKeyAlreadyAssociated: 'The new coldkey has stakes or hotkeys of its own.',
      NewColdKeyIsHotkey: 'The new coldkey is a hotkey.',
      NewHotKeyIsSameWithOld: 'The new hotkey is the old one.',
      NewHotKeyNotCleanForRootSwap: 'The new hotkey has earnings or stake on root, which cannot be joined.',
    },
  },
  {
    pallet,
    next: 'Get more TAO first, or enter less.',
    why: {
      NotEnoughBalanceToPaySwapHotKey: 'The balance does not pay for the exchange of the hotkey.',
      NotEnoughBalanceToPaySwapColdKey: 'The balance does not pay for the exchange of the coldkey.',
      CannotAffordLockCost: 'The balance does not pay what a new subnet costs.',
    },
  },
  {
    pallet,
    next: 'Wait some blocks and send it again.',
    why: {
      HotKeySetTxRateLimitExceeded: 'A hotkey was set or exchanged a short time ago.',
      HotKeySwapOnSubnetIntervalNotPassed: 'The hotkey was exchanged on this subnet a short time ago.',
      EvmKeyAssociateRateLimitExceeded: 'An EVM key was joined to this hotkey a short time ago.',
      FailedToSchedule: 'The chain could not put it on its list for later.',
    },
  },
  {
    pallet,
    next: 'Correct what was entered and send it again.',
    why: {
      InvalidIdentity: 'A field of the identity is too long or not valid.',
      UnableToRecoverPublicKey: 'No key could be read from the signature of the EVM key.',
      InvalidRecoveredPublicKey: 'The signature was made by another EVM key.',
    },
  },
  {
    pallet,
    next: 'Nothing can be done: the network decides this by its members only.',
    why: {
      NotSenateMember: 'Only members of the senate may do this.',
      CouldNotJoinSenate: 'The hotkey cannot become a member of the senate.',
    },
  },
]
