import type { AddStakeRequest, AddStakeSnapshot } from '../../../../shared/staking/plan-add-stake.ts'
import type { RemoveStakeRequest, RemoveStakeSnapshot } from '../../../../shared/staking/plan-remove-stake.ts'
import { type Alpha, alpha, isRao, type Rao, rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { asFlag } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { View } from '../view.ts'
import { existentialDepositOf, type FeeAt, freeOf, nonceOf } from './account.ts'
import { availableOf, readAvailable, readHeld } from './portfolio.ts'
import { readPrice } from './prices.ts'
import { simulateBuy, simulateSale } from './simulate.ts'

/** @source subtensor `DefaultMinStake` = `InitialMinStake`, 0.002 TAO in every runtime from 293 to 475 */
const USUAL_MIN_STAKE = rao(2_000_000n)
const STARTED = 'SubtensorModule.SubtokenEnabled'
const ADDED = 'SubtensorModule.NetworksAdded'
const OWNER = 'SubtensorModule.Owner'

/** Smallest stake, rao. The runtime's constant where it has one. */
export function minStakeOf(runtime: Runtime): Rao {
  const constant = runtime.constant('SubtensorModule.InitialMinStake')
  return isRao(constant) && constant > 0n ? constant : USUAL_MIN_STAKE
}

/** @param feeAt network fee of the plan, once the signer's nonce is known */
export async function readAddStake(
  view: View,
  coldkey: Ss58,
  { request, feeAt }: { readonly request: AddStakeRequest; readonly feeAt: FeeAt },
): Promise<AddStakeSnapshot> {
  const { netuid, hotkey, amount } = request
  view.runtime.need(FEATURES.addStake)
  const storage = view.storage([
    ['System.Account', coldkey],
    [STARTED, netuid],
    [OWNER, hotkey],
    [ADDED, netuid],
  ])
  const [stored, price, quote, fee] = await Promise.all([
    storage,
    readPrice(view, netuid),
    simulateBuy(view, netuid, amount),
    storage.then(([account]) => feeAt(nonceOf(account))),
  ])
  const [account, started, owner, added] = stored
  if (!account || !started || !owner || !added) return badAnswer('storage')
  return {
    coldkey,
    block: view.block,
    free: freeOf(account),
    existentialDeposit: existentialDepositOf(view.runtime),
    minStake: minStakeOf(view.runtime),
    price,
    exists: asFlag(added.value, ADDED),
    started: asFlag(started.value, STARTED),
    // A hotkey without an owner does not exist for the chain.
    hotkeyExists: owner.present,
    quote,
    txFee: fee,
  }
}

/** @param feeAt network fee of the plan, once the signer's nonce is known */
export async function readRemoveStake(
  view: View,
  coldkey: Ss58,
  { request, feeAt }: { readonly request: RemoveStakeRequest; readonly feeAt: FeeAt },
): Promise<RemoveStakeSnapshot> {
  const { netuid, hotkey, amount } = request
  view.runtime.need(FEATURES.removeStake)
  const storage = view.storage([
    ['System.Account', coldkey],
    [STARTED, netuid],
  ])
  const [stored, price, quote, fee, held, available] = await Promise.all([
    storage,
    readPrice(view, netuid),
    simulateSale(view, netuid, amount),
    storage.then(([account]) => feeAt(nonceOf(account))),
    readHeld(view, coldkey),
    readAvailable(view, coldkey),
  ])
  const [account, started] = stored
  if (!account || !started) return badAnswer('storage')
  const position = held.find((stake) => stake.netuid === netuid && stake.hotkey === hotkey)
  const none: Alpha = alpha(0n)
  return {
    coldkey,
    block: view.block,
    free: freeOf(account),
    existentialDeposit: existentialDepositOf(view.runtime),
    minStake: minStakeOf(view.runtime),
    price,
    started: asFlag(started.value, STARTED),
    held: position?.alpha ?? none,
    available: position ? availableOf(position, available) : none,
    quote,
    txFee: fee,
  }
}
