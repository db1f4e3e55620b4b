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
/** Newer runtimes let an owner hold an epoch early. */
export const PENDING_EPOCH = 'SubtensorModule.PendingEpochAt'

/** All subnets in three requests: the dynamic infos and prices at once, then one storage query for everything else. */
export async function readSubnets(view: View): Promise<SubnetsSnapshot> {
  view.runtime.need(FEATURES.subnets)
  const [infos, prices] = await Promise.all([view.api(DYNAMIC), readPrices(view)])
  const rows = asList(infos, DYNAMIC)
    .filter((info) => info !== undefined)
    .map((info) => new Answer(info, 'DynamicInfo'))
  const items = [...PER_SUBNET, ...[LAST_EPOCH, PENDING_EPOCH].filter((item) => view.runtime.has({ storage: [item] }))]
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
  const [burn, open, started, taken, places, lastEpoch, pending] = own.map((stored) => stored.value)
  const isStarted = asFlag(started, 'SubtokenEnabled')
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
    // Before its owner has started it an epoch would pay nothing.
    nextEpochBlock: isStarted ? nextEpochOf(view, netuid, { tempo, lastEpoch, pending }) : undefined,
    started: isStarted,
    registeredAtBlock: row.number('network_registered_at'),
    registrationPrice: netuid === ROOT ? undefined : asRao(burn, 'Burn'),
    registrationOpen: asFlag(open, 'NetworkRegistrationAllowed'),
    places: asNumber(places, 'MaxAllowedUids'),
    placesTaken: asNumber(taken, 'SubnetworkN'),
  }
}

export interface EpochSchedule {
  readonly tempo: number
  /** `LastEpochBlock`; absent where the runtime has none. */
  readonly lastEpoch: unknown
  /** `PendingEpochAt`: 0 where the owner has triggered none; absent where the runtime has none. */
  readonly pending?: unknown
}

/**
 * First block of the next epoch. Root has no epochs of its own; a subnet whose epoch never ran (0) and would be overdue
 * has no block to count from.
 * @source subtensor get_next_epoch_start_block: `LastEpochBlock + Tempo`, or earlier where the owner triggered one; it may be
 *         deferred by a block or two
 */
export function nextEpochOf(
  view: Pick<View, 'block'>,
  netuid: Netuid,
  { tempo, lastEpoch, pending }: EpochSchedule,
): number | undefined {
  if (netuid === ROOT || tempo === 0 || lastEpoch === undefined) return undefined
  const last = asNumber(lastEpoch, 'LastEpochBlock')
  const regular = last === 0 && tempo <= view.block ? undefined : last + tempo
  const triggered = pending === undefined ? 0 : asNumber(pending, 'PendingEpochAt')
  return triggered > 0 && (regular === undefined || triggered < regular) ? triggered : regular
}
