import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { addRao, type Netuid, type Rao, rao, raoRaisedByPpm, type Ss58, subRao } from '../units/amounts.ts'
import type { RegisterPlan } from './plan-register.ts'
import { type PriceRules, priceAfterRegistration } from './price-course.ts'

/** One of several places, in the order in which they are bought. */
export interface PlaceToBuy {
  readonly hotkey: Ss58
  /** If all before it are bought at once, and nobody else registers. */
  readonly price: Rao
  /** The chain refuses to register above this. */
  readonly limitPrice: Rao
  /** Limit price and network fee. */
  readonly mostCost: Rao
}

/** Several places on one subnet: one transaction each, because a call of the chain that fails in a batch would take others with it. */
export interface ManyPlan {
  readonly netuid: Netuid
  readonly atBlock: number
  readonly buys: readonly PlaceToBuy[]
  /** These have a place there already: nothing is paid for them. So a list that was interrupted goes on when it is given again. */
  readonly have: readonly Ss58[]
  readonly mostCost: Rao
  readonly freeAfterAtMost: Rao
}

export interface ManyFacts {
  /** One after the other, each as if it were the only one. */
  readonly singles: readonly { readonly hotkey: Ss58; readonly plan: Result<RegisterPlan, AppError> }[]
  readonly rules: PriceRules
  readonly free: Rao
  readonly existentialDeposit: Rao
}

/**
 * What several places cost at most: each registration moves the price of the next one by the chain's own rule. That the price falls between
 * two is not counted on.
 * @errors those of one plan, the first that is none of a place that is there already; register/balance-too-low for all together
 */
export function planMany(
  netuid: Netuid,
  { singles, rules, free, existentialDeposit }: ManyFacts,
): Result<ManyPlan, AppError> {
  const have: Ss58[] = []
  const buys: PlaceToBuy[] = []
  let mostCost = rao(0n)
  let price: Rao | undefined
  let atBlock = 0
  for (const { hotkey, plan } of singles) {
    if (!plan.ok && plan.error.code === 'register/already-registered') {
      have.push(hotkey)
      continue
    }
    if (!plan.ok) return plan
    const { request, txFee } = plan.value
    atBlock = Math.max(atBlock, plan.value.atBlock)
    // Read in other blocks, the price may be another; the dearer one holds.
    const jumped = price === undefined ? plan.value.price : priceAfterRegistration(price, rules)
    price = jumped > plan.value.price ? jumped : plan.value.price
    const limitPrice = raoRaisedByPpm(price, request.tolerancePpm)
    const one = { hotkey, price, limitPrice, mostCost: addRao(limitPrice, txFee) }
    buys.push(one)
    mostCost = addRao(mostCost, one.mostCost)
  }
  const freeAfterAtMost = subRao(free, mostCost)
  if (buys.length > 0 && (freeAfterAtMost === undefined || freeAfterAtMost < existentialDeposit))
    return err({ code: 'register/balance-too-low', available: free, needed: addRao(mostCost, existentialDeposit) })
  return ok({ netuid, atBlock, buys, have, mostCost, freeAfterAtMost: freeAfterAtMost ?? free })
}

/**
 * Room for a place that is bought now, so that its limit stays within what was agreed to for it.
 * @param most rao, the agreed limit. @returns parts per million, at most `roomPpm`; `undefined`: it costs more by now
 */
export function roomWithin(price: Rao, most: Rao, roomPpm: number): number | undefined {
  if (price > most) return undefined
  if (price === 0n) return roomPpm
  const room = ((most - price) * 1_000_000n) / price
  return room < BigInt(roomPpm) ? Number(room) : roomPpm
}
