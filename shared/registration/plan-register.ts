import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { addRao, type Netuid, type Rao, raoRaisedByPpm, type Ss58, subRao } from '../units/amounts.ts'
import { boundOf, type Charge, type Collateral, chargeAt } from './collateral.ts'

export interface RegisterRequest {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  /** How much dearer the place may get until the chain executes, parts per million. One other registration is +26 %. */
  readonly tolerancePpm: number
  /** Whose state counts, when the wallet acts for another account; absent: its own. */
  readonly account?: Ss58 | undefined
}

export interface RegisterSnapshot {
  readonly coldkey: Ss58
  readonly block: number
  readonly free: Rao
  readonly existentialDeposit: Rao
  /** `Burn(netuid)` now; decays each block, ×1.26 after each registration. */
  readonly price: Rao
  readonly open: boolean
  readonly exists: boolean
  readonly uid?: number | undefined
  /** Owner of the hotkey on chain, if it has one. */
  readonly hotkeyOwner?: Ss58 | undefined
  readonly txFee: Rao
  readonly places: number
  readonly placesTaken: number
  readonly immunityBlocks: number
  /** `undefined`: the chain does not say. */
  readonly collateral?: Collateral | undefined
  /** The pool takes what has to be bought to be bound. `undefined`: nothing has to be, or the chain cannot say. */
  readonly canBuyBond?: boolean | undefined
  /** All places are taken, and nobody may be replaced: so many outside of immunity are kept. */
  readonly nobodyGoes?: { readonly kept: number } | undefined
}

export interface RegisterPlan {
  readonly kind: 'register'
  readonly coldkey: Ss58
  readonly request: RegisterRequest
  readonly atBlock: number
  readonly price: Rao
  /** The chain refuses to register above this. */
  readonly limitPrice: Rao
  readonly txFee: Rao
  /**
   * Worst case: limit price and network fee. What is bound as collateral is a part of the price, and what stands from before is not taken
   * off: the owner may end the policy before the block, and then it counts for nothing.
   */
  readonly mostCost: Rao
  readonly freeAfterAtMost: Rao
  /** True: the subnet is full, so another uid is replaced. */
  readonly replacesAnother: boolean
  /** The new uid cannot be replaced for this many blocks. */
  readonly immunityBlocks: number
  /** `undefined`: the chain does not say whether the subnet binds a part of the price. */
  readonly collateral?: Collateral | undefined
  /** Of the limit price, bound as collateral; less where the hotkey has some from before. `undefined`: unknown. */
  readonly mostBound?: Rao | undefined
  /** What it takes at the price of now, without the network fee. `undefined`: unknown how much of it is bound. */
  readonly now?: Charge | undefined
}

/**
 * Decides whether a place can be bought. The payment is spent; it does not come back when the uid is replaced.
 *
 * @errors stake/unknown-subnet, register/closed, register/already-registered, register/other-owner, register/no-place,
 *   stake/no-liquidity, register/balance-too-low
 * @source subtensor `subnets/registration.rs`, `subnets/collateral.rs`; call 134 `register_limit`.
 */
export function planRegister(request: RegisterRequest, s: RegisterSnapshot): Result<RegisterPlan, AppError> {
  const { netuid } = request
  if (!s.exists) return err({ code: 'stake/unknown-subnet', netuid })
  if (!s.open || netuid === 0) return err({ code: 'register/closed', netuid })
  if (s.uid !== undefined) return err({ code: 'register/already-registered', netuid, uid: s.uid })
  if (s.hotkeyOwner !== undefined && s.hotkeyOwner !== s.coldkey)
    return err({ code: 'register/other-owner', hotkey: request.hotkey, owner: s.hotkeyOwner })
  if (s.nobodyGoes) return err({ code: 'register/no-place', netuid, places: s.places, kept: s.nobodyGoes.kept })
  if (s.canBuyBond === false) return err({ code: 'stake/no-liquidity', netuid })

  const limitPrice = raoRaisedByPpm(s.price, request.tolerancePpm)
  const mostCost = addRao(limitPrice, s.txFee)
  // What stands from an earlier place is not asked for once more, so less than the limit has to be there.
  const asked = s.collateral ? chargeAt(limitPrice, s.collateral).pays : limitPrice
  const needed = addRao(addRao(asked, s.txFee), s.existentialDeposit)
  if (s.free < needed) return err({ code: 'register/balance-too-low', available: s.free, needed })
  // The chain never takes an account below its existential deposit for a place.
  const left = subRao(s.free, mostCost)
  const freeAfterAtMost = left === undefined || left < s.existentialDeposit ? s.existentialDeposit : left
  return ok({
    kind: 'register',
    coldkey: s.coldkey,
    request,
    atBlock: s.block,
    price: s.price,
    limitPrice,
    txFee: s.txFee,
    mostCost,
    freeAfterAtMost,
    replacesAnother: s.placesTaken >= s.places,
    immunityBlocks: s.immunityBlocks,
    ...(s.collateral
      ? {
          collateral: s.collateral,
          mostBound: boundOf(limitPrice, s.collateral),
          now: chargeAt(s.price, s.collateral),
        }
      : {}),
  })
}
