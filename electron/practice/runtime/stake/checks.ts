import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { swapFee } from '../pool/pool.ts'
import { hotkeyExists, ROOT } from './ledger.ts'
import { feeRateOf } from './pools.ts'

const s = subtensorModule.storage

/** rao; 0.002 TAO. @source finney metadata, SubtensorModule.InitialMinStake */
export const MIN_STAKE = 2_000_000n

export const subnetExists = (store: Store, netuid: number): boolean => store.get(s.NetworksAdded, netuid)

/** The subnet is there and its token can be traded. Root has no token to enable. */
export function tradable({ store }: Ctx, netuid: number): Outcome {
  if (!subnetExists(store, netuid)) return fail('SubnetNotExists')
  if (netuid !== ROOT && !store.get(s.SubtokenEnabled, netuid)) return fail('SubtokenDisabled')
  return done
}

/** As {@link tradable} for leaving: an unknown subnet has no token that is enabled. */
export const sellable = ({ store }: Ctx, netuid: number): Outcome =>
  netuid === ROOT || store.get(s.SubtokenEnabled, netuid) ? done : fail('SubtokenDisabled')

export const knownHotkey = ({ store }: Ctx, hotkey: string): Outcome =>
  hotkeyExists(store, hotkey) ? done : fail('HotKeyAccountNotExists')

/** Least gross TAO of a purchase: the minimum plus its own fee. @returns rao */
export const leastPurchase = (store: Store, netuid: number): bigint =>
  netuid === ROOT ? MIN_STAKE : MIN_STAKE + swapFee(MIN_STAKE, feeRateOf(store, netuid))

/** What the staking checks make of a swap that the pool refuses, whatever the reason. */
export const orIlliquid = <T>(quote: Outcome<T>): Outcome<T> => (quote.ok ? quote : fail('InsufficientLiquidity'))

/** The first failure, or success. Checks run in the chain's order, so that a client sees the chain's error. */
export function firstFailure(...checks: readonly (() => Outcome)[]): Outcome {
  for (const check of checks) {
    const outcome = check()
    if (!outcome.ok) return outcome
  }
  return done
}
