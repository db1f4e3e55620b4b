import type { Place } from '../../../../shared/registration/places.ts'
import type { PriceRules } from '../../../../shared/registration/price-course.ts'
import { type Alpha, type Netuid, type Rao, rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import type { RegistrationFacts } from '../../registration.port.ts'
import { Answer, asAddress, asAlpha, asBigint, asFlag, asNumber, asRao } from '../answer.ts'
import { fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { collateralAsks, collateralOf } from './collateral.ts'
import { columnsOf } from './metagraph-columns.ts'
import { simulateSale } from './simulate.ts'

export const METAGRAPH = 'SubnetInfoRuntimeApi.get_selective_metagraph'

/** Field numbers of the selective metagraph. @source subtensor `rpc_info/metagraph.rs`, `SelectiveMetagraphIndex` */
const FIELDS = {
  owner_hotkey: 5,
  owner_coldkey: 6,
  tempo: 8,
  last_step: 9,
  max_uids: 31,
  immunity_period: 36,
  hotkeys: 52,
  coldkeys: 53,
  validator_permit: 57,
  emission: 60,
  incentives: 62,
  block_at_registration: 66,
} as const

const ITEMS = ['Burn', 'MinBurn', 'MaxBurn', 'BurnHalfLife', 'BurnIncreaseMult', 'NetworkRegistrationAllowed'].map(
  (name) => `SubtensorModule.${name}`,
)
/** Read where the runtime has them. */
const MIN_NON_IMMUNE = 'SubtensorModule.MinNonImmuneUids'
const OWNERS_IMMUNE = 'SubtensorModule.ImmuneOwnerUidsLimit'
const BORN = 'SubtensorModule.NetworkRegisteredAt'

/** See RegistrationPort. */
export async function readRegistration(view: View, netuid: Netuid): Promise<RegistrationFacts> {
  view.runtime.need(FEATURES.places)
  const extra = [MIN_NON_IMMUNE, OWNERS_IMMUNE, BORN].filter((item) => view.runtime.has({ storage: [item] }))
  const asks = [...ITEMS, ...extra]
  const policy = collateralAsks(view.runtime, netuid)
  const [answer, stored] = await Promise.all([
    view.api(METAGRAPH, netuid, Object.values(FIELDS)),
    view.storage([...asks.map((item) => [item, netuid] as const), ...policy]),
  ])
  const graph = answer === undefined ? fail({ code: 'stake/unknown-subnet', netuid }) : new Answer(answer, 'Metagraph')
  const found = new Map(asks.map((item, index) => [item, stored[index]?.value]))
  const numberOf = (item: string): number | undefined => {
    const value = found.get(item)
    return value === undefined ? undefined : asNumber(value, item)
  }
  const [price, ...rules] = ITEMS.map((item) => found.get(item))
  return {
    netuid,
    block: view.block,
    price: asRao(price, 'Burn'),
    rules: rulesOf(rules),
    open: asFlag(found.get('SubtensorModule.NetworkRegistrationAllowed'), 'NetworkRegistrationAllowed'),
    tempo: graph.number('tempo'),
    lastEpochBlock: graph.number('last_step'),
    most: graph.number('max_uids'),
    immunityBlocks: graph.number('immunity_period'),
    minNonImmune: numberOf(MIN_NON_IMMUNE),
    since: numberOf(BORN),
    places: placesOf(graph, numberOf(OWNERS_IMMUNE) ?? 1),
    collateral: collateralOf(
      policy,
      stored.slice(asks.length).map(({ value }) => value),
    ),
  }
}

const rulesOf = ([min, max, halfLife, increase]: readonly unknown[]): PriceRules => ({
  minPrice: asRao(min, 'MinBurn'),
  maxPrice: asRao(max, 'MaxBurn'),
  halfLife: asNumber(halfLife, 'BurnHalfLife'),
  // U64F64; parts per million, to the nearest.
  increasePpm: Number(
    (asBigint(new Answer(increase, 'BurnIncreaseMult').raw('bits'), 'BurnIncreaseMult') * 1_000_000n + (1n << 63n)) >>
      64n,
  ),
})

/** @param ownersImmune how many places the owner of the subnet cannot lose */
function placesOf(graph: Answer, ownersImmune: number): readonly Place[] {
  const cell = columnsOf(graph)
  const owner = graph.address('owner_coldkey')
  const ownerHotkey = graph.address('owner_hotkey')
  const seats = graph.list('hotkeys').map((hotkey, uid) => ({
    uid,
    hotkey: asAddress(hotkey, 'hotkeys'),
    coldkey: asAddress(cell('coldkeys', uid), 'coldkeys'),
    emission: asAlpha(cell('emission', uid), 'emission'),
    incentive: asNumber(cell('incentives', uid), 'incentives'),
    registeredAt: asNumber(cell('block_at_registration', uid), 'block_at_registration'),
    permit: asFlag(cell('validator_permit', uid), 'validator_permit'),
  }))
  const safe = ownersOwn(seats, { owner, ownerHotkey, ownersImmune })
  return seats.map(({ coldkey: _coldkey, ...seat }) => ({ ...seat, ownersOwn: safe.has(seat.uid) }))
}

/**
 * Places that the owner of the subnet cannot lose: the owner hotkey's, then those of the owner's other hotkeys, oldest first.
 * @source subtensor `subnets/registration.rs` immune_owner_uid_hotkey_pairs
 */
function ownersOwn(
  seats: readonly {
    readonly uid: number
    readonly hotkey: Ss58
    readonly coldkey: Ss58
    readonly registeredAt: number
  }[],
  by: { readonly owner: Ss58; readonly ownerHotkey: Ss58; readonly ownersImmune: number },
): ReadonlySet<number> {
  const oldest = seats
    .filter(({ coldkey }) => coldkey === by.owner)
    .toSorted((a, b) => a.registeredAt - b.registeredAt || a.uid - b.uid)
    .slice(0, by.ownersImmune)
    .map(({ uid }) => uid)
  const first = seats.find(({ hotkey }) => hotkey === by.ownerHotkey)?.uid
  const all = first === undefined || oldest.includes(first) ? oldest : [first, ...oldest]
  return new Set(all.slice(0, by.ownersImmune))
}

/** See RegistrationPort. */
export function readDaySales(
  view: View,
  netuid: Netuid,
  amounts: readonly Alpha[],
): Promise<readonly (Rao | undefined)[]> {
  view.runtime.need(FEATURES.sale)
  return Promise.all(
    amounts.map(async (amount) => {
      if (amount === 0n) return rao(0n)
      const { taoOut } = await simulateSale(view, netuid, amount)
      return taoOut > 0n ? taoOut : undefined
    }),
  )
}
