import { err, ok } from '../../../../shared/result.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { balances, subtensorModule, system, type ValueIn } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'

/** rao; an account that would hold less is removed. @source finney metadata, Balances.ExistentialDeposit */
export const EXISTENTIAL_DEPOSIT = 500n
/** Marks an account as written by the newer account logic, which every account here is. */
const NEW_LOGIC = 1n << 127n

export type Account = ValueIn<typeof system.storage.Account>
/** Whether a withdrawal may end the account. */
export type Existence = 'keep-alive' | 'allow-death'

export const accountOf = (store: Store, who: string): Account => store.get(system.storage.Account, who)
export const freeOf = (store: Store, who: string): bigint => accountOf(store, who).data.free
/** rao that can leave without ending the account. */
export function spendableOf(store: Store, who: string): bigint {
  const free = freeOf(store, who)
  return free > EXISTENTIAL_DEPOSIT ? free - EXISTENTIAL_DEPOSIT : 0n
}

/**
 * rao that a transfer can take, ending the account if it must. An account with a reserve cannot end and keeps the
 * existential deposit.
 */
export function removableOf(store: Store, who: string): bigint {
  const { free, reserved } = accountOf(store, who).data
  return reserved > 0n ? spendableOf(store, who) : free
}

function setFree(ctx: Ctx, who: string, free: bigint): void {
  const { store } = ctx
  const account = accountOf(store, who)
  const born = account.providers === 0 && free > 0n
  store.set(system.storage.Account, [who], {
    ...account,
    providers: born ? 1 : account.providers,
    data: { ...account.data, free, flags: NEW_LOGIC },
  })
  if (!born) return
  ctx.emit({ type: 'System', value: { type: 'NewAccount', value: { account: who } } })
  ctx.emit({ type: 'Balances', value: { type: 'Endowed', value: { account: who, free_balance: free } } })
}

/** Both counters of all TAO: the pallets' own and Subtensor's, which emission follows. */
function changeIssuance(store: Store, by: bigint): void {
  store.update(balances.storage.TotalIssuance, [], (total) => total + by)
  store.update(subtensorModule.storage.TotalIssuance, [], (total) => total + by)
}

/** Ends an account that fell below the minimum; its dust is gone. */
function reap(ctx: Ctx, who: string, dust: bigint): void {
  ctx.store.delete(system.storage.Account, who)
  ctx.emit({ type: 'System', value: { type: 'KilledAccount', value: { account: who } } })
  if (dust === 0n) return
  changeIssuance(ctx.store, -dust)
  ctx.emit({ type: 'Balances', value: { type: 'DustLost', value: { account: who, amount: dust } } })
}

function take(ctx: Ctx, who: string, amount: bigint, existence: Existence): Outcome {
  const free = freeOf(ctx.store, who)
  if (amount > free) return err({ token: 'FundsUnavailable' })
  if (amount > removableOf(ctx.store, who)) return err({ token: 'Frozen' })
  const rest = free - amount
  if (rest >= EXISTENTIAL_DEPOSIT) setFree(ctx, who, rest)
  else if (existence === 'keep-alive') return err({ token: 'NotExpendable' })
  else reap(ctx, who, rest)
  return done
}

/**
 * Moves TAO between accounts.
 * @param amount  rao
 * @errors FundsUnavailable, NotExpendable (keep-alive), BelowMinimum (the receiver would stay under the minimum)
 */
export function transfer(
  ctx: Ctx,
  { from, to, amount }: { readonly from: string; readonly to: string; readonly amount: bigint },
  existence: Existence,
): Outcome {
  if (amount > freeOf(ctx.store, from)) return err({ token: 'FundsUnavailable' })
  if (from !== to) {
    if (freeOf(ctx.store, to) + amount < EXISTENTIAL_DEPOSIT) return err({ token: 'BelowMinimum' })
    const taken = take(ctx, from, amount, existence)
    if (!taken.ok) return taken
    setFree(ctx, to, freeOf(ctx.store, to) + amount)
  }
  ctx.emit({ type: 'Balances', value: { type: 'Transfer', value: { from, to, amount } } })
  return done
}

/** Takes TAO out of existence (fees, registrations). @param amount rao */
export function recycle(ctx: Ctx, who: string, amount: bigint): Outcome {
  if (amount === 0n) return done
  const taken = take(ctx, who, amount, 'keep-alive')
  if (!taken.ok) return taken
  changeIssuance(ctx.store, -amount)
  ctx.emit({ type: 'Balances', value: { type: 'Withdraw', value: { who, amount } } })
  return done
}

/** Takes all of an account out of existence, and ends it (what a removed subnet could not pay). */
export function recycleAll(ctx: Ctx, who: string): void {
  const amount = freeOf(ctx.store, who)
  if (amount === 0n) return
  ctx.store.delete(system.storage.Account, who)
  changeIssuance(ctx.store, -amount)
  ctx.emit({ type: 'System', value: { type: 'KilledAccount', value: { account: who } } })
}

/** Creates TAO (emission, genesis). @param amount rao */
export function mint(ctx: Ctx, who: string, amount: bigint): void {
  if (amount === 0n) return
  setFree(ctx, who, freeOf(ctx.store, who) + amount)
  changeIssuance(ctx.store, amount)
}

export const raiseNonce = (store: Store, who: string): void =>
  store.update(system.storage.Account, [who], (account) => ({ ...account, nonce: account.nonce + 1 }))

/** Everything that can leave. @returns rao moved */
export function transferAll(ctx: Ctx, from: string, to: string, keepAlive: boolean): Outcome<bigint> {
  const amount = keepAlive ? spendableOf(ctx.store, from) : removableOf(ctx.store, from)
  const moved = transfer(ctx, { from, to, amount }, keepAlive ? 'keep-alive' : 'allow-death')
  return moved.ok ? ok(amount) : moved
}
