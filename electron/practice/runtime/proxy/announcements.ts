import type { Announcement } from '../../definitions/types/proxy.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { proxy } from '../core/pallets.ts'
import { adjustReserve } from '../money/reserves.ts'
import { delegationsOf, depositFor, refuse } from './proxies.ts'

const { Announcements } = proxy.storage
const { AnnouncementDepositBase, AnnouncementDepositFactor, MaxPending } = proxy.constants
const PRICE = { base: AnnouncementDepositBase.value, factor: AnnouncementDepositFactor.value }

/** Writes a delegate's announcements and makes the deposit fit them. */
function save(ctx: Ctx, delegate: string, list: readonly Announcement[]): Outcome {
  const [, before] = ctx.store.get(Announcements, delegate)
  const after = depositFor(list.length, PRICE)
  const adjusted = adjustReserve(ctx, delegate, { before, after })
  if (!adjusted.ok) return adjusted
  if (list.length === 0) ctx.store.delete(Announcements, delegate)
  else ctx.store.set(Announcements, [delegate], [[...list], after])
  return done
}

/**
 * Call 6: a delegate announces the hash of a call for `real`. The deposit is 0.036 TAO and 0.068 TAO for each.
 * @errors NotProxy, TooMany, and those of reserving
 */
export function announce(ctx: Ctx, delegate: string, { real, hash }: { real: string; hash: string }): Outcome {
  if (!delegationsOf(ctx.store, real).some((one) => one.delegate === delegate)) return refuse('NotProxy')
  const [list] = ctx.store.get(Announcements, delegate)
  if (list.length >= MaxPending.value) return refuse('TooMany')
  const saved = save(ctx, delegate, [...list, { real, call_hash: hash, height: ctx.block }])
  if (!saved.ok) return saved
  ctx.emit({ type: 'Proxy', value: { type: 'Announced', value: { real, proxy: delegate, call_hash: hash } } })
  return done
}

/**
 * Calls 7 and 8: a delegate takes back what it announced, or the account refuses it. The chain tells it by no event but
 * the deposit's.
 * @param from  block after which an announcement is too young to be meant; all of them if absent
 * @errors NotFound
 */
export function withdrawAnnouncement(
  ctx: Ctx,
  delegate: string,
  { real, hash, from }: { readonly real: string; readonly hash: string; readonly from?: number },
): Outcome {
  const [list] = ctx.store.get(Announcements, delegate)
  const isMeant = (one: Announcement): boolean =>
    one.real === real && one.call_hash === hash && (from === undefined || one.height <= from)
  const rest = list.filter((one) => !isMeant(one))
  return rest.length === list.length ? refuse('NotFound') : save(ctx, delegate, rest)
}

/** Half of call 10: the deposit of the announcements becomes what it would be today. */
export function pokeAnnouncements(ctx: Ctx, who: string): Outcome {
  const [list, before] = ctx.store.get(Announcements, who)
  const after = depositFor(list.length, PRICE)
  if (before === after) return done
  const saved = save(ctx, who, list)
  if (!saved.ok) return saved
  const kind = { type: 'Announcements', value: undefined } as const
  const value = { who, kind, old_deposit: before, new_deposit: after }
  ctx.emit({ type: 'Proxy', value: { type: 'DepositPoked', value } })
  return done
}
