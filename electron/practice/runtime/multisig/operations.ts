import { blake2AsHex } from '@polkadot/util-crypto'
import { err, ok } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { MultisigOperation, Timepoint } from '../../definitions/types/multisig.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { dispatchResult } from '../core/failure.ts'
import { multisig } from '../core/pallets.ts'
import { callBytes } from '../dispatch/call-filter.ts'
import { weightOf } from '../dispatch/call-weight.ts'
import { asAccount, type Origin, type Running } from '../dispatch/origin.ts'
import { adjustReserve, reserve, unreserve } from '../money/reserves.ts'
import { sharedAccount } from './members.ts'

const { Multisigs } = multisig.storage
const { DepositBase, DepositFactor } = multisig.constants
const refuse = (error: keyof typeof multisig.errors): Outcome<never> => err({ pallet: 'Multisig', error })

/** Who speaks with whom, and how many of them must agree. */
export interface Group {
  readonly threshold: number
  readonly other_signatories: readonly string[]
}

/** A step towards a call that several members make together. */
export interface Approval extends Group {
  readonly maybe_timepoint: Timepoint | undefined
  /** `undefined`: only its hash is known, so it cannot be carried out. */
  readonly call: RuntimeCall | undefined
  readonly hash: string
  /** ref_time and more that the call may weigh at most */
  readonly max_weight: { readonly ref_time: bigint }
}

/** Where an operation is kept, and who takes this step. */
interface Place {
  readonly who: string
  readonly account: string
  readonly hash: string
}

export const hashOf = (call: RuntimeCall): string => blake2AsHex(callBytes(call), 256)

/** rao that a proposal costs until it is carried out or cancelled. */
const depositOf = (threshold: number): bigint => DepositBase.value + DepositFactor.value * BigInt(threshold)

const sameTime = (a: Timepoint, b: Timepoint): boolean => a.height === b.height && a.index === b.index

/** The account of a group that needs at least two. @errors MinimumThreshold and those of {@link sharedAccount} */
function accountOf(who: string, { threshold, other_signatories }: Group): Outcome<string> {
  return threshold < 2 ? refuse('MinimumThreshold') : sharedAccount(who, other_signatories, threshold)
}

function propose(ctx: Ctx, { who, account, hash }: Place, { threshold, maybe_timepoint }: Approval): Outcome {
  if (maybe_timepoint !== undefined) return refuse('UnexpectedTimepoint')
  const deposit = depositOf(threshold)
  const reserved = reserve(ctx, who, deposit)
  if (!reserved.ok) return reserved
  const when = { height: ctx.block, index: ctx.extrinsicIndex ?? 0 }
  ctx.store.set(Multisigs, [account, hash], { when, deposit, depositor: who, approvals: [who] })
  const value = { approving: who, multisig: account, call_hash: hash }
  ctx.emit({ type: 'Multisig', value: { type: 'NewMultisig', value } })
  return done
}

/** The deposit goes back first, so that the call cannot meet its own operation. */
function carryOut(
  ctx: Ctx,
  { who, account, hash }: Place,
  { operation, call, run }: { operation: MultisigOperation; call: RuntimeCall; run: (call: RuntimeCall) => Outcome },
): Outcome {
  ctx.store.delete(Multisigs, account, hash)
  unreserve(ctx, operation.depositor, operation.deposit)
  const result = dispatchResult(run(call))
  const value = { approving: who, timepoint: operation.when, multisig: account, call_hash: hash, result }
  ctx.emit({ type: 'Multisig', value: { type: 'MultisigExecuted', value } })
  return done
}

function record(ctx: Ctx, { who, account, hash }: Place, operation: MultisigOperation): Outcome {
  const approvals = [...operation.approvals, who].sort()
  ctx.store.set(Multisigs, [account, hash], { ...operation, approvals })
  const value = { approving: who, timepoint: operation.when, multisig: account, call_hash: hash }
  ctx.emit({ type: 'Multisig', value: { type: 'MultisigApproval', value } })
  return done
}

