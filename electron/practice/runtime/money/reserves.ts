import { err } from '../../../../shared/result.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { system } from '../core/pallets.ts'
import { type Account, accountOf, EXISTENTIAL_DEPOSIT } from './balances.ts'

/** Writes both balances; an account with a reserve has one consumer more, which keeps it from ending. */
function write(ctx: Ctx, who: string, account: Account, { free, reserved }: { free: bigint; reserved: bigint }): void {
  const before = account.data.reserved > 0n ? 1 : 0
  const after = reserved > 0n ? 1 : 0
  const consumers = account.consumers + after - before
  ctx.store.set(system.storage.Account, [who], { ...account, consumers, data: { ...account.data, free, reserved } })
}

/**
 * Sets TAO aside as a deposit: it stays the account's, but cannot be spent.
 * @param amount  rao
 * @errors Balances.InsufficientBalance, ConsumerRemaining (less than the existential deposit would stay free)
 * @source polkadot-sdk `pallets/balances` (ReservableCurrency::reserve)
 */
export function reserve(ctx: Ctx, who: string, amount: bigint): Outcome {
  if (amount === 0n) return done
  const account = accountOf(ctx.store, who)
  const { free, reserved } = account.data
  if (amount > free) return err({ pallet: 'Balances', error: 'InsufficientBalance' })
  if (free - amount < EXISTENTIAL_DEPOSIT) return err({ other: 'ConsumerRemaining' })
  write(ctx, who, account, { free: free - amount, reserved: reserved + amount })
  ctx.emit({ type: 'Balances', value: { type: 'Reserved', value: { who, amount } } })
  return done
}

/** Gives a deposit back, as much of it as is there. @param amount  rao */
export function unreserve(ctx: Ctx, who: string, amount: bigint): void {
  const account = accountOf(ctx.store, who)
  const { free, reserved } = account.data
  const returned = amount < reserved ? amount : reserved
  if (returned === 0n) return
  write(ctx, who, account, { free: free + returned, reserved: reserved - returned })
  ctx.emit({ type: 'Balances', value: { type: 'Unreserved', value: { who, amount: returned } } })
}

/** Makes a deposit that was `before` rao one of `after` rao. @errors of {@link reserve} */
export function adjustReserve(ctx: Ctx, who: string, { before, after }: { before: bigint; after: bigint }): Outcome {
  if (after > before) return reserve(ctx, who, after - before)
  unreserve(ctx, who, before - after)
  return done
}
