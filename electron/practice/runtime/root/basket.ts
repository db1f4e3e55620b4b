import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { knownHotkey } from '../stake/checks.ts'
import { addAlpha, BASKET, type Position, ROOT, removeAlpha, stakeOf } from '../stake/ledger.ts'
import { basketRate, FRACTION } from '../stake/watermark.ts'
import { touchRoot } from './root-hold.ts'

// A validator's basket. Mainnet's hold alpha of the subnets that the validator chose; those of practice hold TAO alone, as if
// every validator had chosen root. One share is one rao then.

const s = subtensorModule.storage

/** What a validator's basket holds, rao. */
export const basketOf = (store: Store, hotkey: string): bigint =>
  stakeOf(store, { hotkey, coldkey: BASKET, netuid: ROOT })

/**
 * Pays dividends into a validator's basket, to everybody who has stake on root behind it.
 * @returns false when nobody has: the caller pays somebody else
 */
export function fillBasket({ store }: Ctx, hotkey: string, tao: bigint): boolean {
  const eligible = store.get(s.TotalHotkeyAlpha, hotkey, ROOT) - basketOf(store, hotkey)
  if (eligible <= 0n) return false
  const rates = new Map(store.get(s.RootClaimable, hotkey))
  rates.set(ROOT, { bits: (rates.get(ROOT)?.bits ?? 0n) + (tao * FRACTION) / eligible })
  store.set(s.RootClaimable, [hotkey], [...rates])
  addAlpha(store, { hotkey, coldkey: BASKET, netuid: ROOT }, tao)
  return true
}

/** What the basket of one validator owes a coldkey, rao. */
export function owedBy(store: Store, hotkey: string, coldkey: string): bigint {
  const stake = stakeOf(store, { hotkey, coldkey, netuid: ROOT })
  const earned = (basketRate(store, hotkey) * stake) / FRACTION - store.get(s.BasketClaimed, hotkey, coldkey)
  const held = basketOf(store, hotkey)
  if (earned <= 0n) return 0n
  return earned < held ? earned : held
}

/** Less than the threshold stays in the basket, without a word: the fee is paid for nothing then. */
function redeem(ctx: Ctx, position: Position): void {
  const { store } = ctx
  const { coldkey, hotkey } = position
  const owed = owedBy(store, hotkey, coldkey)
  if (owed === 0n || owed < store.get(s.RootClaimableThreshold, ROOT).bits / FRACTION) return
  if (!removeAlpha(store, { hotkey, coldkey: BASKET, netuid: ROOT }, owed)) return
  store.update(s.BasketClaimed, [hotkey, coldkey], (claimed) => claimed + owed)
  addAlpha(store, position, owed)
  touchRoot(ctx, position)
}

const told = (ctx: Ctx, coldkey: string): Outcome => {
  ctx.emit({ type: 'SubtensorModule', value: { type: 'RootClaimed', value: { coldkey } } })
  return done
}

/** Call 121. Every validator that the coldkey stakes to; the subnets named are not looked at. */
export function claimRoot(ctx: Ctx, coldkey: string): Outcome {
  for (const hotkey of ctx.store.get(s.StakingHotkeys, coldkey)) redeem(ctx, { coldkey, hotkey, netuid: ROOT })
  return told(ctx, coldkey)
}

/** Call 148. @errors HotKeyAccountNotExists */
export function claimRootOf(ctx: Ctx, coldkey: string, hotkey: string): Outcome {
  const known = knownHotkey(ctx, hotkey)
  if (!known.ok) return known
  redeem(ctx, { coldkey, hotkey, netuid: ROOT })
  return told(ctx, coldkey)
}
