import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { normalized, UNIT } from '../epoch/consensus.ts'
import { transfer } from '../money/balances.ts'
import { rootWeight } from '../neurons/stake-weight.ts'
import { fillBasket } from '../root/basket.ts'
import { takeOf } from '../stake/delegates.ts'
import { addAlpha, NOBODY, ownerOf, ROOT } from '../stake/ledger.ts'
import { applySell, quoteSell } from '../stake/pools.ts'
import { subnetAccount } from '../stake/subnet-account.ts'

const s = subtensorModule.storage

/**
 * Root's part of an epoch. It is sold through the subnet's pool, and the TAO goes into the baskets of the validators that
 * earned it, where everybody with stake on root behind them may claim it.
 *
 * @param parts  dividends per uid, parts of {@link UNIT}
 * @returns alpha per uid that was sold for root
 */
export function payRoot(
  ctx: Ctx,
  { netuid, hotkeys, parts }: { netuid: number; hotkeys: readonly string[]; parts: readonly bigint[] },
): bigint[] {
  const { store } = ctx
  const nothing = hotkeys.map(() => 0n)
  const alpha = store.get(s.PendingRootAlphaDivs, netuid)
  const claims = normalized(hotkeys.map((hotkey, uid) => (rootWeight(store, hotkey) * (parts[uid] ?? 0n)) / UNIT))
  if (alpha === 0n || claims.every((claim) => claim === 0n)) return nothing
  const sold = quoteSell(store, { netuid, amount: alpha, free: true })
  if (!sold.ok) return nothing
  store.set(s.PendingRootAlphaDivs, [netuid], 0n)
  applySell(ctx, netuid, sold.value)
  const shares = claims.map((claim) => (sold.value.received * claim) / UNIT)
  // Rounding leaves a few rao; the first validator has them, so that no TAO is without an owner.
  const first = shares.findIndex((share) => share > 0n)
  const paid = shares.reduce((sum, share) => sum + share, 0n)
  shares[first] = (shares[first] ?? 0n) + sold.value.received - paid
  transfer(ctx, { from: subnetAccount(netuid), to: subnetAccount(ROOT), amount: sold.value.received }, 'keep-alive')
  for (const item of [s.SubnetTAO, s.SubnetAlphaOut]) store.update(item, [ROOT], (sum) => sum + sold.value.received)
  store.update(s.TotalStake, [], (total) => total + sold.value.received)
  const alphas = claims.map((claim) => (alpha * claim) / UNIT)
  shares.forEach((tao, uid) => {
    if (tao > 0n) payHolder(ctx, hotkeys[uid] ?? NOBODY, tao)
    if (tao > 0n) store.set(s.RootAlphaDividendsPerSubnet, [netuid, hotkeys[uid] ?? NOBODY], alphas[uid] ?? 0n)
  })
  return alphas
}

function payHolder(ctx: Ctx, hotkey: string, tao: bigint): void {
  const { store } = ctx
  const take = takeOf(store, hotkey, tao)
  const shared = fillBasket(ctx, hotkey, tao - take)
  addAlpha(store, { hotkey, coldkey: ownerOf(store, hotkey), netuid: ROOT }, shared ? take : tao)
}
