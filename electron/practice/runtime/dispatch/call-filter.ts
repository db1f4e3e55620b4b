import { type RuntimeCall, runtimeCall } from '../../definitions/runtime-types.ts'
import { type AnyOrigin, innerCall } from './origin.ts'

/** Calls inside calls go this deep; deeper ones are refused. @source protocol facts of spec 424 */
const MOST_NESTED = 8

const BATCHES: ReadonlySet<string> = new Set(['batch', 'batch_all', 'force_batch'])

/** Bytes of a call, as its hash is taken over them. */
export const callBytes = (call: RuntimeCall): Uint8Array => runtimeCall.codec.enc(call)

const isBatch = (call: RuntimeCall): boolean => call.type === 'Utility' && BATCHES.has(call.value.type)

/** A batch that contains a batch. @source subtensor `runtime/src/lib.rs` (NoNestingCallFilter) */
const isBatchOfBatches = (call: RuntimeCall): boolean =>
  call.type === 'Utility' && 'calls' in call.value.value && call.value.value.calls.map(innerCall).some(isBatch)

/** Whether the chain and everything around it let this account make this call. Root passes always. */
export function isLetThrough(origin: AnyOrigin, call: RuntimeCall): boolean {
  if (origin.depth > MOST_NESTED) return false
  if ('root' in origin) return true
  return !isBatchOfBatches(call) && (origin.filters ?? []).every((filter) => filter(call))
}
