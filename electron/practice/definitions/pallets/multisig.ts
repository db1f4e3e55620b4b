import { option, vec } from '../../scale/composites.ts'
import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { fixedHex, u16, u32, u64 } from '../../scale/primitives.ts'
import { storageOptionMap } from '../../scale/storage.ts'
import { outerCall } from '../outer-call.ts'
import { accountId } from '../types/account.ts'
import { dispatchResult } from '../types/dispatch-result.ts'
import { weight } from '../types/frame.ts'
import { multisigOperation, timepoint } from '../types/multisig.ts'

const callHash = fixedHex(32)
const members = { threshold: u16, other_signatories: vec(accountId) }
const step = { timepoint, multisig: accountId, call_hash: callHash }

/** Accounts that act when so many of their members agree. Deposits are in rao. */
export const multisig = definePallet({
  name: 'Multisig',
  index: 13,
  module: 'pallet_multisig::pallet',
  calls: {
    as_multi_threshold_1: call(
      0,
      { other_signatories: vec(accountId), call: outerCall },
      'Any one member acts for the account of threshold 1.',
    ),
    as_multi: call(
      1,
      { ...members, maybe_timepoint: option(timepoint), call: outerCall, max_weight: weight },
      'Proposes or approves a call, and carries it out once enough members approved.',
    ),
    approve_as_multi: call(
      2,
      { ...members, maybe_timepoint: option(timepoint), call_hash: callHash, max_weight: weight },
      'Proposes or approves a call by its hash; it is never carried out by this.',
    ),
    cancel_as_multi: call(
      3,
      { ...members, timepoint, call_hash: callHash },
      'Who proposed a call takes it back and gets the deposit.',
    ),
    poke_deposit: call(4, { ...members, call_hash: callHash }, 'Makes the deposit what it would be today.'),
  },
  events: {
    NewMultisig: event(0, { approving: accountId, multisig: accountId, call_hash: callHash }),
    MultisigApproval: event(1, { approving: accountId, ...step }),
    MultisigExecuted: event(2, { approving: accountId, ...step, result: dispatchResult }),
    MultisigCancelled: event(3, { cancelling: accountId, ...step }),
    DepositPoked: event(4, { who: accountId, call_hash: callHash, old_deposit: u64, new_deposit: u64 }),
  },
  errors: {
    MinimumThreshold: error(0, 'The threshold must be 2 or more.'),
    AlreadyApproved: error(1, 'The sender approved this call already.'),
    NoApprovalsNeeded: error(2, 'The call needs no more approvals.'),
    TooFewSignatories: error(3, 'There must be other members.'),
    TooManySignatories: error(4, 'There are too many members.'),
    SignatoriesOutOfOrder: error(5, 'The members must be sorted by their public keys, each once.'),
    SenderInSignatories: error(6, 'The sender must not be among the other members.'),
    NotFound: error(7, 'Nothing like this waits for approvals.'),
    NotOwner: error(8, 'Only who proposed the call may do this.'),
    NoTimepoint: error(9, 'The call was already proposed: say when.'),
    WrongTimepoint: error(10, 'The call was proposed at another time.'),
    UnexpectedTimepoint: error(11, 'Nothing was proposed at that time.'),
    MaxWeightTooLow: error(12, 'The call weighs more than was allowed.'),
    AlreadyStored: error(13, 'The call is already stored.'),
  },
  storage: {
    Multisigs: storageOptionMap(
      [
        ['Twox64Concat', accountId],
        ['Blake2128Concat', callHash],
      ],
      multisigOperation,
    ),
  },
  constants: {
    DepositBase: constant(u64, 132_000_000n),
    DepositFactor: constant(u64, 32_000_000n),
    MaxSignatories: constant(u32, 100),
  },
})
