import { boundedVec, struct, vec } from '../../scale/composites.ts'
import { u32, u64 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId } from './account.ts'

/** Block and place of the extrinsic that began an operation; every later approval names it. */
export const timepoint = struct('pallet_multisig::Timepoint', { height: u32, index: u32 }, { BlockNumber: u32.shape })
export type Timepoint = ValueOf<typeof timepoint>

/** An operation that waits for approvals; the deposit is in rao. */
export const multisigOperation = struct(
  'pallet_multisig::Multisig',
  { when: timepoint, deposit: u64, depositor: accountId, approvals: boundedVec(accountId, vec(accountId)) },
  { BlockNumber: u32.shape, Balance: u64.shape, AccountId: accountId.shape, MaxApprovals: undefined },
)
export type MultisigOperation = ValueOf<typeof multisigOperation>
