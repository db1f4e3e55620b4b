import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { UNIT } from '../epoch/consensus.ts'
import { transfer } from '../money/balances.ts'
import { fillBasket } from '../root/basket.ts'
import { takeOf } from '../stake/delegates.ts'
import { addAlpha, ownerOf, ROOT } from '../stake/ledger.ts'
import { applySell, quoteSell } from '../stake/pools.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import type { Dividend } from './dividends.ts'

const s = subtensorModule.storage

/**
 * Root's part of an epoch. It is sold through the subnet's pool, and the TAO goes into the baskets of the validators that
 * earned it, where everybody with stake on root behind them may claim it.
 *
 * @returns alpha that was sold for root; none while nobody earned it, and then it waits
 */
export function payRoot(
  ctx: Ctx,
  { netuid, dividends }: { readonly netuid: number; readonly dividends: readonly Dividend[] },
): bigint {
  const { store } = ctx
  const alpha = store.get(s.PendingRootAlphaDivs, netuid)
  if (alpha === 0n || dividends.every(({ root }) => root === 0n)) return 0n
  const sold = quoteSell(store, { netuid, amount: alpha, free: true })
  if (!sold.ok) return 0n
  store.set(s.PendingRootAlphaDivs, [netuid], 0n)
  applySell(ctx, netuid, sold.value)
  const shares = dividends.map(({ root }) => (sold.value.received * root) / UNIT)
  // Rounding leaves a few rao; the first validator has them, so that no TAO is without an owner.
  const first = shares.findIndex((share) => share > 0n)
  const paid = shares.reduce((sum, share) => sum + share, 0n)
  shares[first] = (shares[first] ?? 0n) + sold.value.received - paid
  transfer(ctx, { from: subnetAccount(netuid), to: subnetAccount(ROOT), amount: sold.value.received }, 'keep-alive')
  for (const item of [s.SubnetTAO, s.SubnetAlphaOut]) store.update(item, [ROOT], (sum) => sum + sold.value.received)
  store.update(s.TotalStake, [], (total) => total + sold.value.received)
  dividends.forEach(({ hotkey, root }, at) => {
    const tao = shares[at] ?? 0n
    if (tao === 0n) return
    payHolder(ctx, hotkey, tao)
    store.set(s.RootAlphaDividendsPerSubnet, [netuid, hotkey], (alpha * root) / UNIT)
  })
  return alpha
}

function payHolder(ctx: Ctx, hotkey: string, tao: bigint): void {
  const { store } = ctx
  const take = takeOf(store, hotkey, tao)
  const shared = fillBasket(ctx, hotkey, tao - take)
  addAlpha(store, { hotkey, coldkey: ownerOf(store, hotkey), netuid: ROOT }, shared ? take : tao)
}
