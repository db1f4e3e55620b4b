import { struct, vec } from '../scale/composites.ts'
import { lateType } from '../scale/enumeration.ts'
import { h256 } from './types/account.ts'
import { phase } from './types/frame.ts'

/** An event of any pallet as it decodes: the pallet, then the event and its fields. */
export interface AnyEvent {
  readonly type: string
  readonly value: { readonly type: string; readonly value: unknown }
}

/** The chain's outer event type; bound in runtime-types.ts, which knows all pallets. */
export const outerEvent = lateType<AnyEvent>('RuntimeEvent')

/** One entry of System.Events: when in the block it happened, and what. */
export const eventRecord = struct(
  'frame_system::EventRecord',
  { phase, event: outerEvent, topics: vec(h256) },
  { E: outerEvent.shape, T: h256.shape },
)
