import { err, type Result } from '../../../../shared/result.ts'
import { toHex } from '../../scale/hex.ts'
import type { DispatchErrorValue, DispatchResultValue } from './pallets.ts'
import { balances, limitOrders, multisig, proxy, subtensorModule, sudo, swap, system, utility } from './pallets.ts'

const PALLETS = {
  SubtensorModule: subtensorModule,
  Swap: swap,
  Balances: balances,
  System: system,
  Utility: utility,
  Sudo: sudo,
  Multisig: multisig,
  Proxy: proxy,
  LimitOrders: limitOrders,
}
type Pallets = typeof PALLETS

/** Why a call failed: the chain's `DispatchError`, by names. */
export type Failure =
  | { readonly [P in keyof Pallets]: { readonly pallet: P; readonly error: keyof Pallets[P]['errors'] } }[keyof Pallets]
  | { readonly token: 'FundsUnavailable' | 'BelowMinimum' | 'NotExpendable' | 'Frozen' }
  | { readonly other: 'BadOrigin' | 'CannotLookup' | 'ConsumerRemaining' }

export const fail = (error: keyof typeof subtensorModule.errors): Result<never, Failure> =>
  err({ pallet: 'SubtensorModule', error })

/** The value that events carry. A module error is its number in four bytes, as Substrate writes it. */
export function dispatchError(failure: Failure): DispatchErrorValue {
  if ('token' in failure) return { type: 'Token', value: { type: failure.token, value: undefined } }
  if ('other' in failure) return { type: failure.other, value: undefined }
  const pallet = PALLETS[failure.pallet]
  // `failure` pairs a pallet with one of its own errors; the union does not keep that through the lookup.
  const errors: Readonly<Record<string, { readonly index: number }>> = pallet.errors
  const error = toHex(Uint8Array.of(errors[failure.error]?.index ?? 255, 0, 0, 0))
  return { type: 'Module', value: { index: pallet.index, error } }
}

/** What events say of a call inside a call. */
export const dispatchResult = (outcome: Result<unknown, Failure>): DispatchResultValue =>
  outcome.ok ? { type: 'Ok', value: undefined } : { type: 'Err', value: dispatchError(outcome.error) }
