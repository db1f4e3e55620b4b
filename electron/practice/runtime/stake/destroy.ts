import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { alphaAssets, subtensorModule } from '../core/pallets.ts'
import { mayLeave } from '../locks/lock-calls.ts'
import { firstFailure, knownHotkey, subnetExists, tradable } from './checks.ts'
import { type Position, ROOT, removeAlpha, stakeOf } from './ledger.ts'

const s = subtensorModule.storage

/**
 * Calls 101 and 102: alpha of a position is destroyed. Recycled alpha may be issued again, burned alpha is counted on.
 * @param asked alpha; more than the position holds means all of it
 * @errors SubnetNotExists, CannotBurnOrRecycleOnRootSubnet, SubtokenDisabled, HotKeyAccountNotExists, InsufficientLiquidity,
 *   StakeUnavailable
 * @source subtensor `staking/recycle_alpha.rs`
 */
export function destroyAlpha(ctx: Ctx, position: Position, asked: bigint, how: 'recycle' | 'burn'): Outcome {
  const { store } = ctx
  const { coldkey, hotkey, netuid } = position
  const checked = firstFailure(
    () => (subnetExists(store, netuid) ? done : fail('SubnetNotExists')),
    () => (netuid === ROOT ? fail('CannotBurnOrRecycleOnRootSubnet') : done),
    () => tradable(ctx, netuid),
    () => knownHotkey(ctx, hotkey),
  )
  if (!checked.ok) return checked
  const held = stakeOf(store, position)
  const amount = asked < held ? asked : held
  if (store.get(s.SubnetAlphaOut, netuid) < amount) return fail('InsufficientLiquidity')
  const free = mayLeave(ctx, position, amount)
  if (!free.ok) return free
  if (!removeAlpha(store, position, amount)) return fail('NotEnoughStakeToWithdraw')
  if (how === 'recycle') store.update(s.SubnetAlphaOut, [netuid], (out) => out - amount)
  const total = how === 'recycle' ? alphaAssets.storage.AlphaRecycled : alphaAssets.storage.AlphaBurned
  store.update(total, [netuid], (sum) => sum + amount)
  const type = how === 'recycle' ? 'AlphaRecycled' : 'AlphaBurned'
  ctx.emit({ type: 'SubtensorModule', value: { type, value: [coldkey, hotkey, amount, netuid] } })
  return done
}
