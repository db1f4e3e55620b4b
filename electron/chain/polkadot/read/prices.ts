import { type Netuid, netuid, type RaoPerAlpha, raoPerAlpha } from '../../../../shared/units/amounts.ts'
import { Answer, asList, asPrice } from '../answer.ts'
import type { View } from '../view.ts'

export const ROOT = 0
/** On root one unit of stake is one rao. @source protocol: root stake is TAO itself, 1:1 */
export const ROOT_PRICE = raoPerAlpha(1_000_000_000n)

const ALL = 'SwapRuntimeApi.current_alpha_price_all'
const ONE = 'SwapRuntimeApi.current_alpha_price'

export type Prices = ReadonlyMap<Netuid, RaoPerAlpha>

/** Spot prices of all subnets, rao per alpha, in one request. Where the runtime has no such call: only root's. */
export async function readPrices(view: View): Promise<Prices> {
  const prices = new Map<Netuid, RaoPerAlpha>()
  if (view.runtime.has({ apis: [ALL] }))
    for (const entry of asList(await view.api(ALL), ALL)) {
      const row = new Answer(entry, ALL)
      prices.set(row.netuid('netuid'), row.price('price'))
    }
  prices.set(netuid(ROOT), ROOT_PRICE)
  return prices
}

/** Spot price of one subnet, rao per alpha. @errors chain/unsupported */
export async function readPrice(view: View, netuid: Netuid): Promise<RaoPerAlpha> {
  if (netuid === ROOT) return ROOT_PRICE
  return asPrice(await view.api(ONE, netuid), ONE)
}
