import { z } from 'zod'
import { command, nothing, query } from './define.ts'
import { wireLimitOrder, wireOrderType } from './intent-wire.ts'
import { wire } from './wire.ts'

const signedOrder = z.object({
  orderId: z.string(),
  order: wireLimitOrder,
  /** sr25519, `0x` and 128 hex digits: with the order it is all that a relayer needs. */
  signature: z.string(),
  signedAtMs: z.number(),
})

/** What a person decides of an order; signer, chain and fee are added by the host. */
const orderDraft = z.object({
  hotkey: wire.ss58,
  netuid: wire.netuid,
  type: wireOrderType,
  amount: wire.units,
  limitPrice: wire.raoPerAlpha,
  expiryMs: z.number().int().min(0),
  relayers: wireLimitOrder.shape.relayers,
  maxSlippagePpb: wireLimitOrder.shape.maxSlippagePpb,
  partialFills: z.boolean().optional(),
})

export const ordersContract = {
  'orders.sign': command(
    'Signs a limit order away from the chain. It does nothing by itself: a relayer must be given it, and carry it out.',
    { input: orderDraft, output: signedOrder },
  ),
  'orders.list': query('Orders signed on this computer for this network, newest first, and where each stands.', {
    input: nothing,
    output: z
      .array(
        signedOrder.extend({
          status: z.enum(['open', 'expired', 'fulfilled', 'cancelled']),
          filled: wire.units.optional(),
        }),
      )
      .readonly(),
  }),
}
