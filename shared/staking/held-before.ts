import { type Alpha, alpha } from '../units/amounts.ts'
import { destinationOf, type Holdings, originOf, placeKey, type StakeMove } from './stake-move.ts'

/**
 * What the position that a move leaves holds when its turn comes; 0 for purchases. What trades bring in is not counted on.
 * @returns 1e-9 alpha, one for each move
 */
export function heldBefore(moves: readonly StakeMove[], { positions }: Pick<Holdings, 'positions'>): readonly Alpha[] {
  const held = new Map<string, bigint>(positions.map((row) => [placeKey(row.hotkey, row.netuid), row.alpha]))
  const shift = (key: string, by: bigint) => {
    const now = (held.get(key) ?? 0n) + by
    held.set(key, now > 0n ? now : 0n)
  }
  return moves.map((move) => {
    const [from, to] = [originOf(move), destinationOf(move)]
    if (!from) return alpha(0n)
    const key = placeKey(from.hotkey, from.netuid)
    const before = alpha(held.get(key) ?? 0n)
    const amount = move.kind === 'remove-all' || move.kind === 'add' ? before : move.amount
    shift(key, -amount)
    if (to && move.kind === 'move') shift(placeKey(to.hotkey, to.netuid), amount)
    return before
  })
}
