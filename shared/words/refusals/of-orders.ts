import type { Refusals } from './refusal.ts'

/** Limit orders, hidden transactions, and commitments. @source mainnet metadata, specs 293 to 424. */
export const ofOrders: readonly Refusals[] = [
  {
    pallet: 'LimitOrders',
    next: 'Sign a new order if you still want the trade.',
    why: {
      OrderAlreadyProcessed: 'The order was carried out or cancelled before.',
      OrderCancelled: 'The order was cancelled.',
      OrderExpired: 'The time of the order is over.',
      InvalidSignature: 'The signature is not that of the signer over this order.',
      ChainIdMismatch: 'The order was signed for another network.',
      RootNetUidNotAllowed: 'There are no orders on root.',
    },
  },
  {
    pallet: 'LimitOrders',
    next: 'Nothing was traded. Wait for the price, or sign an order with another one.',
    why: {
      PriceConditionNotMet: 'The price is not where the order wants it.',
      SwapReturnedZero: 'The trade would have brought nothing.',
      ZeroShareInBatch: 'Among the orders of this batch, one was so small that its share came to nothing.',
      ArithmeticOverflow: 'The numbers of the order are too large to compute with.',
    },
  },
  {
    pallet: 'LimitOrders',
    next: 'Nothing was traded. Ask whoever carries out the orders, or sign an order without these conditions.',
    why: {
      Unauthorized: 'Only the signer may cancel an order.',
      RelayerMissMatch: 'The order may be carried out by another account only.',
      PartialFillsNotEnabled: 'The order may not be carried out in parts.',
      IncorrectPartialFillAmount: 'The part is nothing, or more than is left of the order.',
      RelayerRequiredForPartialFill: 'An order in parts must name who may carry it out.',
      DuplicateOrderInBatch: 'The same order was in the batch twice.',
      OrderNetUidMismatch: 'An order in the batch is for another subnet.',
    },
  },
  {
    pallet: 'LimitOrders',
    next: 'Trade without an order, or wait until the network switches orders on.',
    why: {
      LimitOrdersDisabled: 'This network has switched limit orders off.',
      PalletHotkeyNotRegistered: 'This network has not finished preparing its limit orders.',
    },
  },
  {
    pallet: 'MevShield',
    next: 'Nothing of what was hidden was carried out. Quote and send again, hidden or in the open.',
    why: {
      SubmissionAlreadyExists: 'This very hidden transaction is there already.',
      MissingSubmission: 'The hidden transaction is not there, or no longer.',
      CommitmentMismatch: 'What was opened is not what had been hidden.',
      SignatureInvalid: 'The signature inside of the hidden transaction is not valid.',
      KeyExpired: 'The key that it was hidden with is too old.',
      KeyHashMismatch: 'It was hidden with another key than that of this block.',
      TooManyPendingExtrinsics: 'Too many hidden transactions wait already.',
      WeightExceedsAbsoluteMax: 'The hidden transaction is too large for a block.',
    },
  },
  {
    pallet: 'MevShield',
    next: 'Report it, and send in the open meanwhile: this is no fault of your transaction.',
    why: {
      BadPublicKeyLen: 'The author of the block announced a key of a wrong length.',
      BadEncKeyLen: 'The author of the block announced a key of a wrong length.',
      Unreachable: 'The chain came to a place that it takes for impossible.',
    },
  },
  {
    pallet: 'Commitments',
    next: 'Write less into the commitment, or wait for the next interval.',
    why: {
      TooManyFieldsInCommitmentInfo: 'The commitment has more fields than the chain allows.',
      SpaceLimitExceeded: 'The account has used up what it may write in this interval.',
    },
  },
  {
    pallet: 'Commitments',
    next: 'Register the hotkey on this subnet first.',
    why: { AccountNotAllowedCommit: 'This account may not make commitments on this subnet.' },
  },
  {
    pallet: 'Commitments',
    next: 'Look at the reserved balance and report it: this should not happen.',
    why: { UnexpectedUnreserveLeftover: 'Less of the deposit could be given back than was reserved.' },
  },
]
