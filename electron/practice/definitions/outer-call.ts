import { lateType } from '../scale/enumeration.ts'

/** A call of any pallet as it decodes: the pallet, then the call and its arguments. */
export interface AnyCall {
  readonly type: string
  readonly value: { readonly type: string; readonly value: unknown }
}

/**
 * The chain's outer call type inside calls that carry calls (batches). It is bound in runtime-call.ts, which knows all
 * pallets; declared here so that a pallet does not have to import the list that contains it.
 */
export const outerCall = lateType<AnyCall>('RuntimeCall')
