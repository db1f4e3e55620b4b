import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'

const s = subtensorModule.storage
/** Basket rates have 32 fraction bits. */
export const FRACTION = 1n << 32n

/** Basket shares that a rao of root stake behind a validator has earned since the beginning, parts of {@link FRACTION}. */
export const basketRate = (store: Store, hotkey: string): bigint =>
  store.get(s.RootClaimable, hotkey).find(([netuid]) => netuid === 0)?.[1].bits ?? 0n

/**
 * Stake that comes has not earned what was paid before, and stake that goes leaves what it earned; so what a coldkey is owed
 * does not change. Rounded against the holder, so that a basket never owes more than it holds.
 * @param change rao, below 0 when stake goes
 */
export function keepOwed(store: Store, hotkey: string, coldkey: string, change: bigint): void {
  const rate = basketRate(store, hotkey)
  if (rate === 0n) return
  const amount = change < 0n ? -change : change
  const earned = change < 0n ? -((rate * amount) / FRACTION) : (rate * amount + FRACTION - 1n) / FRACTION
  store.update(s.BasketClaimed, [hotkey, coldkey], (claimed) => claimed + earned)
}
