import type { AppError } from '../../shared/errors.ts'
import { doubtsSeen, unseenDoubt } from '../../shared/staking/plan-doubts.ts'
import type { PlannedMove } from '../../shared/staking/stake-move.ts'
import { estimateFee, feeDoubt } from '../../shared/transactions/fee-estimate.ts'
import { intentOfPlan } from '../../shared/transactions/trade-intent.ts'
import type { Plan } from '../../shared/transactions/transaction.ts'
import { raoPerAlpha } from '../../shared/units/amounts.ts'

/** The price left the band that was agreed to, in the direction that hurts, or another source contradicts it. */
export function outOfBand(agreed: Plan, now: Plan): AppError | undefined {
  if (agreed.kind === 'register' && now.kind === 'register' && now.price > agreed.limitPrice)
    return { code: 'register/price-above-limit', price: now.price, limit: agreed.limitPrice }
  if (agreed.kind !== 'stake-moves' || now.kind !== 'stake-moves') return undefined
  for (const [index, step] of agreed.steps.entries()) {
    const fresh = now.steps[index]
    const moved = fresh && movedOut(step, fresh)
    if (moved) return moved
  }
  return unseenDoubt(doubtsSeen(agreed), now)
}

/** Against the limit that was agreed to, or against the least that was to arrive. */
function movedOut(agreed: PlannedMove, now: PlannedMove): AppError | undefined {
  const { limitPrice, limitRatio, worst } = agreed
  const moved = (price: bigint, limit: bigint): AppError => ({
    code: 'stake/price-moved',
    price: raoPerAlpha(price),
    limitPrice: raoPerAlpha(limit),
  })
  if (limitPrice !== undefined && agreed.move.kind === 'add' && now.priceTo !== undefined && now.priceTo > limitPrice)
    return moved(now.priceTo, limitPrice)
  if (
    limitPrice !== undefined &&
    agreed.move.kind !== 'add' &&
    now.priceFrom !== undefined &&
    now.priceFrom < limitPrice
  )
    return moved(now.priceFrom, limitPrice)
  if (limitRatio !== undefined && now.priceFrom !== undefined && now.priceTo) {
    const ratio = (now.priceFrom * 1_000_000_000n) / now.priceTo
    if (ratio < limitRatio) return moved(ratio, limitRatio)
  }
  // The same amount brings less than the least that was agreed to: the pool, not the price, has changed.
  if (now.expected !== undefined && worst !== undefined && now.expected < worst && now.gives >= agreed.gives)
    return moved(priceOf(now), priceOf(agreed))
  return undefined
}

/** Average price of what a step brings, for a sentence. */
const priceOf = ({ expected = 0n, gives }: PlannedMove): bigint =>
  gives === 0n ? 0n : (expected * 1_000_000_000n) / gives

/**
 * A fee that cannot be right, of a plan that has no place to show a doubt. One that is too low only misleads; one that is too
 * high might be meant to be paid. Moves of stake carry their doubts themselves.
 */
export function feeRefusal(plan: Plan): AppError | undefined {
  if (plan.kind === 'stake-moves') return undefined
  const doubt = feeDoubt(plan.txFee, estimateFee(intentOfPlan(plan)))
  const { stated = 0n, compared = 0n } = doubt ?? {}
  return doubt && stated > compared
    ? { code: 'chain/fee-doubted', stated: doubt.stated, compared: doubt.compared }
    : undefined
}
