import { type Charge, chargeAt } from '../../../../shared/registration/collateral.ts'
import { replacedNext } from '../../../../shared/registration/places.ts'
import type { RegisterRequest, RegisterSnapshot } from '../../../../shared/registration/plan-register.ts'
import type { Netuid, Ss58 } from '../../../../shared/units/amounts.ts'
import { asAddress, asFlag, asNumber, asRao } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { existentialDepositOf, type FeeAt, freeOf, nonceOf } from './account.ts'
import { bondAsks, bondOf, collateralAsks, collateralOf } from './collateral.ts'
import { readRegistration } from './registration.ts'
import { simulateBuy } from './simulate.ts'

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
/** Read where the runtime has them. */
const KEPT = ['SubtensorModule.MinNonImmuneUids', 'SubtensorModule.ImmuneOwnerUidsLimit'] as const

/** Everything about a place: one storage query, then the fee; more only of a full small subnet, or where a part is bound. @param feeAt network fee of the plan, once the signer's nonce is known */
export async function readRegister(
  view: View,
  coldkey: Ss58,
  { request, feeAt }: { readonly request: RegisterRequest; readonly feeAt: FeeAt },
): Promise<RegisterSnapshot> {
  const { netuid, hotkey } = request
  view.runtime.need(FEATURES.register)
  const asks = collateralAsks(view.runtime, netuid)
  const bond = bondAsks(view.runtime, { netuid, hotkey, coldkey })
  const kept = KEPT.filter((item) => view.runtime.has({ storage: [item] }))
  const stored = await view.storage([
    ...ITEMS.map((item) => [item, netuid] as const),
    [UIDS, netuid, hotkey],
    [OWNER, hotkey],
    ['System.Account', coldkey],
    ...asks,
    ...bond,
    ...kept.map((item) => [item, netuid] as const),
  ])
  const values = stored.map((entry) => entry.value)
  const [price, open, exists, places, taken, immunity, uid, owner] = values
  const [ofSubnet, ofHotkey, limits] = partsOf(values.slice(9), [asks.length, bond.length])
  const policy = collateralOf(asks, ofSubnet)
  const stands = bondOf(bond, ofHotkey)
  const collateral = policy && { ...policy, ...(stands ? { stands } : {}) }
  const full = asNumber(taken, 'SubnetworkN') >= asNumber(places, 'MaxAllowedUids')
  const [fee, canBuyBond, nobodyGoes] = await Promise.all([
    feeAt(nonceOf(stored[8])),
    collateral && canBuy(view, netuid, chargeAt(asRao(price, 'Burn'), collateral)),
    full ? whetherNobodyGoes(view, netuid, { places: asNumber(places, 'MaxAllowedUids'), limits }) : undefined,
  ])
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
    collateral,
    canBuyBond,
    nobodyGoes,
  }
}

/** The first parts of these lengths, and the rest. */
const partsOf = <T>(list: readonly T[], [a, b]: readonly [number, number]) =>
  [list.slice(0, a), list.slice(a, a + b), list.slice(a + b)] as const

/** Where alpha has to be bought to be bound, the chain refuses what the pool cannot swap. @returns `undefined`: nothing is bought */
async function canBuy(view: View, netuid: Netuid, { bound, pays }: Charge): Promise<boolean | undefined> {
  if (bound === 0n || !view.runtime.has({ apis: FEATURES.quotes.apis })) return undefined
  return (await simulateBuy(view, netuid, pays)).alphaOut > 0n
}

/**
 * A full subnet gives a place only if somebody may be replaced. With more places than the owner's safe ones and those that are kept outside
 * of immunity somebody always may; else each place is looked at.
 * @source subtensor `subnets/registration.rs` get_neuron_to_prune
 */
async function whetherNobodyGoes(
  view: View,
  netuid: Netuid,
  { places, limits }: { readonly places: number; readonly limits: readonly unknown[] },
): Promise<RegisterSnapshot['nobodyGoes']> {
  const [kept = 0, ofOwner = 1] = limits.map((value) => asNumber(value, 'MinNonImmuneUids'))
  if (places > kept + ofOwner || !view.runtime.has(FEATURES.places)) return undefined
  return replacedNext(await readRegistration(view, netuid)).length === 0 ? { kept } : undefined
}
