import { blockEmission } from '../coinbase/emission.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'

const s = subtensorModule.storage
/** What a block issued before the first halving. */
const WHOLE = 1_000_000_000n

/** When a subnet was last created. */
export const LAST_CREATED = { type: 'NetworkLastRegistered', value: undefined } as const

/**
 * Price of a new subnet: twice the last one, falling to the minimum over the reduction interval, which shrinks as emission does.
 * @returns rao
 * @source subtensor `coinbase/root.rs` get_network_lock_cost
 */
export function subnetPrice({ store, block }: Ctx): bigint {
  const last = store.get(s.NetworkLastLockCost)
  const least = store.get(s.NetworkMinLockCost)
  const at = store.get(s.LastRateLimitedBlock, LAST_CREATED)
  const emission = blockEmission(store.get(s.TotalIssuance))
  const interval = (store.get(s.NetworkLockReductionInterval) * emission) / WHOLE
  const fallen = interval === 0n ? 0n : (last / interval) * (BigInt(block) - at)
  const cost = last * (at === 0n ? 1n : 2n) - fallen
  return cost < least ? least : cost
}
