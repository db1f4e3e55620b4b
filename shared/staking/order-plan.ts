import type { LimitOrder } from '../signing/limit-order.ts'
import type { RaoPerAlpha } from '../units/amounts.ts'

/** An order as a person confirms it: what is signed, to the byte, and what the chain says of it now. */
export interface OrderPlan {
  readonly order: LimitOrder
  /** blake2-256 of `bytes`: the chain's name for it. */
  readonly orderId: string
  /** SCALE, `0x` and hex. */
  readonly bytes: string
  readonly atBlock: number
  /** Spot, rao per alpha. */
  readonly price?: RaoPerAlpha | undefined
  /** The price is there already: whoever gets the order may carry it out at once. */
  readonly priceMet?: boolean | undefined
  /** The last price that the trade itself may reach; absent: any. Rao per alpha. */
  readonly worstPrice?: RaoPerAlpha | undefined
  /** Free TAO for a purchase, else what of the position may be sold. */
  readonly available: bigint
  /** Of that, what other open orders of this account may take. */
  readonly promised: bigint
}

/** Whether two orders would spend from the same balance or position. Pure. */
export const isSameSource = (a: LimitOrder, b: LimitOrder): boolean => {
  if (a.signer !== b.signer) return false
  if (a.type === 'LimitBuy' || b.type === 'LimitBuy') return a.type === b.type
  return a.netuid === b.netuid && a.hotkey === b.hotkey
}
