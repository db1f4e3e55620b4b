import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import {
  type Alpha,
  addRao,
  alphaAtPrice,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  raisedByPpm,
  type Ss58,
  subRao,
} from '../units/amounts.ts'

export interface AddStakeRequest {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly amount: Rao
  /** Worst accepted price, parts per million above the spot price. 5_000 = 0.5 %. */
  readonly tolerancePpm: number
  /** A part of it counts, when all of it would pass the limit; the rest stays. Absent: all or nothing. */
  readonly allowPartial?: boolean | undefined
  /** Whose state counts, when the wallet acts for another account; absent: its own. */
  readonly account?: Ss58 | undefined
}

/** What the chain said at `block`. Gathered by the service; the planner never asks for more. */
export interface AddStakeSnapshot {
  readonly coldkey: Ss58
  readonly block: number
  readonly free: Rao
  readonly existentialDeposit: Rao
  /** Smallest stake the chain takes, before the pool's fee. */
  readonly minStake: Rao
  readonly price: RaoPerAlpha
  readonly exists: boolean
  readonly started: boolean
  readonly hotkeyExists: boolean
  /** `sim_swap_tao_for_alpha` for exactly `request.amount`; `alphaOut` 0 when the pool cannot fill it. */
  readonly quote: { readonly alphaOut: Alpha; readonly poolFee: Rao }
  readonly txFee: Rao
}

/** Everything the confirm screen shows and the signer signs; nothing is recomputed later. */
export interface AddStakePlan {
  readonly kind: 'add-stake'
  readonly coldkey: Ss58
  readonly request: AddStakeRequest
  readonly atBlock: number
  readonly price: RaoPerAlpha
  /** The chain refuses the trade above this. */
  readonly limitPrice: RaoPerAlpha
  /** Out of the pool if the price does not move. `undefined` never: a plan without a quote is refused. */
  readonly expectedAlpha: Alpha
  /** At spot price, without impact: the upper end. */
  readonly bestAlpha: Alpha
  /** All of it bought at the limit price: the lower end. */
  readonly worstAlpha: Alpha
  readonly poolFee: Rao
  readonly txFee: Rao
  readonly totalCost: Rao
  readonly freeAfter: Rao
}

const ROOT = 0

/**
 * Decides whether a stake can be sent and with which limit price. Pure: same input, same plan.
 *
 * @errors stake/unknown-subnet, stake/subnet-not-started, stake/unknown-hotkey, stake/too-small, stake/no-liquidity, stake/balance-too-low,
 *         stake/price-moved (this amount alone would lift the price above the limit)
 * @source subtensor `staking/add_stake.rs` and `stake_utils.rs` (validate_add_stake); limit is a ceiling on the spot
 *         price after the trade, in rao per alpha; on root it must be at least 1e9.
 */
export function planAddStake(request: AddStakeRequest, s: AddStakeSnapshot): Result<AddStakePlan, AppError> {
  if (!s.exists) return err({ code: 'stake/unknown-subnet', netuid: request.netuid })
  if (!s.started && request.netuid !== ROOT) return err({ code: 'stake/subnet-not-started', netuid: request.netuid })
  if (!s.hotkeyExists) return err({ code: 'stake/unknown-hotkey', hotkey: request.hotkey })
  const minimum = addRao(s.minStake, s.quote.poolFee)
  if (request.amount < minimum) return err({ code: 'stake/too-small', minimum })
  if (s.quote.alphaOut === 0n) return err({ code: 'stake/no-liquidity', netuid: request.netuid })

  const totalCost = addRao(request.amount, s.txFee)
  const freeAfter = subRao(s.free, totalCost)
  if (freeAfter === undefined || freeAfter < s.existentialDeposit)
    return err({
      code: 'stake/balance-too-low',
      available: s.free,
      needed: addRao(totalCost, s.existentialDeposit),
    })

  const limitPrice = raisedByPpm(s.price, request.netuid === ROOT ? 0 : request.tolerancePpm)
  const swapped = subRao(request.amount, s.quote.poolFee)
  const bestAlpha = swapped && alphaAtPrice(swapped, s.price)
  const worst = swapped && alphaAtPrice(swapped, limitPrice)
  if (bestAlpha === undefined || worst === undefined) return err({ code: 'stake/no-liquidity', netuid: request.netuid })
  return ok({
    kind: 'add-stake',
    coldkey: s.coldkey,
    request,
    atBlock: s.block,
    price: s.price,
    limitPrice,
    expectedAlpha: s.quote.alphaOut,
    bestAlpha,
    worstAlpha: worst < s.quote.alphaOut ? worst : s.quote.alphaOut,
    poolFee: s.quote.poolFee,
    txFee: s.txFee,
    totalCost,
    freeAfter,
  })
}
