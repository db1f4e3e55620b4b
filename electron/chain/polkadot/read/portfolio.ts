import type { HeldAt } from '../../../../shared/staking/not-final.ts'
import { type Portfolio, type Position, sumOf } from '../../../../shared/staking/position.ts'
import { type Alpha, alpha, type Netuid, type Rao, type Ss58, valueAtPrice } from '../../../../shared/units/amounts.ts'
import type { StakeAt } from '../../chain.port.ts'
import { Answer, asAddress, asList, asNetuid } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { freeOf } from './account.ts'
import { type Prices, readPrices } from './prices.ts'
import type { Sales, Simulated } from './sales.ts'

const STAKE_INFO = 'StakeInfoRuntimeApi.get_stake_info_for_coldkey'
const STAKE_INFOS = 'StakeInfoRuntimeApi.get_stake_info_for_coldkeys'
const AVAILABILITY = 'StakeInfoRuntimeApi.get_stake_availability_for_coldkeys'

interface Held extends StakeAt {
  readonly registered: boolean
}

/**
 * Balance, positions, what of them is free, and prices: four requests that leave together.
 * @param sales what simulates the sale of positions; absent: it is not asked for. Where the runtime simulates nothing, it
 *        stays unknown.
 */
export async function readPortfolio(view: View, coldkey: Ss58, sales: Sales | undefined): Promise<Portfolio> {
  const [only] = await readPortfolios(view, [coldkey], sales)
  return only ?? badAnswer(STAKE_INFO)
}

/**
 * The same of several accounts, of one block: as many requests as for one, since each question takes all of them. A
 * runtime that cannot be asked for the stake of several at once is asked once for each.
 * @returns in the order of `coldkeys`
 */
export async function readPortfolios(
  view: View,
  coldkeys: readonly Ss58[],
  sales: Sales | undefined,
): Promise<readonly Portfolio[]> {
  view.runtime.need(FEATURES.portfolio)
  const simulated = view.runtime.has(FEATURES.sale) ? sales : undefined
  const [accounts, heldOf, availableTo, prices] = await Promise.all([
    view.storage(coldkeys.map((coldkey) => ['System.Account', coldkey] as const)),
    readHeldBy(view, coldkeys),
    readAvailableTo(view, coldkeys),
    readPrices(view),
  ])
  const held = heldOf.flat()
  const sold = simulated ? await simulated.of(view, held) : []
  const saleOf = new Map(held.map((stake, index) => [stake, sold[index]]))
  return coldkeys.map((coldkey, index) => {
    const available = availableTo && (availableTo.get(coldkey) ?? new Map<Netuid, Alpha>())
    const stakes = heldOf[index] ?? []
    const positions = stakes.map((stake) => positionOf({ stake, available, prices, sale: saleOf.get(stake) }))
    const free = freeOf(accounts[index] ?? { present: false, value: undefined })
    return portfolioOf({ coldkey, block: view.block, free, positions }, simulated !== undefined)
  })
}

/** With its totals, which are those of the rows. */
function portfolioOf(rows: Pick<Portfolio, 'coldkey' | 'block' | 'free' | 'positions'>, withSale: boolean): Portfolio {
  const total = (of: (position: Position) => Rao | undefined) => sumOf(rows.free, rows.positions.map(of))
  return {
    ...rows,
    totalAtSpot: total((position) => position.valueAtSpot),
    totalIfSold: withSale ? total((position) => position.ifSold) : undefined,
  }
}

/** Only what is held, of one block: two requests that leave together. */
export async function readHeldAt(view: View, coldkey: Ss58): Promise<HeldAt> {
  const [[account], positions] = await Promise.all([
    view.storage([['System.Account', coldkey]]),
    readHeld(view, coldkey),
  ])
  return { block: view.block, free: freeOf(account ?? { present: false, value: undefined }), positions }
}

/** In the order of `coldkeys`. */
export async function readHeldAtBy(view: View, coldkeys: readonly Ss58[]): Promise<readonly HeldAt[]> {
  const [accounts, held] = await Promise.all([
    view.storage(coldkeys.map((coldkey) => ['System.Account', coldkey] as const)),
    readHeldBy(view, coldkeys),
  ])
  return coldkeys.map((_coldkey, index) => ({
    block: view.block,
    free: freeOf(accounts[index] ?? { present: false, value: undefined }),
    positions: held[index] ?? [],
  }))
}

