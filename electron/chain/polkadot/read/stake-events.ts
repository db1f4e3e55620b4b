import { isSs58Shape, type Netuid, netuid, type Ss58 } from '../../../../shared/units/amounts.ts'
import type { AutoStaked, StakeEvents, Upheaval } from '../../earnings.port.ts'
import { Answer, asAddress, asBigint, asList, asNetuid } from '../answer.ts'
import { fail } from '../failure.ts'
import { viewsBetween } from '../history.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Session } from '../session.ts'
import { type ChainEvent, readEvents } from '../tx/events.ts'
import { flowsIn } from './stake-flows.ts'

/** At most so many blocks are asked for at a time: public endpoints dislike bursts. */
const AT_ONCE = 4
const MOST_BLOCKS = 20_000
/** A mechanism's own part of a subnet is stored under its number × this + the subnet. @source subtensor GLOBAL_MAX_SUBNET_COUNT */
const SUBNETS_OF_A_MECHANISM = 4_096

/** By these alone somebody gets a place or a subnet, or another key holds them. Only the names count, whatever their fields are. */
const PLACES_CHANGE: ReadonlySet<string> = new Set(
  [
    'NeuronRegistered',
    'BulkNeuronsRegistered',
    'NetworkAdded',
    'NetworkRemoved',
    'SubnetOwnerChanged',
    'SubnetOwnerHotkeySet',
    'HotkeySwapped',
    'HotkeySwappedOnSubnet',
    'ColdkeySwapped',
  ].map((name) => `SubtensorModule.${name}`),
)

