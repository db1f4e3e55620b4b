import { vec } from '../../scale/composites.ts'
import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { u16, u32 } from '../../scale/primitives.ts'
import { outerCall } from '../outer-call.ts'
import { dispatchResult } from '../types/dispatch-result.ts'
import { dispatchError, weight } from '../types/frame.ts'
import { originCaller } from '../types/origin.ts'

/** Several calls in one extrinsic, and calls in another's name. */
export const utility = definePallet({
  name: 'Utility',
  index: 11,
  module: 'pallet_subtensor_utility::pallet',
  plainEvent: true,
  calls: {
    batch: call(0, { calls: vec(outerCall) }, 'Carries out calls in order and stops at the first that fails.'),
    as_derivative: call(1, { index: u16, call: outerCall }, 'Acts as a numbered account of the caller’s own.'),
    batch_all: call(2, { calls: vec(outerCall) }, 'Carries out all calls or none.'),
    dispatch_as: call(3, { as_origin: originCaller, call: outerCall }, 'Root acts as anybody, whatever comes of it.'),
    force_batch: call(4, { calls: vec(outerCall) }, 'Carries out all calls, whatever happens to each.'),
    with_weight: call(5, { call: outerCall, weight }, 'Root says what a call weighs.'),
    if_else: call(6, { main: outerCall, fallback: outerCall }, 'Carries out a call, or another if the first fails.'),
    dispatch_as_fallible: call(
      7,
      { as_origin: originCaller, call: outerCall },
      'Root acts as anybody, and fails when the call does.',
    ),
  },
  events: {
    BatchInterrupted: event(0, { index: u32, error: dispatchError }),
    BatchCompleted: event(1, []),
    BatchCompletedWithErrors: event(2, []),
    ItemCompleted: event(3, []),
    ItemFailed: event(4, { error: dispatchError }),
    DispatchedAs: event(5, { result: dispatchResult }),
    IfElseMainSuccess: event(6, []),
    IfElseFallbackCalled: event(7, { main_error: dispatchError }),
  },
  errors: {
    TooManyCalls: error(0, 'Too many calls in one batch.'),
    InvalidDerivedAccount: error(1, 'No account can be derived from this.'),
  },
  constants: {
    batched_calls_limit: constant(u32, 10_922),
  },
})
