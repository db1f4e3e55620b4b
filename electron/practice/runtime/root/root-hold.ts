import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { type Position, ROOT } from '../stake/ledger.ts'

const s = subtensorModule.storage

/** Notes that somebody's stake on root changed now; on other subnets nothing is noted. */
export function touchRoot({ store, block }: Ctx, { coldkey, hotkey, netuid }: Position): void {
  if (netuid === ROOT) store.set(s.LastColdkeyHotkeyStakeBlock, [coldkey, hotkey], BigInt(block))
}

/**
 * Stake on root stays there for a while after its last change, where the chain says so.
 * @errors RootStakeLocked
 */
export function mayLeaveRoot({ store, block }: Ctx, { coldkey, hotkey, netuid }: Position): Outcome {
  const interval = store.get(s.RootStakeUnlockInterval)
  if (netuid !== ROOT || interval === 0n) return done
  const last = store.get(s.LastColdkeyHotkeyStakeBlock, coldkey, hotkey) ?? 0n
  return BigInt(block) - last >= interval ? done : fail('RootStakeLocked')
}
