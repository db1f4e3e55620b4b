import type { Netuid } from '../../../../shared/units/amounts.ts'
import type { PlaceEvents, PlacePrices, RemovalFacts } from '../../registration.port.ts'
import { asAddress, asList, asNetuid, asNumber, asRao } from '../answer.ts'
import { fail } from '../failure.ts'
import { viewsBetween } from '../history.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Session } from '../session.ts'
import { type ChainEvent, readEvents } from '../tx/events.ts'
import type { Ask, View } from '../view.ts'
import { readNetuids } from './netuids.ts'
import { ROOT } from './prices.ts'

const BURN = 'SubtensorModule.Burn'
const TO_PRUNE = 'SubnetInfoRuntimeApi.get_subnet_to_prune'
/** Read where the runtime has them. */
const SUBNET_LIMIT = 'SubtensorModule.SubnetLimit'
const IMMUNITY = 'SubtensorModule.NetworkImmunityPeriod'
const BORN = 'SubtensorModule.NetworkRegisteredAt'

/** At most so many blocks are asked for at a time: public endpoints dislike bursts. */
const AT_ONCE = 4
const MOST_BLOCKS = 1_000

/** By these, too, places come, go or get another holder. Only the names count, whatever their fields are. */
const OTHERS: ReadonlySet<string> = new Set(
  [
    'BulkNeuronsRegistered',
    'NetworkAdded',
    'NetworkRemoved',
    'HotkeySwapped',
    'HotkeySwappedOnSubnet',
    'ColdkeySwapped',
    'SubnetOwnerChanged',
    'SubnetOwnerHotkeySet',
    'MaxAllowedUidsSet',
  ].map((name) => `SubtensorModule.${name}`),
)

/** See RegistrationPort. */
export async function readPlacePrices(view: View): Promise<PlacePrices> {
  view.runtime.need({ storage: [BURN, 'SubtensorModule.NetworksAdded'] })
  const netuids = (await readNetuids(view)).filter((netuid) => netuid !== ROOT)
  const tellsBirth = view.runtime.has({ storage: [BORN] })
  const stored = await view.storage([
    ...netuids.map((netuid): Ask => [BURN, netuid]),
    ...(tellsBirth ? netuids.map((netuid): Ask => [BORN, netuid]) : []),
  ])
  return {
    block: view.block,
    prices: netuids.map((netuid, index) => ({
      netuid,
      price: asRao(stored[index]?.value, BURN),
      ...(tellsBirth ? { since: asNumber(stored[netuids.length + index]?.value, BORN) } : {}),
    })),
  }
}

function registrationOf({ name, value }: ChainEvent, block: number): PlaceEvents['registrations'] {
  if (name !== 'SubtensorModule.NeuronRegistered') return []
  const [netuid, uid, hotkey] = asList(value, name)
  return [{ block, netuid: asNetuid(netuid, name), uid: asNumber(uid, name), hotkey: asAddress(hotkey, name) }]
}

/** See RegistrationPort. */
export async function readPlaceEvents(
  session: Session,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<PlaceEvents> {
  session.runtime.need(FEATURES.flows)
  if (to - from >= MOST_BLOCKS)
    fail({ code: 'chain/unsupported', missing: [`more than ${MOST_BLOCKS} blocks at once`] })
  const viewOf = await viewsBetween(session, from, to)
  const registrations: PlaceEvents['registrations'][] = []
  let othersChanged = false
  for (let start = from; start <= to; start += AT_ONCE) {
    const blocks = Array.from({ length: Math.min(AT_ONCE, to - start + 1) }, (_, i) => start + i)
    const found = await Promise.all(
      blocks.map(async (block) => ({ block, events: await readEvents(await viewOf(block)) })),
    )
    for (const { block, events } of found) {
      registrations.push(...events.map((event) => registrationOf(event, block)))
      othersChanged ||= events.some(({ name }) => OTHERS.has(name))
    }
  }
  return { registrations: registrations.flat(), othersChanged }
}

/** See RegistrationPort. */
export async function readRemoval(view: View, netuids: readonly Netuid[]): Promise<RemovalFacts> {
  view.runtime.need({ apis: [TO_PRUNE] })
  const rules = [SUBNET_LIMIT, IMMUNITY].filter((item) => view.runtime.has({ storage: [item] }))
  const born = view.runtime.has({ storage: [BORN] }) ? netuids : []
  const [next, all, stored] = await Promise.all([
    view.api(TO_PRUNE),
    readNetuids(view),
    view.storage([...rules.map((item): Ask => [item]), ...born.map((netuid): Ask => [BORN, netuid])]),
  ])
  const numberOf = (item: string): number | undefined => {
    const value = rules.includes(item) ? stored[rules.indexOf(item)]?.value : undefined
    return value === undefined ? undefined : asNumber(value, item)
  }
  const limit = numberOf(SUBNET_LIMIT)
  const taken = all.filter((netuid) => netuid !== ROOT).length
  return {
    block: view.block,
    next: next === undefined ? undefined : asNetuid(next, TO_PRUNE),
    freeSubnets: limit === undefined ? undefined : Math.max(0, limit - taken),
    immunityBlocks: numberOf(IMMUNITY),
    registeredAt: new Map(
      born.flatMap((netuid, index) => {
        const value = stored[rules.length + index]?.value
        return value === undefined ? [] : [[netuid, asNumber(value, BORN)] as const]
      }),
    ),
  }
}