/**
 * Calls 1 and 2: proposes a call, approves one, or carries it out when this approval is the last that it needed.
 * @errors MinimumThreshold, those of the members, UnexpectedTimepoint, NoTimepoint, WrongTimepoint, AlreadyApproved,
 *   MaxWeightTooLow, and what reserving the deposit may fail with. That the call itself fails is told by the event only.
 * @source polkadot-sdk `substrate/frame/multisig` (operate)
 */
export function approve({ ctx, origin, dispatch }: Running<Origin>, approval: Approval): Outcome {
  const { who } = origin
  const account = accountOf(who, approval)
  if (!account.ok) return account
  const place = { who, account: account.value, hash: approval.hash }
  const operation = ctx.store.get(Multisigs, place.account, place.hash)
  if (operation === undefined) return propose(ctx, place, approval)
  const { maybe_timepoint, call, threshold, max_weight } = approval
  if (maybe_timepoint === undefined) return refuse('NoTimepoint')
  if (!sameTime(operation.when, maybe_timepoint)) return refuse('WrongTimepoint')
  const isNew = operation.approvals.length < threshold && !operation.approvals.includes(who)
  if (call !== undefined && operation.approvals.length + (isNew ? 1 : 0) >= threshold) {
    if (weightOf(call).refTime > max_weight.ref_time) return refuse('MaxWeightTooLow')
    const run = (inner: RuntimeCall): Outcome => dispatch(ctx, asAccount(place.account, origin), inner)
    return carryOut(ctx, place, { operation, call, run })
  }
  return isNew ? record(ctx, place, operation) : refuse('AlreadyApproved')
}

/** Call 0: one member is enough. @errors those of the members, then those of the call itself */
export function actAlone(
  { ctx, origin, dispatch }: Running<Origin>,
  others: readonly string[],
  call: RuntimeCall,
): Outcome {
  const account = sharedAccount(origin.who, others, 1)
  return account.ok ? dispatch(ctx, asAccount(account.value, origin), call) : account
}

/** An operation that is there and was proposed by the sender. @errors NotFound, WrongTimepoint, NotOwner */
function ownOperation(ctx: Ctx, place: Place, when: Timepoint | undefined): Outcome<MultisigOperation> {
  const operation = ctx.store.get(Multisigs, place.account, place.hash)
  if (operation === undefined) return refuse('NotFound')
  if (when !== undefined && !sameTime(operation.when, when)) return refuse('WrongTimepoint')
  return operation.depositor === place.who ? ok(operation) : refuse('NotOwner')
}

/** Call 3: who proposed takes back. @errors MinimumThreshold, those of the members, NotFound, WrongTimepoint, NotOwner */
export function cancel(
  ctx: Ctx,
  who: string,
  { timepoint, call_hash, ...group }: Group & { readonly timepoint: Timepoint; readonly call_hash: string },
): Outcome {
  const account = accountOf(who, group)
  if (!account.ok) return account
  const operation = ownOperation(ctx, { who, account: account.value, hash: call_hash }, timepoint)
  if (!operation.ok) return operation
  unreserve(ctx, who, operation.value.deposit)
  ctx.store.delete(Multisigs, account.value, call_hash)
  const value = { cancelling: who, timepoint, multisig: account.value, call_hash }
  ctx.emit({ type: 'Multisig', value: { type: 'MultisigCancelled', value } })
  return done
}

/** Call 4: the deposit becomes what it would be today. @errors as {@link cancel}, without the time */
export function pokeDeposit(
  ctx: Ctx,
  who: string,
  { call_hash, ...group }: Group & { readonly call_hash: string },
): Outcome {
  const account = accountOf(who, group)
  if (!account.ok) return account
  const operation = ownOperation(ctx, { who, account: account.value, hash: call_hash }, undefined)
  if (!operation.ok) return operation
  const [before, after] = [operation.value.deposit, depositOf(group.threshold)]
  if (before === after) return done
  const adjusted = adjustReserve(ctx, who, { before, after })
  if (!adjusted.ok) return adjusted
  ctx.store.set(Multisigs, [account.value, call_hash], { ...operation.value, deposit: after })
  const value = { who, call_hash, old_deposit: before, new_deposit: after }
  ctx.emit({ type: 'Multisig', value: { type: 'DepositPoked', value } })
  return done
}
