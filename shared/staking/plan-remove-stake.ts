import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import {
  type Alpha,
  addRao,
  loweredByPpm,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  type Ss58,
  subAlpha,
  subRao,
  valueAtPrice,
} from '../units/amounts.ts'

export interface RemoveStakeRequest {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly amount: Alpha
  /** Worst accepted price, parts per million below the spot price. */
  readonly tolerancePpm: number
  /** A part of it counts, when all of it would pass the limit; the rest stays. Absent: all or nothing. */
  readonly allowPartial?: boolean | undefined
  /** Whose state counts, when the wallet acts for another account; absent: its own. */
  readonly account?: Ss58 | undefined
}

export interface RemoveStakeSnapshot {
  readonly coldkey: Ss58
  readonly block: number
  readonly free: Rao
  readonly existentialDeposit: Rao
  readonly minStake: Rao
  readonly price: RaoPerAlpha
  readonly started: boolean
  readonly held: Alpha
  /** From `get_stake_availability_for_coldkeys`: locks and collateral already off. */
  readonly available: Alpha
  /** `sim_swap_alpha_for_tao` for exactly `request.amount`; `taoOut` 0 when the pool cannot. */
  readonly quote: { readonly taoOut: Rao; readonly poolFee: Alpha }
  readonly txFee: Rao
}

export interface RemoveStakePlan {
  readonly kind: 'remove-stake'
  readonly coldkey: Ss58
  readonly request: RemoveStakeRequest
  readonly atBlock: number
  readonly price: RaoPerAlpha
  /** The chain refuses the trade below this. */
  readonly limitPrice: RaoPerAlpha
  readonly expectedTao: Rao
  readonly bestTao: Rao
  readonly worstTao: Rao
  readonly poolFee: Alpha
  readonly txFee: Rao
  readonly alphaAfter: Alpha
  /** True: what stays is worth less than the chain keeps for others; it may be sold by itself. Offer to take all. */
  readonly leavesDust: boolean
  readonly freeAfter: Rao
}

/**
 * Decides whether an unstake can be sent and with which floor.
 *
 * @errors stake/not-enough-alpha, stake/subnet-not-started, stake/no-liquidity, stake/too-small, stake/balance-too-low
 * @source subtensor `staking/remove_stake.rs`: proceeds of at least the minimum unless the position becomes empty; the
 *         limit is a floor on the spot price after the trade; on root it must be at most 1e9.
 */
export function planRemoveStake(
  request: RemoveStakeRequest,
  s: RemoveStakeSnapshot,
): Result<RemoveStakePlan, AppError> {
  const { netuid, amount } = request
  if (amount > s.available || amount === 0n)
    return err({ code: 'stake/not-enough-alpha', netuid, available: s.available, needed: amount })
  if (!s.started && netuid !== 0) return err({ code: 'stake/subnet-not-started', netuid })
  if (s.quote.taoOut === 0n) return err({ code: 'stake/no-liquidity', netuid })

  const alphaAfter = subAlpha(s.held, amount)
  if (alphaAfter === undefined)
    return err({ code: 'stake/not-enough-alpha', netuid, available: s.held, needed: amount })
  if (s.quote.taoOut < s.minStake && alphaAfter > 0n) return err({ code: 'stake/too-small', minimum: s.minStake })

  // The fee is taken before the proceeds arrive, so it must be free already (the chain's alpha fallback is not planned on).
  const afterFee = subRao(s.free, s.txFee)
  if (afterFee === undefined) return err({ code: 'stake/balance-too-low', available: s.free, needed: s.txFee })

  const limitPrice = loweredByPpm(s.price, netuid === 0 ? 0 : request.tolerancePpm)
  const swapped = subAlpha(amount, s.quote.poolFee)
  if (swapped === undefined) return err({ code: 'stake/no-liquidity', netuid })
  const worst = valueAtPrice(swapped, limitPrice)
  return ok({
    kind: 'remove-stake',
    coldkey: s.coldkey,
    request,
    atBlock: s.block,
    price: s.price,
    limitPrice,
    expectedTao: s.quote.taoOut,
    bestTao: valueAtPrice(swapped, s.price),
    worstTao: worst < s.quote.taoOut ? worst : s.quote.taoOut,
    poolFee: s.quote.poolFee,
    txFee: s.txFee,
    alphaAfter,
    leavesDust: alphaAfter > 0n && valueAtPrice(alphaAfter, s.price) < s.minStake,
    freeAfter: addRao(afterFee, s.quote.taoOut),
  })
}
