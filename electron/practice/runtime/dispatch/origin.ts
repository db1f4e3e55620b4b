import type { AnyCall } from '../../definitions/outer-call.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { MultiAddress } from '../../definitions/types/account.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'

/** Whether a call may pass. */
export type CallFilter = (call: RuntimeCall) => boolean

/** An account that calls, how many calls are around this one, and what those let through. */
export interface Origin {
  readonly who: string
  readonly depth: number
  readonly filters?: readonly CallFilter[]
}

/** The chain itself: no account, no filter. */
export interface RootOrigin {
  readonly root: true
  readonly depth: number
}
export type AnyOrigin = Origin | RootOrigin

/** Carries out a call inside a call. */
export type Dispatch = (ctx: Ctx, origin: AnyOrigin, call: RuntimeCall) => Outcome

/** A call that carries calls, as it runs: where, for whom, and what carries the others out. */
export interface Running<O extends AnyOrigin = AnyOrigin> {
  readonly ctx: Ctx
  readonly origin: O
  readonly dispatch: Dispatch
}

/** The same account one level further in, with the same limits. */
export const inside = <O extends AnyOrigin>(origin: O): O => ({ ...origin, depth: origin.depth + 1 })

/** Another account one level further in; limits of the one before do not apply to it, as on the chain. */
export const asAccount = (who: string, { depth }: AnyOrigin, filters: readonly CallFilter[] = []): Origin => ({
  who,
  depth: depth + 1,
  filters,
})

/**
 * A call inside a call. Its declared type is wider than RuntimeCall, because a pallet cannot name the list that
 * contains it; the codec behind both is the same.
 */
export const innerCall = (call: AnyCall): RuntimeCall => call as RuntimeCall

/** The account that an address names; other forms than the public key cannot be looked up here. */
export const lookup = (address: MultiAddress): string | undefined =>
  address.type === 'Id' || address.type === 'Address32' ? address.value : undefined
