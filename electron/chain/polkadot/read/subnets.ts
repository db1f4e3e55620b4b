import type { Subnet, SubnetsSnapshot } from '../../../../shared/subnets/subnet.ts'
import type { Netuid } from '../../../../shared/units/amounts.ts'
import { Answer, asBigint, asFlag, asList, asNumber, asRao } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'
import { priceOfBits } from './fixed-point.ts'
import { type Prices, ROOT, readPrices } from './prices.ts'

const DYNAMIC = 'SubnetInfoRuntimeApi.get_all_dynamic_info'
/** Per subnet, beside the dynamic info. In this order below. */
const PER_SUBNET = [
  'SubtensorModule.Burn',
  'SubtensorModule.NetworkRegistrationAllowed',
  'SubtensorModule.SubtokenEnabled',
  'SubtensorModule.SubnetworkN',
  'SubtensorModule.MaxAllowedUids',
] as const
const LAST_EPOCH = 'SubtensorModule.LastEpochBlock'

/** All subnets in three requests: the dynamic infos and prices at once, then one storage query for everything else. */
export async function readSubnets(view: View): Promise<SubnetsSnapshot> {
  view.runtime.need(FEATURES.subnets)
  const [infos, prices] = await Promise.all([view.api(DYNAMIC), readPrices(view)])
  const rows = asList(infos, DYNAMIC)
    .filter((info) => info !== undefined)
    .map((info) => new Answer(info, 'DynamicInfo'))
  const items = view.runtime.has({ storage: [LAST_EPOCH] }) ? [...PER_SUBNET, LAST_EPOCH] : PER_SUBNET
  const asks = rows.flatMap((row) => items.map((item): Ask => [item, row.netuid('netuid')]))
  const stored = await view.storage(asks)
  const subnets = rows.map((row, index) => {
    const own = stored.slice(index * items.length, (index + 1) * items.length)
    return subnetOf(view, row, { own, prices })
  })
  return { block: view.block, subnets }
}

function subnetOf(
  view: View,
  row: Answer,
  { own, prices }: { readonly own: readonly Stored[]; readonly prices: Prices },
): Subnet {
  const [burn, open, started, taken, places, lastEpoch] = own.map((stored) => stored.value)
  const netuid = row.netuid('netuid')
  const tempo = row.number('tempo')
  return {
    netuid,
    name: row.text('subnet_name'),
    symbol: row.text('token_symbol'),
    ownerColdkey: row.address('owner_coldkey'),
    ownerHotkey: row.address('owner_hotkey'),
    price: prices.get(netuid),
    taoReserve: row.rao('tao_in'),
    alphaReserve: row.alpha('alpha_in'),
    alphaOutside: row.alpha('alpha_out'),
    taoPerBlock: row.rao('tao_in_emission'),
    movingPrice: netuid === ROOT ? undefined : priceOfBits(row.raw('moving_price'), 'DynamicInfo.moving_price'),
    volume: asBigint(row.raw('subnet_volume'), 'DynamicInfo.subnet_volume'),
    alphaPerBlock: row.alpha('alpha_out_emission'),
    tempo,
    nextEpochBlock: nextEpochOf(view, netuid, { tempo, lastEpoch }),
    started: asFlag(started, 'SubtokenEnabled'),
    registeredAtBlock: row.number('network_registered_at'),
    registrationPrice: netuid === ROOT ? undefined : asRao(burn, 'Burn'),
    registrationOpen: asFlag(open, 'NetworkRegistrationAllowed'),
    places: asNumber(places, 'MaxAllowedUids'),
    placesTaken: asNumber(taken, 'SubnetworkN'),
  }
}

/**
 * First block of the next epoch. Root has no epochs of its own; a subnet whose epoch never ran (0) and would be overdue
 * has no block to count from.
 * @source subtensor: the next epoch is due at `LastEpochBlock + Tempo`; it may be deferred by a block or two
 */
export function nextEpochOf(view: View, netuid: Netuid, schedule: { tempo: number; lastEpoch: unknown }) {
  const { tempo, lastEpoch } = schedule
  if (netuid === ROOT || tempo === 0 || lastEpoch === undefined) return undefined
  const last = asNumber(lastEpoch, 'LastEpochBlock')
  const next = last + tempo
  return last === 0 && next <= view.block ? undefined : next
}
