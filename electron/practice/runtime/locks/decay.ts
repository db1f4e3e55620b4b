import type { LockState } from '../../definitions/types/stake.ts'

/** Fractions are counted in parts of this: 64 bits, as the chain's `U64F64`. */
export const ONE = 1n << 64n
/** Beyond e^-40 nothing is left. @source subtensor `staking/lock.rs` exp_decay */
const FARTHEST = 40n
/** A lock below this is none. @source subtensor `staking/lock.rs` LOCK_STATE_ZERO_THRESHOLD */
const DUST = 100n

/**
 * e^(−blocks ÷ scale), by halving the exponent until the series is short; right to some units of the 60th bit. The chain's own
 * approximation may differ in the last digits.
 * @returns parts of {@link ONE}
 */
export function decayed(blocks: bigint, scale: bigint): bigint {
  if (blocks === 0n) return ONE
  if (scale === 0n) return 0n
  const exponent = (blocks * ONE) / scale
  if (exponent > FARTHEST * ONE) return 0n
  const halvings = 12n
  const small = exponent >> halvings
  let [sum, term] = [ONE, ONE]
  for (let n = 1n; n <= 12n && term !== 0n; n += 1n) {
    term = -(term * small) / (ONE * n)
    sum += term
  }
  for (let n = 0n; n < halvings; n += 1n) sum = (sum * sum) / ONE
  return sum
}

/** Time scales of the chain, blocks. */
export interface Rates {
  readonly unlock: bigint
  readonly maturity: bigint
}

/** What kind of lock it is: of the subnet owner's hotkey, and whether it decays. */
export interface LockClass {
  readonly ownerHotkey: boolean
  readonly perpetual: boolean
}

/** Conviction that the locked mass itself brings over `blocks`, parts of {@link ONE}. */
function matured(mass: bigint, blocks: bigint, { unlock, maturity }: Rates, { perpetual }: LockClass): bigint {
  const fading = decayed(blocks, maturity)
  if (perpetual) return mass * (ONE - fading)
  if (unlock === maturity) return maturity === 0n ? 0n : (mass * blocks * fading) / maturity
  if (unlock === 0n || maturity === 0n) return 0n
  const gained = (unlock * (decayed(blocks, unlock) - fading)) / (unlock - maturity)
  return gained > 0n ? mass * gained : 0n
}

/**
 * A lock as it is at a later block; `undefined` when nothing worth keeping is left.
 * @source subtensor `staking/lock.rs` roll_lock_state
 */
export function rolled(lock: LockState, now: bigint, rates: Rates, kind: LockClass): LockState | undefined {
  const blocks = now > lock.last_update ? now - lock.last_update : 0n
  const mass = kind.perpetual ? lock.locked_mass : (lock.locked_mass * decayed(blocks, rates.unlock)) / ONE
  const earned =
    (lock.conviction.bits * decayed(blocks, rates.maturity)) / ONE + matured(lock.locked_mass, blocks, rates, kind)
  const bits = kind.ownerHotkey ? mass * ONE : earned
  if (mass < DUST && bits < DUST * ONE) return undefined
  return { locked_mass: mass, conviction: { bits }, last_update: blocks === 0n ? lock.last_update : now }
}
