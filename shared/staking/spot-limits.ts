import { limitsOf, ROOT } from './move-limits.ts'
import type { Holdings, StakeMove } from './stake-move.ts'
import { destinationOf, originOf } from './stake-move.ts'

/**
 * Gives every trade that has no limit of its own one, at `ppm` parts per million from the price that the chain names now. From
 * then on it is a price (rao for one alpha) or a ratio (times 1e9) that does not follow the market: it stands in the plan, is
 * what is signed, and is what a later quote is held against. For chains that simulate no trade, where a limit has to be said.
 *
 * Pure. A trade on root needs none; one whose price is unknown stays without, and the planner refuses it.
 */
export function limitedFromSpot(
  moves: readonly StakeMove[],
  prices: Holdings['prices'],
  ppm: number,
): readonly StakeMove[] {
  const at = (place: ReturnType<typeof originOf>) => place && prices.get(place.netuid)
  return moves.map((move) => {
    if ('netuid' in move && move.netuid === ROOT) return move
    const limits = limitsOf(move, { from: at(originOf(move)), to: at(destinationOf(move)) }, ppm)
    // At 0 nothing would be bounded.
    return { ...move, ...(limits?.limitPrice || limits?.limitRatio ? limits : {}) }
  })
}
