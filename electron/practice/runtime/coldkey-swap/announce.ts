import { blake2AsHex } from '@polkadot/util-crypto'
import { accountId } from '../../definitions/types/account.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { recycle } from '../money/balances.ts'
import { moveColdkey } from './move-coldkey.ts'

const s = subtensorModule.storage
const { ColdkeySwapAnnouncements, ColdkeySwapDisputes } = s
const COST = subtensorModule.constants.KeySwapCost.value

/** How an announcement names the new coldkey without telling it. */
export const coldkeyHash = (coldkey: string): string => blake2AsHex(accountId.codec.enc(coldkey), 256)

function pay(ctx: Ctx, who: string, cost: bigint): Outcome {
  return recycle(ctx, who, cost).ok ? done : fail('NotEnoughBalanceToPaySwapColdKey')
}

/**
 * Call 125. What is stored is the block from which the swap may be carried out, and the hash.
 * The first announcement costs 0.1 TAO; another one is free, but only possible some blocks after that block.
 * @errors ColdkeySwapReannouncedTooEarly, NotEnoughBalanceToPaySwapColdKey
 * @source subtensor `pallets/subtensor/src/macros/dispatches.rs`
 */
export function announceSwap(ctx: Ctx, who: string, hash: string): Outcome {
  const { store, block } = ctx
  const before = store.get(ColdkeySwapAnnouncements, who)
  if (before !== undefined && block < before[0] + store.get(s.ColdkeySwapReannouncementDelay))
    return fail('ColdkeySwapReannouncedTooEarly')
  const paid = before === undefined ? pay(ctx, who, COST) : done
  if (!paid.ok) return paid
  store.set(ColdkeySwapAnnouncements, [who], [block + store.get(s.ColdkeySwapAnnouncementDelay), hash])
  const value = { who, new_coldkey_hash: hash }
  ctx.emit({ type: 'SubtensorModule', value: { type: 'ColdkeySwapAnnounced', value } })
  return done
}

/**
 * Call 126: everything moves.
 * @errors ColdkeySwapAnnouncementNotFound, AnnouncedColdkeyHashDoesNotMatch, ColdkeySwapTooEarly, and those of moving
 */
export function carryOutSwap(ctx: Ctx, who: string, newColdkey: string): Outcome {
  const announced = ctx.store.get(ColdkeySwapAnnouncements, who)
  if (announced === undefined) return fail('ColdkeySwapAnnouncementNotFound')
  const [when, hash] = announced
  if (hash !== coldkeyHash(newColdkey)) return fail('AnnouncedColdkeyHashDoesNotMatch')
  if (ctx.block < when) return fail('ColdkeySwapTooEarly')
  ctx.store.delete(ColdkeySwapAnnouncements, who)
  return moveColdkey(ctx, who, newColdkey)
}

/** Call 127: freezes the account until root decides. @errors ColdkeySwapAnnouncementNotFound, ColdkeySwapAlreadyDisputed */
export function disputeSwap(ctx: Ctx, who: string): Outcome {
  const { store, block } = ctx
  if (!store.has(ColdkeySwapAnnouncements, who)) return fail('ColdkeySwapAnnouncementNotFound')
  if (store.has(ColdkeySwapDisputes, who)) return fail('ColdkeySwapAlreadyDisputed')
  store.set(ColdkeySwapDisputes, [who], block)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'ColdkeySwapDisputed', value: { coldkey: who } } })
  return done
}

/** Call 133: takes an announcement back. @errors ColdkeySwapAnnouncementNotFound, ColdkeySwapClearTooEarly */
export function clearSwap(ctx: Ctx, who: string): Outcome {
  const { store, block } = ctx
  const announced = store.get(ColdkeySwapAnnouncements, who)
  if (announced === undefined) return fail('ColdkeySwapAnnouncementNotFound')
  if (block < announced[0] + store.get(s.ColdkeySwapReannouncementDelay)) return fail('ColdkeySwapClearTooEarly')
  store.delete(ColdkeySwapAnnouncements, who)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'ColdkeySwapCleared', value: { who } } })
  return done
}

/** Call 128, by root: neither announced nor disputed any more. */
export function resetSwap(ctx: Ctx, coldkey: string): Outcome {
  ctx.store.delete(ColdkeySwapAnnouncements, coldkey)
  ctx.store.delete(ColdkeySwapDisputes, coldkey)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'ColdkeySwapReset', value: { who: coldkey } } })
  return done
}

/** Call 71, by root: without announcement; what was announced or disputed ends with it. */
export function swapAsRoot(
  ctx: Ctx,
  { old_coldkey, new_coldkey, swap_cost }: { old_coldkey: string; new_coldkey: string; swap_cost: bigint },
): Outcome {
  const paid = pay(ctx, old_coldkey, swap_cost)
  if (!paid.ok) return paid
  const moved = moveColdkey(ctx, old_coldkey, new_coldkey)
  if (!moved.ok) return moved
  ctx.store.delete(ColdkeySwapAnnouncements, old_coldkey)
  ctx.store.delete(ColdkeySwapDisputes, old_coldkey)
  return done
}
