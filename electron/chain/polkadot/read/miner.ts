import { type Alpha, type Netuid, netuid as netuidOf, type Ss58 } from '../../../../shared/units/amounts.ts'
import type { AxonAnnounced, MinerSnapshot } from '../../chain.port.ts'
import { Answer, asAlpha, asBigint, asList, asNumber } from '../answer.ts'
import { fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Ask, View } from '../view.ts'
import { formatIp } from './ip.ts'
import { readNetuids } from './netuids.ts'

const DYNAMIC = 'SubnetInfoRuntimeApi.get_dynamic_info'
const UIDS = 'SubtensorModule.Uids'
const AXONS = 'SubtensorModule.Axons'
const REGISTERED_AT = 'SubtensorModule.BlockAtRegistration'
const PER_SUBNET = [
  'SubtensorModule.ServingRateLimit',
  'SubtensorModule.ImmunityPeriod',
  'SubtensorModule.Emission',
  'SubtensorModule.Incentive',
] as const

/** A hotkey's place on a subnet: two requests at once, one more for the block of its registration. */
export async function readMiner(view: View, netuid: Netuid, hotkey: Ss58): Promise<MinerSnapshot> {
  view.runtime.need(FEATURES.miner)
  const [info, stored] = await Promise.all([
    view.api(DYNAMIC, netuid),
    view.storage([...PER_SUBNET.map((item): Ask => [item, netuid]), [UIDS, netuid, hotkey], [AXONS, netuid, hotkey]]),
  ])
  if (info === undefined) return fail({ code: 'stake/unknown-subnet', netuid })
  const [limit, immunity, emission, incentive, place, axon] = stored.map((entry) => entry.value)
  const uid = place === undefined ? undefined : asNumber(place, UIDS)
  const immuneUntilBlock =
    uid === undefined ? undefined : (await readRegisteredAt(view, netuid, uid)) + asNumber(immunity, 'ImmunityPeriod')
  const said = new Answer(info, 'DynamicInfo')
  return {
    block: view.block,
    netuid,
    subnetName: said.text('subnet_name'),
    ownerColdkey: said.address('owner_coldkey'),
    githubRepo: repositoryIn(said.raw('subnet_identity')),
    uid,
    axon: axon === undefined ? undefined : axonOf(axon),
    servedAtBlock: axon === undefined ? undefined : new Answer(axon, 'AxonInfo').number('block'),
    servingRateLimit: asNumber(limit, 'ServingRateLimit'),
    emission: uid === undefined ? undefined : at(emission, uid, asAlpha),
    incentive: uid === undefined ? undefined : at(incentive, uid, asNumber),
    standing: uid === undefined ? undefined : standingOf(incentive, uid),
    immuneUntilBlock,
  }
}

/** Many subnets state nothing, or nothing here. */
function repositoryIn(identity: unknown): string | undefined {
  if (identity === undefined || identity === null) return undefined
  return new Answer(identity, 'SubnetIdentity').text('github_repo').trim() || undefined
}

async function readRegisteredAt(view: View, netuid: Netuid, uid: number): Promise<number> {
  const [registered] = await view.storage([[REGISTERED_AT, netuid, uid]])
  return asNumber(registered?.value, REGISTERED_AT)
}

/** A uid newer than the last epoch is not in the list yet: unknown, not zero. */
function at<T extends Alpha | number>(list: unknown, uid: number, as: (v: unknown, what: string) => T): T | undefined {
  const value = asList(list, 'Emission')[uid]
  return value === undefined ? undefined : as(value, 'Emission')
}

/** Ranks count from 1; who has as much shares the rank. */
function standingOf(list: unknown, uid: number): MinerSnapshot['standing'] {
  const all = asList(list, 'Incentive').map((value) => asNumber(value, 'Incentive'))
  const own = all[uid]
  const paid = all.filter((value) => value > 0)
  if (own === undefined || paid.length === 0) return undefined
  return { best: Math.max(...paid), rank: 1 + paid.filter((value) => value > own).length, miners: paid.length }
}

/** Address 0 is how a hotkey says that it stopped serving. */
function axonOf(value: unknown): AxonAnnounced | undefined {
  const axon = new Answer(value, 'AxonInfo')
  const ip = asBigint(axon.raw('ip'), 'AxonInfo.ip')
  if (ip === 0n) return undefined
  return {
    ip: formatIp(ip, axon.number('ip_type')),
    port: axon.number('port'),
    version: axon.number('version'),
    protocol: axon.number('protocol'),
    block: axon.number('block'),
  }
}

/** Where the hotkeys have places: one query for every pair of subnet and hotkey. */
export async function readUids(
  view: View,
  hotkeys: readonly Ss58[],
): Promise<readonly { netuid: Netuid; hotkey: Ss58; uid: number }[]> {
  view.runtime.need(FEATURES.uids)
  if (hotkeys.length === 0) return []
  const netuids = await readNetuids(view)
  const pairs = netuids.flatMap((netuid) => hotkeys.map((hotkey) => ({ netuid: netuidOf(netuid), hotkey })))
  const stored = await view.storage(pairs.map(({ netuid, hotkey }): Ask => [UIDS, netuid, hotkey]))
  return pairs.flatMap((pair, index) => {
    const uid = stored[index]?.value
    return uid === undefined ? [] : [{ ...pair, uid: asNumber(uid, UIDS) }]
  })
}
