import type { HeldAt } from '../../../../shared/staking/not-final.ts'
import { type Portfolio, type Position, sumOf } from '../../../../shared/staking/position.ts'
import { type Alpha, alpha, type Netuid, type Ss58, valueAtPrice } from '../../../../shared/units/amounts.ts'
import type { StakeAt } from '../../chain.port.ts'
import { Answer, asAddress, asList, asNetuid } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { freeOf } from './account.ts'
import { type Prices, readPrices } from './prices.ts'
import type { Sales, Simulated } from './sales.ts'

const STAKE_INFO = 'StakeInfoRuntimeApi.get_stake_info_for_coldkey'
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
  view.runtime.need(FEATURES.portfolio)
  const simulated = view.runtime.has(FEATURES.sale) ? sales : undefined
  const [[account], held, available, prices] = await Promise.all([
    view.storage([['System.Account', coldkey]]),
    readHeld(view, coldkey),
    readAvailable(view, coldkey),
    readPrices(view),
  ])
  const free = freeOf(account ?? { present: false, value: undefined })
  const sold = simulated ? await simulated.of(view, held) : []
  const positions = held.map((stake, index) => positionOf({ stake, available, prices, sale: sold[index] }))
  return {
    coldkey,
    block: view.block,
    free,
    positions,
    totalAtSpot: sumOf(
      free,
      positions.map((position) => position.valueAtSpot),
    ),
    totalIfSold: simulated
      ? sumOf(
          free,
          positions.map((position) => position.ifSold),
        )
      : undefined,
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

/** Every stake of the coldkey that is not empty. */
export async function readHeld(view: View, coldkey: Ss58): Promise<readonly Held[]> {
  return asList(await view.api(STAKE_INFO, coldkey), STAKE_INFO)
    .map((entry) => new Answer(entry, 'StakeInfo'))
    .map((row) => ({
      hotkey: row.address('hotkey'),
      netuid: row.netuid('netuid'),
      alpha: row.alpha('stake'),
      registered: row.flag('is_registered'),
    }))
    .filter((stake) => stake.alpha > 0n)
}

/**
 * Alpha that may leave each subnet: locks and collateral are per coldkey and subnet, across hotkeys.
 * `undefined` for a runtime that has no locks and so no such call: then all of it may.
 */
export async function readAvailable(view: View, coldkey: Ss58): Promise<ReadonlyMap<Netuid, Alpha> | undefined> {
  if (!view.runtime.has({ apis: [AVAILABILITY] })) return undefined
  const available = new Map<Netuid, Alpha>()
  for (const entry of asList(await view.api(AVAILABILITY, [coldkey], undefined), AVAILABILITY)) {
    const [owner, perSubnet] = asList(entry, AVAILABILITY)
    if (asAddress(owner, AVAILABILITY) !== coldkey) continue
    for (const row of asList(perSubnet, AVAILABILITY)) {
      const [netuid, amounts] = asList(row, AVAILABILITY)
      available.set(asNetuid(netuid, AVAILABILITY), new Answer(amounts, AVAILABILITY).alpha('available'))
    }
  }
  return available
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
