import { ok } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { type Ctx, dryRun, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { availabilityOf } from '../locks/locks.ts'
import { accountOf, recycle } from '../money/balances.ts'
import { alphaWorth } from '../pool/pool.ts'
import { coversBond } from '../registration/collateral.ts'
import { type Position, removeAlpha, stakeOf } from '../stake/ledger.ts'
import { applySell, isStable, poolOf, quoteSell } from '../stake/pools.ts'
import { subnetAccount } from '../stake/subnet-account.ts'

const s = subtensorModule.storage

/** A fee that was taken out of a position. */
export interface AlphaFee {
  readonly netuid: number
  /** alpha sold for it */
  readonly alpha: bigint
  /** rao that the sale brought; as the pool's slippage is not counted, a little less than the fee in TAO */
  readonly tao: bigint
}

/** Subnets on which a coldkey has stake behind a hotkey and may trade it. */
const stakedOn = (store: Store, who: string, hotkey: string): number[] =>
  store
    .entries(s.NetworksAdded)
    .map(([[netuid]]) => netuid)
    .filter((netuid) => store.get(s.SubtokenEnabled, netuid))
    .filter((netuid) => stakeOf(store, { coldkey: who, hotkey, netuid }) > 0n)

/**
 * The positions that a call turns into TAO, each of which could pay for it; empty for every other call.
 * @source subtensor `pallets/transaction-fee/src/lib.rs`, fees_in_alpha
 */
function positionsOf(store: Store, who: string, call: RuntimeCall): readonly Position[] {
  if (call.type !== 'SubtensorModule') return []
  const { type, value } = call.value
  switch (type) {
    case 'remove_stake':
    case 'remove_stake_limit':
    case 'remove_stake_full_limit':
    case 'recycle_alpha':
    case 'burn_alpha':
      return [{ coldkey: who, hotkey: value.hotkey, netuid: value.netuid }]
    case 'transfer_stake':
    case 'swap_stake':
    case 'swap_stake_limit':
      return [{ coldkey: who, hotkey: value.hotkey, netuid: value.origin_netuid }]
    case 'move_stake':
    case 'move_stake_limit':
      return [{ coldkey: who, hotkey: value.origin_hotkey, netuid: value.origin_netuid }]
    case 'unstake_all':
    case 'unstake_all_alpha':
      return stakedOn(store, who, value.hotkey).map((netuid) => ({ coldkey: who, hotkey: value.hotkey, netuid }))
    default:
      return []
  }
}

/** The one position that may pay. The chain refuses to spread a fee over several subnets. */
function payingPosition(store: Store, who: string, call: RuntimeCall): Position | undefined {
  const [only, ...others] = positionsOf(store, who, call)
  return others.length === 0 ? only : undefined
}

/** @param rao  fee. @returns alpha at the spot price */
const priceInAlpha = (store: Store, netuid: number, rao: bigint): bigint =>
  isStable(store, netuid) ? rao : alphaWorth(poolOf(store, netuid), rao)

/** Sells the alpha without a swap fee; what it brings leaves existence, as every fee does here. */
function sellForFee(ctx: Ctx, position: Position, rao: bigint): Outcome<AlphaFee> {
  const { coldkey, hotkey, netuid } = position
  const held = stakeOf(ctx.store, position)
  const alpha = priceInAlpha(ctx.store, netuid, rao)
  // What is locked or bound pays for nothing.
  const free = availabilityOf(ctx, coldkey, netuid).available
  if (alpha > held || alpha > free || !coversBond(ctx.store, position, alpha).ok)
    return fail('NotEnoughStakeToWithdraw')
  const sold = quoteSell(ctx.store, { netuid, amount: alpha === 0n ? held : alpha, free: true })
  if (!sold.ok) return sold
  const { swapped, received } = sold.value
  if (!removeAlpha(ctx.store, position, swapped)) return fail('NotEnoughStakeToWithdraw')
  applySell(ctx, netuid, sold.value)
  const value: [string, string, bigint, bigint, number, bigint] = [coldkey, hotkey, received, swapped, netuid, 0n]
  ctx.emit({ type: 'SubtensorModule', value: { type: 'StakeRemoved', value } })
  const paid = recycle(ctx, subnetAccount(netuid), received)
  return paid.ok ? ok({ netuid, alpha: swapped, tao: received }) : paid
}

/**
 * Takes a fee from the position that the call touches, for a signer whose TAO does not reach.
 * @param fee  rao, tip included
 * @errors NotEnoughStakeToWithdraw when there is no such position or it is worth less; the Swap pallet's
 */
export function payInAlpha(
  ctx: Ctx,
  who: string,
  { call, fee }: { call: RuntimeCall; fee: bigint },
): Outcome<AlphaFee> {
  // An account that ended has no nonce to count on. @source subtensor `runtime/src/check_nonce.rs`
  const position = accountOf(ctx.store, who).providers === 0 ? undefined : payingPosition(ctx.store, who, call)
  return position === undefined ? fail('NotEnoughStakeToWithdraw') : sellForFee(ctx, position, fee)
}

/** Whether {@link payInAlpha} would succeed now; nothing is written. */
export const canPayInAlpha = (ctx: Ctx, who: string, what: { call: RuntimeCall; fee: bigint }): boolean =>
  dryRun(ctx, (inner) => payInAlpha(inner, who, what)).ok
