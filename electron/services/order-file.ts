import type { SignedOrder } from '../storage/order-storage.port.ts'

/** Number of `Sr25519` in `MultiSignature`, then the signature; no part is asked for. @source substrate `MultiSignature` */
const SR25519 = '01'
const NO_PART = '00'

/** Where an order is good, and how the chain writes it. */
export interface OrderPlace {
  /** SCALE of the order, `0x` and hex. */
  readonly bytes: string
  readonly network: string
  readonly genesis: string | undefined
  readonly play: boolean
}

/**
 * A signed order as a file for whoever carries it out: in the chain's own names, and as the bytes of `SignedOrder`, which
 * `execute_orders` takes as they are.
 * @source subtensor `pallets/limit-orders/src/lib.rs` SignedOrder
 */
export function orderFile(
  { orderId, order, signature }: SignedOrder,
  { bytes, network, genesis, play }: OrderPlace,
): { readonly fileName: string; readonly text: string } {
  const file = {
    what: 'A signed limit order. Whoever the order allows can carry it out with LimitOrders.execute_orders while it is open.',
    network,
    genesis,
    ...(play ? { unit: 'play' } : {}),
    orderId,
    signedOrder: {
      order: {
        V1: {
          signer: order.signer,
          hotkey: order.hotkey,
          netuid: order.netuid,
          order_type: order.type,
          amount: order.amount.toString(),
          limit_price: order.limitPrice.toString(),
          expiry: String(order.expiryMs),
          fee_rate: order.feePpb,
          fee_recipient: order.feeTo,
          relayer: order.relayers ?? null,
          max_slippage: order.maxSlippagePpb ?? null,
          chain_id: order.chainId,
          partial_fills_enabled: order.partialFills,
        },
      },
      signature: { Sr25519: signature },
      partial_fill: null,
    },
    scale: `${bytes}${SR25519}${signature.slice(2)}${NO_PART}`,
  }
  const mark = play ? 'practice-' : ''
  return {
    fileName: `taoforge-${mark}order-${orderId.slice(2, 10)}.json`,
    text: `${JSON.stringify(file, undefined, 2)}\n`,
  }
}
