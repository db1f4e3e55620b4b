import { blake2AsHex } from '@polkadot/util-crypto'
import { assertNever, err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { MultiAddress } from '../../definitions/types/account.ts'
import { atomically, type Ctx, done, type Outcome } from '../core/ctx.ts'
import { dispatchError } from '../core/failure.ts'
import { utility } from '../core/pallets.ts'
import { transfer, transferAll } from '../money/balances.ts'
import { submitEncrypted } from '../shield/shield-rules.ts'
import { dispatchSubtensor } from './subtensor-calls.ts'

type CallOf<P extends RuntimeCall['type']> = Extract<RuntimeCall, { readonly type: P }>['value']

/** Batches inside batches go this deep; deeper ones are refused. */
const MOST_NESTED = 8

/** The account that an address names; other forms than the public key cannot be looked up here. */
const lookup = (address: MultiAddress): string | undefined =>
  address.type === 'Id' || address.type === 'Address32' ? address.value : undefined

function dispatchBalances(ctx: Ctx, who: string, call: CallOf<'Balances'>): Outcome {
  const to = lookup(call.value.dest)
  if (to === undefined) return err({ other: 'CannotLookup' })
  switch (call.type) {
    case 'transfer_allow_death':
      return transfer(ctx, { from: who, to, amount: call.value.value }, 'allow-death')
    case 'transfer_keep_alive':
      return transfer(ctx, { from: who, to, amount: call.value.value }, 'keep-alive')
    case 'transfer_all': {
      const moved = transferAll(ctx, who, to, call.value.keep_alive)
      return moved.ok ? done : moved
    }
    default:
      return assertNever(call)
  }
}

function dispatchSystem(ctx: Ctx, who: string, call: CallOf<'System'>): Outcome {
  if (call.type === 'remark_with_event')
    ctx.emit({
      type: 'System',
      value: { type: 'Remarked', value: { sender: who, hash: blake2AsHex(call.value.remark, 256) } },
    })
  return done
}

const utilityEvent = (ctx: Ctx, type: 'BatchCompleted' | 'BatchCompletedWithErrors' | 'ItemCompleted'): void =>
  ctx.emit({ type: 'Utility', value: { type, value: undefined } })

/** `batch`: stops at the first failure and still succeeds; what was done before stays done. */
function runUntilFailure(ctx: Ctx, origin: Origin, calls: readonly RuntimeCall[]): Outcome {
  for (const [index, call] of calls.entries()) {
    const item = dispatch(ctx, origin, call)
    if (!item.ok) {
      const value = { index, error: dispatchError(item.error) }
      ctx.emit({ type: 'Utility', value: { type: 'BatchInterrupted', value } })
      return done
    }
    utilityEvent(ctx, 'ItemCompleted')
  }
  utilityEvent(ctx, 'BatchCompleted')
  return done
}

/** `batch_all`: everything or nothing. */
function runAll(ctx: Ctx, origin: Origin, calls: readonly RuntimeCall[]): Outcome {
  for (const call of calls) {
    const item = dispatch(ctx, origin, call)
    if (!item.ok) return item
    utilityEvent(ctx, 'ItemCompleted')
  }
  utilityEvent(ctx, 'BatchCompleted')
  return done
}

/** `force_batch`: every call, whatever the others did. */
function runEach(ctx: Ctx, origin: Origin, calls: readonly RuntimeCall[]): Outcome {
  let failed = false
  for (const call of calls) {
    const item = dispatch(ctx, origin, call)
    if (item.ok) utilityEvent(ctx, 'ItemCompleted')
    else {
      failed = true
      ctx.emit({ type: 'Utility', value: { type: 'ItemFailed', value: { error: dispatchError(item.error) } } })
    }
  }
  utilityEvent(ctx, failed ? 'BatchCompletedWithErrors' : 'BatchCompleted')
  return done
}

function dispatchUtility(ctx: Ctx, origin: Origin, call: CallOf<'Utility'>): Outcome {
  if (origin.depth >= MOST_NESTED) return err({ pallet: 'System', error: 'CallFiltered' })
  // The declared type of inner calls is wider than RuntimeCall, because a pallet cannot name the list that contains it;
  // the codec behind both is the same.
  const calls = call.value.calls as readonly RuntimeCall[]
  if (calls.length > utility.constants.batched_calls_limit.value)
    return err({ pallet: 'Utility', error: 'TooManyCalls' })
  const inner = { who: origin.who, depth: origin.depth + 1 }
  switch (call.type) {
    case 'batch':
      return runUntilFailure(ctx, inner, calls)
    case 'batch_all':
      return runAll(ctx, inner, calls)
    case 'force_batch':
      return runEach(ctx, inner, calls)
    default:
      return assertNever(call)
  }
}

function dispatchShield(ctx: Ctx, who: string, call: CallOf<'MevShield'>): Outcome {
  // As the time: only the block's author announces keys.
  if (call.type === 'announce_next_key') return err({ other: 'BadOrigin' })
  return submitEncrypted(ctx, who, call.value.ciphertext)
}

/** Who calls, and how many batches are around the call. */
export interface Origin {
  readonly who: string
  readonly depth: number
}

function perform(ctx: Ctx, origin: Origin, call: RuntimeCall): Outcome {
  switch (call.type) {
    case 'SubtensorModule':
      return dispatchSubtensor(ctx, origin.who, call.value)
    case 'Balances':
      return dispatchBalances(ctx, origin.who, call.value)
    case 'Utility':
      return dispatchUtility(ctx, origin, call.value)
    case 'System':
      return dispatchSystem(ctx, origin.who, call.value)
    case 'MevShield':
      return dispatchShield(ctx, origin.who, call.value)
    case 'Timestamp':
      // Only the block's author sets the time, by an unsigned extrinsic.
      return err({ other: 'BadOrigin' })
    default:
      return assertNever(call)
  }
}

/** Carries out a signed call; a failure leaves nothing behind. */
export const dispatch = (ctx: Ctx, origin: Origin, call: RuntimeCall): Outcome =>
  atomically(ctx, (inner) => perform(inner, origin, call))
