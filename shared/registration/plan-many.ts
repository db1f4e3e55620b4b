import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { addRao, type Netuid, type Rao, rao, raoRaisedByPpm, type Ss58, subRao } from '../units/amounts.ts'
import { boundOf, type Collateral, chargeAt } from './collateral.ts'
import type { RegisterPlan } from './plan-register.ts'
import { type PriceRules, priceAfterRegistration } from './price-course.ts'

/** In one plan: each costs requests when it is planned, and a block when it is bought. */
export const MOST_PLACES = 32

/** One of several places, in the order in which they are bought. */
export interface PlaceToBuy {
  readonly hotkey: Ss58
  /** If all before it are bought at once, and nobody else registers. */
  readonly price: Rao
  /** The chain refuses to register above this. */
  readonly limitPrice: Rao
  /** Limit price and network fee. */
  readonly mostCost: Rao
  /** Of the limit price, bound as collateral. `undefined`: the chain does not say. */
  readonly mostBound?: Rao | undefined
}

/** Several places on one subnet: one transaction each, because a call of the chain that fails in a batch would take others with it. */
export interface ManyPlan {
  readonly netuid: Netuid
  /** Signs and pays. */
  readonly coldkey: Ss58
  readonly atBlock: number
  /** Room of each between its price and its limit, parts per million. */
  readonly tolerancePpm: number
  readonly buys: readonly PlaceToBuy[]
  /** These have a place there already: nothing is paid for them. So a list that was interrupted goes on when it is given again. */
  readonly have: readonly { readonly hotkey: Ss58; readonly uid: number }[]
  readonly mostCost: Rao
  /** Of `mostCost`: network fees. */
  readonly txFees: Rao
  /** Of `mostCost`: bound as collateral. `undefined`: the chain does not say. */
  readonly mostBound?: Rao | undefined
  /** What becomes of the price. `undefined`: the chain does not say. */
  readonly collateral?: Collateral | undefined
  readonly freeAfterAtMost: Rao
  /** Places that nobody holds; each further one replaces somebody. */
  readonly freePlaces: number
  /** A new uid cannot be replaced for this many blocks. */
  readonly immunityBlocks: number
}

export interface ManyFacts {
  readonly coldkey: Ss58
  readonly tolerancePpm: number
  /** One after the other, each as if it were the only one. */
  readonly singles: readonly { readonly hotkey: Ss58; readonly plan: Result<RegisterPlan, AppError> }[]
  readonly rules: PriceRules
  readonly free: Rao
  readonly existentialDeposit: Rao
  readonly freePlaces: number
}

const sum = (amounts: readonly Rao[]): Rao => amounts.reduce(addRao, rao(0n))

/** Without what stands of one hotkey: it holds for all. */
function policyOf([first]: readonly RegisterPlan[]): Collateral | undefined {
  return first?.collateral && { share: first.collateral.share, freesPpm: first.collateral.freesPpm }
}

/**
 * What several places cost at most: each registration moves the price of the next one by the chain's own rule. That the price falls between
 * two is not counted on.
 * @errors those of one plan, the first that is none of a place that is there already; register/balance-too-low for all together
 */
export function planMany(netuid: Netuid, facts: ManyFacts): Result<ManyPlan, AppError> {
  const { singles, rules, free, existentialDeposit, coldkey, tolerancePpm, freePlaces } = facts
  const have: { readonly hotkey: Ss58; readonly uid: number }[] = []
  const buys: PlaceToBuy[] = []
  const plans: RegisterPlan[] = []
  let needed = existentialDeposit
  let price: Rao | undefined
  for (const { hotkey, plan } of singles) {
    if (!plan.ok && plan.error.code === 'register/already-registered') {
      have.push({ hotkey, uid: plan.error.uid })
      continue
    }
    if (!plan.ok) return plan
    const { txFee, collateral } = plan.value
    plans.push(plan.value)
    // Read in other blocks, the price may be another; the dearer one holds.
    const jumped = price === undefined ? plan.value.price : priceAfterRegistration(price, rules)
    price = jumped > plan.value.price ? jumped : plan.value.price
    const limitPrice = raoRaisedByPpm(price, tolerancePpm)
    const mostBound = collateral && boundOf(limitPrice, collateral)
    buys.push({ hotkey, price, limitPrice, mostCost: addRao(limitPrice, txFee), mostBound })
    // What a hotkey has bound from an earlier place is not asked for once more.
    needed = addRao(needed, addRao(collateral ? chargeAt(limitPrice, collateral).pays : limitPrice, txFee))
  }
  const mostCost = sum(buys.map((one) => one.mostCost))
  if (buys.length > 0 && free < needed) return err({ code: 'register/balance-too-low', available: free, needed })
  // The chain never takes an account below its existential deposit for a place.
  const left = subRao(free, mostCost)
  const freeAfterAtMost = left === undefined || left < existentialDeposit ? existentialDeposit : left
  const bound = buys.flatMap(({ mostBound }) => mostBound ?? [])
  return ok({
    ...{ netuid, coldkey, tolerancePpm, buys, have, mostCost, freePlaces },
    atBlock: Math.max(0, ...plans.map((plan) => plan.atBlock)),
    txFees: sum(plans.map(({ txFee }) => txFee)),
    mostBound: bound.length === buys.length ? sum(bound) : undefined,
    collateral: policyOf(plans),
    freeAfterAtMost: buys.length > 0 ? freeAfterAtMost : free,
    immunityBlocks: plans[0]?.immunityBlocks ?? 0,
  })
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
