import { assertNever, err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { OriginCaller } from '../../definitions/types/origin.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { dispatchError, dispatchResult } from '../core/failure.ts'
import { utility } from '../core/pallets.ts'
import { derivativeAccount } from '../multisig/accounts.ts'
import { type AnyOrigin, innerCall, inside, type Running } from './origin.ts'

type UtilityCall = Extract<RuntimeCall, { readonly type: 'Utility' }>['value']
type RootCall = Extract<UtilityCall, { readonly type: 'dispatch_as' | 'dispatch_as_fallible' | 'with_weight' }>
type BatchCall = Extract<UtilityCall, { readonly type: 'batch' | 'batch_all' | 'force_batch' }>

type PlainEvent = 'BatchCompleted' | 'BatchCompletedWithErrors' | 'ItemCompleted' | 'IfElseMainSuccess'
const emit = (ctx: Ctx, type: PlainEvent): void => ctx.emit({ type: 'Utility', value: { type, value: undefined } })

/** `batch`: stops at the first failure and still succeeds; what was done before stays done. */
function runUntilFailure({ ctx, origin, dispatch }: Running, calls: readonly RuntimeCall[]): Outcome {
  for (const [index, call] of calls.entries()) {
    const item = dispatch(ctx, origin, call)
    if (!item.ok) {
      const value = { index, error: dispatchError(item.error) }
      ctx.emit({ type: 'Utility', value: { type: 'BatchInterrupted', value } })
      return done
    }
    emit(ctx, 'ItemCompleted')
  }
  emit(ctx, 'BatchCompleted')
  return done
}

/** `batch_all`: everything or nothing. */
function runAll({ ctx, origin, dispatch }: Running, calls: readonly RuntimeCall[]): Outcome {
  for (const call of calls) {
    const item = dispatch(ctx, origin, call)
    if (!item.ok) return item
    emit(ctx, 'ItemCompleted')
  }
  emit(ctx, 'BatchCompleted')
  return done
}

/** `force_batch`: every call, whatever the others did. */
function runEach({ ctx, origin, dispatch }: Running, calls: readonly RuntimeCall[]): Outcome {
  let failed = false
  for (const call of calls) {
    const item = dispatch(ctx, origin, call)
    if (item.ok) emit(ctx, 'ItemCompleted')
    else {
      failed = true
      ctx.emit({ type: 'Utility', value: { type: 'ItemFailed', value: { error: dispatchError(item.error) } } })
    }
  }
  emit(ctx, failed ? 'BatchCompletedWithErrors' : 'BatchCompleted')
  return done
}

function runBatch(running: Running, call: BatchCall): Outcome {
  const calls = call.value.calls.map(innerCall)
  if (calls.length > utility.constants.batched_calls_limit.value)
    return err({ pallet: 'Utility', error: 'TooManyCalls' })
  switch (call.type) {
    case 'batch':
      return runUntilFailure(running, calls)
    case 'batch_all':
      return runAll(running, calls)
    case 'force_batch':
      return runEach(running, calls)
    default:
      return assertNever(call)
  }
}

function runEither({ ctx, origin, dispatch }: Running, main: RuntimeCall, fallback: RuntimeCall): Outcome {
  const first = dispatch(ctx, origin, main)
  if (first.ok) {
    emit(ctx, 'IfElseMainSuccess')
    return done
  }
  const second = dispatch(ctx, origin, fallback)
  if (!second.ok) return second
  const value = { main_error: dispatchError(first.error) }
  ctx.emit({ type: 'Utility', value: { type: 'IfElseFallbackCalled', value } })
  return done
}

/** Whom root may act as here: itself and any account. */
function originOf(caller: OriginCaller, depth: number): AnyOrigin | undefined {
  if (caller.type !== 'system') return undefined
  if (caller.value.type === 'Root') return { root: true, depth }
  return caller.value.type === 'Signed' ? { who: caller.value.value, depth } : undefined
}

function runAsRoot({ ctx, origin, dispatch }: Running, call: RootCall): Outcome {
  const inner = innerCall(call.value.call)
  if (call.type === 'with_weight') return dispatch(ctx, origin, inner)
  const other = originOf(call.value.as_origin, origin.depth)
  const outcome: Outcome = other === undefined ? err({ other: 'BadOrigin' }) : dispatch(ctx, other, inner)
  if (call.type === 'dispatch_as_fallible' && !outcome.ok) return outcome
  ctx.emit({ type: 'Utility', value: { type: 'DispatchedAs', value: { result: dispatchResult(outcome) } } })
  return done
}

/** Carries out calls of the Utility pallet. @source polkadot-sdk `substrate/frame/utility` */
export function dispatchUtility(running: Running, call: UtilityCall): Outcome {
  const origin = inside(running.origin)
  const inner = { ...running, origin }
  switch (call.type) {
    case 'batch':
    case 'batch_all':
    case 'force_batch':
      return runBatch(inner, call)
    case 'if_else':
      return runEither(inner, innerCall(call.value.main), innerCall(call.value.fallback))
    case 'as_derivative':
      if ('root' in origin) return err({ other: 'BadOrigin' })
      return running.dispatch(
        running.ctx,
        { ...origin, who: derivativeAccount(origin.who, call.value.index) },
        innerCall(call.value.call),
      )
    case 'dispatch_as':
    case 'dispatch_as_fallible':
    case 'with_weight':
      return 'root' in origin ? runAsRoot(inner, call) : err({ other: 'BadOrigin' })
    default:
      return assertNever(call)
  }
}