/** Every stake of the coldkey that is not empty. */
export async function readHeld(view: View, coldkey: Ss58): Promise<readonly Held[]> {
  return heldIn(await view.api(STAKE_INFO, coldkey))
}

const heldIn = (rows: unknown): readonly Held[] =>
  asList(rows, STAKE_INFO)
    .map((entry) => new Answer(entry, 'StakeInfo'))
    .map((row) => ({
      hotkey: row.address('hotkey'),
      netuid: row.netuid('netuid'),
      alpha: row.alpha('stake'),
      registered: row.flag('is_registered'),
    }))
    .filter((stake) => stake.alpha > 0n)

/** In the order of `coldkeys`. An account that the chain does not speak of is a fault: its stake would be missing in sums. */
async function readHeldBy(view: View, coldkeys: readonly Ss58[]): Promise<readonly (readonly Held[])[]> {
  const [first] = coldkeys
  if (first === undefined) return []
  if (coldkeys.length === 1 || !view.runtime.has(FEATURES.portfolios))
    return Promise.all(coldkeys.map((coldkey) => readHeld(view, coldkey)))
  const found = new Map<Ss58, readonly Held[]>()
  for (const entry of asList(await view.api(STAKE_INFOS, coldkeys), STAKE_INFOS)) {
    const [owner, rows] = asList(entry, STAKE_INFOS)
    found.set(asAddress(owner, STAKE_INFOS), heldIn(rows))
  }
  return coldkeys.map((coldkey) => found.get(coldkey) ?? badAnswer(STAKE_INFOS))
}

/**
 * Alpha that may leave each subnet: locks and collateral are per coldkey and subnet, across hotkeys.
 * `undefined` for a runtime that has no locks and so no such call: then all of it may.
 */
export async function readAvailable(view: View, coldkey: Ss58): Promise<ReadonlyMap<Netuid, Alpha> | undefined> {
  const found = await readAvailableTo(view, [coldkey])
  return found && (found.get(coldkey) ?? new Map<Netuid, Alpha>())
}

async function readAvailableTo(
  view: View,
  coldkeys: readonly Ss58[],
): Promise<ReadonlyMap<Ss58, ReadonlyMap<Netuid, Alpha>> | undefined> {
  if (!view.runtime.has({ apis: [AVAILABILITY] })) return undefined
  const found = new Map<Ss58, Map<Netuid, Alpha>>()
  for (const entry of asList(await view.api(AVAILABILITY, coldkeys, undefined), AVAILABILITY)) {
    const [owner, perSubnet] = asList(entry, AVAILABILITY)
    const available = new Map<Netuid, Alpha>()
    for (const row of asList(perSubnet, AVAILABILITY)) {
      const [netuid, amounts] = asList(row, AVAILABILITY)
      available.set(asNetuid(netuid, AVAILABILITY), new Answer(amounts, AVAILABILITY).alpha('available'))
    }
    found.set(asAddress(owner, AVAILABILITY), available)
  }
  return found
}

/** The part of one position that may be sold now. A subnet that the chain does not list has nothing available. */
export function availableOf(stake: StakeAt, available: ReadonlyMap<Netuid, Alpha> | undefined): Alpha {
  if (!available) return stake.alpha
  const onSubnet = available.get(stake.netuid) ?? alpha(0n)
  return onSubnet < stake.alpha ? onSubnet : stake.alpha
}

interface Parts {
  readonly stake: Held
  readonly available: ReadonlyMap<Netuid, Alpha> | undefined
  readonly prices: Prices
  readonly sale: Simulated | undefined
}

function positionOf({ stake, available, prices, sale }: Parts): Position {
  const price = prices.get(stake.netuid)
  return {
    netuid: stake.netuid,
    hotkey: stake.hotkey,
    alpha: stake.alpha,
    available: availableOf(stake, available),
    price,
    valueAtSpot: price === undefined ? undefined : valueAtPrice(stake.alpha, price),
    ifSold: sale?.taoOut,
    ...(sale?.taoOut === undefined ? {} : { ifSoldBlock: sale.block }),
    registered: stake.registered,
  }
}
