import type { RegisterRequest, RegisterSnapshot } from '../../../../shared/registration/plan-register.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { asAddress, asFlag, asNumber, asRao } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { existentialDepositOf, type FeeAt, freeOf, nonceOf } from './account.ts'
import { collateralAsks, collateralOf } from './collateral.ts'

const ITEMS = [
  'SubtensorModule.Burn',
  'SubtensorModule.NetworkRegistrationAllowed',
  'SubtensorModule.NetworksAdded',
  'SubtensorModule.MaxAllowedUids',
  'SubtensorModule.SubnetworkN',
  'SubtensorModule.ImmunityPeriod',
] as const
const UIDS = 'SubtensorModule.Uids'
const OWNER = 'SubtensorModule.Owner'

/** Everything about a place: one storage query, then the fee. @param feeAt network fee of the plan, once the signer's nonce is known */
export async function readRegister(
  view: View,
  coldkey: Ss58,
  { request, feeAt }: { readonly request: RegisterRequest; readonly feeAt: FeeAt },
): Promise<RegisterSnapshot> {
  const { netuid, hotkey } = request
  view.runtime.need(FEATURES.register)
  const asks = collateralAsks(view.runtime, netuid)
  const stored = await view.storage([
    ...ITEMS.map((item) => [item, netuid] as const),
    [UIDS, netuid, hotkey],
    [OWNER, hotkey],
    ['System.Account', coldkey],
    ...asks,
  ])
  const fee = await feeAt(nonceOf(stored[8]))
  const values = stored.map((entry) => entry.value)
  const [price, open, exists, places, taken, immunity, uid, owner] = values
  return {
    coldkey,
    block: view.block,
    free: freeOf(stored[8] ?? { present: false, value: undefined }),
    existentialDeposit: existentialDepositOf(view.runtime),
    price: asRao(price, 'Burn'),
    open: asFlag(open, 'NetworkRegistrationAllowed'),
    exists: asFlag(exists, 'NetworksAdded'),
    uid: uid === undefined ? undefined : asNumber(uid, UIDS),
    // Absent reads as the all-zero account; only a stored owner is one.
    hotkeyOwner: stored[7]?.present ? asAddress(owner, OWNER) : undefined,
    txFee: fee,
    places: asNumber(places, 'MaxAllowedUids'),
    placesTaken: asNumber(taken, 'SubnetworkN'),
    immunityBlocks: asNumber(immunity, 'ImmunityPeriod'),
    collateral: collateralOf(asks, values.slice(9)),
  }
}
