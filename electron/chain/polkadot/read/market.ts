import {
  EXIT_SIZES,
  type Exit,
  type MarketDepth,
  type MarketPoint,
  type SubnetStatement,
} from '../../../../shared/subnets/market.ts'
import { alphaAtPrice, type Netuid } from '../../../../shared/units/amounts.ts'
import { Answer, asBigint, asList } from '../answer.ts'
import { fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { ROOT, readPrice, readPrices } from './prices.ts'
import { simulateSale } from './simulate.ts'
import { subnetIdentity } from './stated-identity.ts'

const ALL = 'SubnetInfoRuntimeApi.get_all_dynamic_info'
const ONE = 'SubnetInfoRuntimeApi.get_dynamic_info'

/** Pools and prices of all subnets: two requests at once. */
export async function readMarket(view: View): Promise<{ block: number; points: readonly MarketPoint[] }> {
  view.runtime.need({ apis: [ALL] })
  const [infos, prices] = await Promise.all([view.api(ALL), readPrices(view)])
  const points = asList(infos, ALL)
    .filter((info) => info !== undefined)
    .map((info): MarketPoint => {
      const row = new Answer(info, 'DynamicInfo')
      const netuid = row.netuid('netuid')
      return {
        netuid,
        price: prices.get(netuid),
        taoReserve: row.rao('tao_in'),
        alphaReserve: row.alpha('alpha_in'),
        alphaOutside: row.alpha('alpha_out'),
        volume: asBigint(row.raw('subnet_volume'), 'DynamicInfo.subnet_volume'),
      }
    })
  return { block: view.block, points }
}

/**
 * What it costs to leave a subnet with 1, 10, 100 and 1000 TAO worth of alpha, by the chain's own simulation: its pools have
 * changed their formula before. Six requests.
 * @errors chain/unsupported where the runtime simulates nothing; stake/no-liquidity at price 0
 */
export async function readDepth(view: View, netuid: Netuid): Promise<MarketDepth> {
  view.runtime.need({ apis: [...FEATURES.sale.apis, ...FEATURES.price.apis] })
  const [price] = await Promise.all([readPrice(view, netuid), netuid === ROOT ? undefined : needSubnet(view, netuid)])
  const wanted = EXIT_SIZES.map((size) => ({
    size,
    alpha: alphaAtPrice(size, price) ?? fail({ code: 'stake/no-liquidity', netuid }),
  }))
  const exits = await Promise.all(
    wanted.map(async ({ size, alpha }): Promise<Exit> => {
      const { taoOut } = await simulateSale(view, netuid, alpha)
      // All zero means that the pool cannot, not that it pays nothing.
      return taoOut === 0n ? { size, alpha } : { size, alpha, taoOut }
    }),
  )
  return { netuid, block: view.block, price, exits }
}

/** For a subnet that is not there the chain may well state a price. */
async function needSubnet(view: View, netuid: Netuid): Promise<void> {
  const [added] = await view.storage([['SubtensorModule.NetworksAdded', netuid]])
  if (added?.value !== true) fail({ code: 'stake/unknown-subnet', netuid })
}

/** What its owner says of a subnet: one request. */
export async function readStatement(view: View, netuid: Netuid): Promise<SubnetStatement> {
  view.runtime.need({ apis: [ONE] })
  const info = await view.api(ONE, netuid)
  if (info === undefined) return fail({ code: 'stake/unknown-subnet', netuid })
  return { netuid, block: view.block, identity: subnetIdentity(new Answer(info, 'DynamicInfo').raw('subnet_identity')) }
}