/** Everything that an account of stake needs of the events of `from..to`: one request a block (two where its hash is unknown). */
export async function readStakeEvents(
  session: Session,
  coldkey: Ss58,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StakeEvents> {
  if (to < from) return joined([])
  if (to - from >= MOST_BLOCKS)
    fail({ code: 'chain/unsupported', missing: [`more than ${MOST_BLOCKS} blocks at once`] })
  const viewOf = await viewsBetween(session, from, to)
  const perBlock: StakeEvents[] = []
  for (let start = from; start <= to; start += AT_ONCE) {
    const blocks = Array.from({ length: Math.min(AT_ONCE, to - start + 1) }, (_, i) => start + i)
    const found = blocks.map(async (block) => {
      const view = await viewOf(block)
      const baskets = view.runtime.has(FEATURES.baskets)
      return stakeEventsIn(await readEvents(view), { block, coldkey, baskets })
    })
    perBlock.push(...(await Promise.all(found)))
  }
  return joined(perBlock)
}

const joined = (all: readonly StakeEvents[]): StakeEvents => ({
  flows: all.flatMap(({ flows }) => flows),
  moves: all.flatMap(({ moves }) => moves),
  incentives: all.flatMap(({ incentives }) => incentives),
  autoStaked: all.flatMap(({ autoStaked }) => autoStaked),
  upheavals: all.flatMap(({ upheavals }) => upheavals),
  claims: all.flatMap(({ claims }) => claims),
  shifts: all.flatMap(({ shifts }) => shifts),
  placesChanged: all.some(({ placesChanged }) => placesChanged),
})

interface Whose {
  readonly coldkey: Ss58
  /** Root dividends are paid as stake on root; before, as alpha of any subnet. */
  readonly baskets: boolean
}

/** Of one block. An event whose fields changed is an error, not a guess. */
function stakeEventsIn(
  events: readonly ChainEvent[],
  { block, ...of }: { readonly block: number } & Whose,
): StakeEvents {
  const { coldkey } = of
  const claimants = events.flatMap(claimantOf)
  const swaps = events.filter(({ name }) => name === 'SubtensorModule.ColdkeySwapped')
  return {
    flows: flowsIn(events, coldkey).map((flow) => ({ block, ...flow })),
    moves: events.flatMap((event) => moveOf(event).map((place) => ({ block, ...place }))),
    incentives: incentivesIn(events).map((one) => ({ block, ...one })),
    autoStaked: events.flatMap((event) => autoStakedOf(event).map((one) => ({ block, ...one }))),
    upheavals: events.flatMap((event) => upheavalOf(event, of).map((one) => ({ block, ...one }))),
    claims: claimants.includes(coldkey) ? [block] : [],
    shifts: [...claimants, ...swaps].map(() => block),
    placesChanged: events.some(({ name }) => PLACES_CHANGE.has(name)),
  }
}

/** Whoever it was: a move changes the shares of all who stake to the hotkey. */
function moveOf({ name, value }: ChainEvent): readonly { readonly hotkey: Ss58; readonly netuid: Netuid }[] {
  switch (name) {
    case 'SubtensorModule.StakeAdded':
    case 'SubtensorModule.StakeRemoved': {
      const row = asList(value, name)
      return [{ hotkey: asAddress(row[1], name), netuid: asNetuid(row[4], name) }]
    }
    case 'SubtensorModule.AlphaRecycled':
    case 'SubtensorModule.AlphaBurned': {
      const row = asList(value, name)
      return [{ hotkey: asAddress(row[1], name), netuid: asNetuid(row[3], name) }]
    }
    default:
      return []
  }
}

/** Alpha by uid. A subnet with several mechanisms says it once for each. */
function incentivesIn(events: readonly ChainEvent[]) {
  const found = new Map<Netuid, bigint[]>()
  for (const { name, value } of events) {
    if (name !== 'SubtensorModule.IncentiveAlphaEmittedToMiners') continue
    const row = new Answer(value, name)
    const subnet = netuid(row.number('netuid') % SUBNETS_OF_A_MECHANISM)
    const sums = found.get(subnet) ?? []
    for (const [uid, alpha] of row.list('emissions').entries()) sums[uid] = (sums[uid] ?? 0n) + asBigint(alpha, name)
    found.set(subnet, sums)
  }
  return [...found].map(([subnet, byUid]) => ({ netuid: subnet, byUid }))
}

function autoStakedOf({ name, value }: ChainEvent): readonly Omit<AutoStaked, 'block'>[] {
  if (name !== 'SubtensorModule.AutoStakeAdded') return []
  const row = new Answer(value, name)
  return [
    {
      netuid: row.netuid('netuid'),
      destination: row.address('destination'),
      hotkey: row.address('hotkey'),
      owner: row.address('owner'),
      alpha: row.alpha('incentive'),
    },
  ]
}

function claimantOf({ name, value }: ChainEvent): readonly Ss58[] {
  const isClaim = name === 'SubtensorModule.RootClaimed' || name === 'SubtensorModule.BasketClaimed'
  return isClaim ? [new Answer(value, name).address('coldkey')] : []
}

/** What changes positions without a move of stake. */
function upheavalOf({ name, value }: ChainEvent, { coldkey, baskets }: Whose): readonly Omit<Upheaval, 'block'>[] {
  switch (name) {
    case 'SubtensorModule.HotkeySwapped':
    case 'SubtensorModule.HotkeySwappedOnSubnet': {
      const row = new Answer(value, name)
      const hotkeys = [row.address('old_hotkey'), row.address('new_hotkey')]
      return [{ cause: 'hotkey-swap', hotkeys, ...(name.endsWith('OnSubnet') ? { netuid: row.netuid('netuid') } : {}) }]
    }
    case 'SubtensorModule.ColdkeySwapped': {
      const row = new Answer(value, name)
      const isOwn = [row.address('old_coldkey'), row.address('new_coldkey')].includes(coldkey)
      return isOwn ? [{ cause: 'coldkey-swap' }] : []
    }
    case 'SubtensorModule.RootClaimed':
      // A claim from a basket is read right before and after its block (`claims`), and explains nothing anywhere else.
      if (baskets) return []
      return new Answer(value, name).address('coldkey') === coldkey ? [{ cause: 'root-claim' }] : []
    case 'SubtensorModule.NetworkRemoved':
      return [{ cause: 'subnet-removed', netuid: asNetuid(Array.isArray(value) ? value[0] : value, name) }]
    default:
      return name.startsWith('SubtensorModule.') && name.includes('Collateral') ? collateralOf(value, coldkey) : []
  }
}

/** These events are newer than the types that are known here: whom they name is all that is taken from them. */
function collateralOf(value: unknown, coldkey: Ss58): readonly Omit<Upheaval, 'block'>[] {
  const fields: Readonly<Record<string, unknown>> = Object(value)
  const hotkeys = Object.values(fields).filter((field) => isSs58Shape(field))
  const where = typeof fields['netuid'] === 'number' ? { netuid: asNetuid(fields['netuid'], 'Collateral') } : {}
  if (hotkeys.includes(coldkey)) return [{ cause: 'collateral', ...where }]
  return hotkeys.length > 0 ? [{ cause: 'collateral', hotkeys, ...where }] : []
}
