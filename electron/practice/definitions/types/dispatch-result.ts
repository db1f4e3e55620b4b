import { unit } from '../../scale/composites.ts'
import { enumeration, unnamed } from '../../scale/enumeration.ts'
import type { ValueOf } from '../../scale/type.ts'
import { dispatchError } from './frame.ts'

/** `Result<(), DispatchError>`: how a call inside a call ended. */
export const dispatchResult = enumeration(
  'Result',
  { Ok: unnamed(0, [unit]), Err: unnamed(1, [dispatchError]) },
  { T: unit.shape, E: dispatchError.shape },
)
export type DispatchResult = ValueOf<typeof dispatchResult>
