import { vec } from '../../scale/composites.ts'
import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { u32 } from '../../scale/primitives.ts'
import { outerCall } from '../outer-call.ts'
import { dispatchError } from '../types/frame.ts'

/** Several calls in one extrinsic. */
export const utility = definePallet({
  name: 'Utility',
  index: 11,
  module: 'pallet_subtensor_utility::pallet',
  plainEvent: true,
  calls: {
    batch: call(0, { calls: vec(outerCall) }, 'Carries out calls in order and stops at the first that fails.'),
    batch_all: call(2, { calls: vec(outerCall) }, 'Carries out all calls or none.'),
    force_batch: call(4, { calls: vec(outerCall) }, 'Carries out all calls, whatever happens to each.'),
  },
  events: {
    BatchInterrupted: event(0, { index: u32, error: dispatchError }),
    BatchCompleted: event(1, []),
    BatchCompletedWithErrors: event(2, []),
    ItemCompleted: event(3, []),
    ItemFailed: event(4, { error: dispatchError }),
  },
  errors: {
    TooManyCalls: error(0, 'Too many calls in one batch.'),
  },
  constants: {
    batched_calls_limit: constant(u32, 10_922),
  },
})
