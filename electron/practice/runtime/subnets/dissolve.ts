import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { freeOf, recycleAll, transfer } from '../money/balances.ts'
import { subnetExists } from '../stake/checks.ts'
import { ROOT, stakeOf } from '../stake/ledger.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import { forgetSubnet } from './forget.ts'

const s = subtensorModule.storage

interface Holder {
  readonly coldkey: string
  readonly alpha: bigint
}

/** Every position on the subnet, as often as a coldkey has one. */
const holdersOf = (store: Store, netuid: number): Holder[] =>
  store.entries(s.AlphaV2).flatMap(([[hotkey, coldkey, id]]) => {
    if (id !== netuid) return []
    const alpha = stakeOf(store, { hotkey, coldkey, netuid })
    return alpha > 0n ? [{ coldkey, alpha }] : []
  })

/**
 * Splits the pool's TAO by alpha: each the whole part, and the rest one by one to those who lost most by rounding.
 * @returns rao, in the order of the holders
 */
export function portionsOf(pot: bigint, alphas: readonly bigint[]): readonly bigint[] {
  const all = alphas.reduce((sum, alpha) => sum + alpha, 0n)
  if (all === 0n) return alphas.map(() => 0n)
  const whole = alphas.map((alpha) => (pot * alpha) / all)
  const left = Number(pot - whole.reduce((sum, part) => sum + part, 0n))
  const lost = (at: number): bigint => (pot * (alphas[at] ?? 0n)) % all
  const first = alphas.map((_, at) => at).toSorted((a, b) => (lost(a) > lost(b) ? -1 : lost(a) < lost(b) ? 1 : 0))
  const more = new Set(first.slice(0, left))
  return whole.map((part, at) => part + (more.has(at) ? 1n : 0n))
}

/** What would leave a new account below the existential deposit is not paid, and lost with the rest. */
function payOut(ctx: Ctx, netuid: number): void {
  const { store } = ctx
  const from = subnetAccount(netuid)
  const holders = holdersOf(store, netuid)
  const portions = portionsOf(
    store.get(s.SubnetTAO, netuid),
    holders.map(({ alpha }) => alpha),
  )
  const due = holders.map(({ coldkey }, at) => ({ to: coldkey, amount: portions[at] ?? 0n }))
  // The smallest first: what is left before the last one must keep the account alive.
  for (const { to, amount } of due.toSorted((a, b) => Number(a.amount - b.amount)))
    if (amount > 0n && amount <= freeOf(store, from)) transfer(ctx, { from, to, amount }, 'allow-death')
}

/**
 * Ends a subnet: the TAO of its pool goes to all who hold its alpha, by what they hold, as free TAO of their coldkeys; what waits for
 * the next epoch is lost, and the owner gets nothing for what it locked.
 * @errors SubnetNotExists
 * @source subtensor `coinbase/root.rs` do_dissolve_network, `staking/remove_stake.rs` destroy_alpha_in_out_stakes, of spec 424. Newer
 *   runtimes do the same over several blocks.
 */
export function dissolveSubnet(ctx: Ctx, netuid: number): Outcome {
  const { store } = ctx
  if (netuid === ROOT || !subnetExists(store, netuid)) return fail('SubnetNotExists')
  store.update(s.TotalStake, [], (total) => total - store.get(s.SubnetTAO, netuid))
  payOut(ctx, netuid)
  recycleAll(ctx, subnetAccount(netuid))
  if (store.has(s.SubnetIdentitiesV3, netuid)) {
    store.delete(s.SubnetIdentitiesV3, netuid)
    ctx.emit({ type: 'SubtensorModule', value: { type: 'SubnetIdentityRemoved', value: netuid } })
  }
  forgetSubnet(store, netuid)
  store.update(s.TotalNetworks, [], (count) => count - 1)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'NetworkRemoved', value: netuid } })
  return done
}
