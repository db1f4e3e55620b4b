import { z } from 'zod'
import type { OrderPlan } from '../staking/order-plan.ts'
import { accountPlan } from './accounts.contract.ts'
import { command, nothing, query } from './define.ts'
import { wireLimitOrder, wireOrderType } from './intent-wire.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const orderId = z.string().regex(/^0x[0-9a-f]{64}$/)

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

const orderPlan = z.object({
  order: wireLimitOrder,
  orderId: z.string(),
  bytes: z.string(),
  atBlock: wire.block,
  price: wire.raoPerAlpha.optional(),
  priceMet: z.boolean().optional(),
  worstPrice: wire.raoPerAlpha.optional(),
  available: wire.units,
  promised: wire.units,
}) satisfies z.ZodType<OrderPlan>

export const ordersContract = {
  'orders.offer': query('Whether the active wallet can sign limit orders on this chain now; if not, why.', {
    input: nothing,
    output: z.object({ atBlock: wire.block, obstacle: wireError.optional() }),
  }),
  'orders.plan': query('Checks a limit order and shows what would be signed, to the byte. Nothing is signed.', {
    input: orderDraft,
    output: orderPlan,
  }),
  'orders.sign': command(
    'Signs a limit order away from the chain. It does nothing by itself: a relayer must be given it, and carry it out.',
    { input: orderDraft.extend({ confirmed: orderId.optional() }), output: signedOrder },
  ),
  'orders.list': query('Orders signed on this computer for this network, newest first, and where each stands.', {
    input: nothing,
    output: z
      .array(
        signedOrder.extend({
          status: z.enum(['open', 'partial', 'expired', 'fulfilled', 'cancelled']),
          filled: wire.units.optional(),
        }),
      )
      .readonly(),
  }),
  'orders.planCancel': query('Plans the call that cancels an open order on chain. It costs the network fee.', {
    input: z.object({ orderId }),
    output: accountPlan,
  }),
  'orders.export': query('A signed order that is still open, as a file for whoever shall carry it out.', {
    input: z.object({ orderId }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  }),
}
