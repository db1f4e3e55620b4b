import { netuidsOf } from '../coinbase/coinbase.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { ROOT } from '../stake/ledger.ts'

const s = subtensorModule.storage

/**
 * The subnet that a new one would push out: the lowest slow price outside immunity; among equals the oldest.
 * @returns `undefined` while all are immune
 * @source subtensor `coinbase/root.rs` get_network_to_prune
 */
export function subnetToPrune({ store, block }: Ctx): number | undefined {
  const immunity = store.get(s.NetworkImmunityPeriod)
  const born = (netuid: number): bigint => store.get(s.NetworkRegisteredAt, netuid)
  const price = (netuid: number): bigint => store.get(s.SubnetMovingPrice, netuid).bits
  const mortal = netuidsOf(store).filter((netuid) => netuid !== ROOT && BigInt(block) >= born(netuid) + immunity)
  const [first] = mortal.sort((a, b) => Number(price(a) - price(b)) || Number(born(a) - born(b)) || a - b)
  return first
}
