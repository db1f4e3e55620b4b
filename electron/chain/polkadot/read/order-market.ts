import type { OrderGround, OrderMarket } from '../../../../shared/staking/order-draft.ts'
import { type Alpha, alpha, type Netuid, rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { asFlag, asNumber } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'
import { freeOf } from './account.ts'
import { minStakeOf } from './min-stake.ts'
import { readAvailable, readHeld } from './portfolio.ts'
import { ROOT, readPrice } from './prices.ts'

const ENABLED = 'LimitOrders.LimitOrdersEnabled'
const CHAIN_ID = 'EVMChainId.ChainId'

function groundOf(view: View, [enabled, chainId]: readonly (Stored | undefined)[]): OrderGround {
  return {
    atBlock: view.block,
    offered: true,
    enabled: enabled === undefined ? undefined : asFlag(enabled.value, ENABLED),
    chainId: chainId === undefined ? undefined : asNumber(chainId.value, CHAIN_ID),
  }
}

/** See OrdersPort.orderGround. */
export async function readOrderGround(view: View): Promise<OrderGround> {
  if (!view.runtime.has(FEATURES.limitOrders))
    return { atBlock: view.block, offered: false, enabled: undefined, chainId: undefined }
  return groundOf(view, await view.storage([[ENABLED], [CHAIN_ID]]))
}

/** See OrdersPort.orderMarket. */
export async function readOrderMarket(
  view: View,
  signer: Ss58,
  at: { readonly netuid: Netuid; readonly hotkey: Ss58 },
): Promise<OrderMarket> {
  view.runtime.need(FEATURES.limitOrders)
  const asks: readonly Ask[] = [
    [ENABLED],
    [CHAIN_ID],
    ['SubtensorModule.NetworksAdded', at.netuid],
    ['SubtensorModule.Owner', at.hotkey],
    ['System.Account', signer],
  ]
  const [found, sellable] = await Promise.all([view.storage(asks), readSellable(view, signer, at)])
  const [enabled, chainId, subnet, owner, account] = found
  const subnetKnown = subnet?.present === true && asFlag(subnet.value, 'NetworksAdded')
  // Of a subnet that is not there the chain would tell the price of an empty pool.
  const priced = subnetKnown && at.netuid !== ROOT && view.runtime.has(FEATURES.price)
  return {
    ...groundOf(view, [enabled, chainId]),
    subnetKnown,
    hotkeyKnown: owner?.present === true,
    price: priced ? await readPrice(view, at.netuid) : undefined,
    free: account ? freeOf(account) : rao(0n),
    sellable,
    minimum: minStakeOf(view.runtime),
  }
}

/** Locks are per coldkey and subnet, across hotkeys: what is behind one hotkey may be sold as far as the subnet lets go. */
async function readSellable(
  view: View,
  signer: Ss58,
  { netuid, hotkey }: { readonly netuid: Netuid; readonly hotkey: Ss58 },
): Promise<Alpha> {
  const [held, available] = await Promise.all([readHeld(view, signer), readAvailable(view, signer)])
  const position = held.find((one) => one.netuid === netuid && one.hotkey === hotkey)?.alpha ?? alpha(0n)
  const free = available === undefined ? position : (available.get(netuid) ?? alpha(0n))
  return position < free ? position : free
}
