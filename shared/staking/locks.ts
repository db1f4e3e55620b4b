import { type Alpha, alpha } from '../units/amounts.ts'
import type { SubnetHolding } from './holding-state.ts'

/** When how much of a decaying lock is free. */
export interface LockStep {
  readonly block: number
  /** Free by then, of the whole holding on the subnet, if nothing else changes. */
  readonly free: Alpha
  /** Still locked. */
  readonly locked: Alpha
}

/**
 * A lock decays as e^(−t/scale): half of it is free after 0.693 of the scale, nine tenths after 2.303, 99 % after 4.605. The
 * last of these is where the chain's own dust rule soon ends it.
 */
const STEPS = [
  { partLeft: 2n, millionths: 693_147n },
  { partLeft: 10n, millionths: 2_302_585n },
  { partLeft: 100n, millionths: 4_605_170n },
] as const

/**
 * What is free later. Empty where nothing is locked, or the lock is perpetual. What is bound besides the lock, as collateral
 * is, stays bound: the chain does not tell how long.
 * @param unlockBlocks time scale of the chain, blocks
 * @source subtensor `staking/lock.rs` calculate_decayed_mass_and_conviction
 */
export function lockSteps(
  { total = alpha(0n), available, lock }: Pick<SubnetHolding, 'total' | 'available' | 'lock'>,
  atBlock: number,
  unlockBlocks: number,
): readonly LockStep[] {
  if (!lock || lock.perpetual || lock.amount === 0n) return []
  const bound = available === undefined ? lock.amount : total - available
  const otherwise = bound > lock.amount ? bound - lock.amount : 0n
  return STEPS.map(({ partLeft, millionths }) => {
    const locked = lock.amount / partLeft
    const block = atBlock + Number((BigInt(unlockBlocks) * millionths + 999_999n) / 1_000_000n)
    const kept = locked + otherwise
    return { block, locked: alpha(locked), free: alpha(total > kept ? total - kept : 0n) }
  })
}
