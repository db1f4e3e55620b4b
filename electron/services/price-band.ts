import type { AppError } from '../../shared/errors.ts'
import type { PlannedMove } from '../../shared/staking/stake-move.ts'
import type { Plan } from '../../shared/transactions/transaction.ts'
import { raoPerAlpha } from '../../shared/units/amounts.ts'

/** The price left the band that was agreed to, in the direction that hurts. */
export function outOfBand(agreed: Plan, now: Plan): AppError | undefined {
  if (agreed.kind === 'add-stake' && now.kind === 'add-stake' && now.price > agreed.limitPrice)
    return { code: 'stake/price-moved', price: now.price, limitPrice: agreed.limitPrice }
  if (agreed.kind === 'remove-stake' && now.kind === 'remove-stake' && now.price < agreed.limitPrice)
    return { code: 'stake/price-moved', price: now.price, limitPrice: agreed.limitPrice }
  if (agreed.kind === 'register' && now.kind === 'register' && now.price > agreed.limitPrice)
    return { code: 'register/price-above-limit', price: now.price, limit: agreed.limitPrice }
  if (agreed.kind !== 'stake-moves' || now.kind !== 'stake-moves') return undefined
  for (const [index, step] of agreed.steps.entries()) {
    const fresh = now.steps[index]
    const moved = fresh && movedOut(step, fresh)
    if (moved) return moved
  }
  return undefined
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
