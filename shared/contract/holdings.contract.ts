import { z } from 'zod'
import type { HoldingState } from '../staking/holding-state.ts'
import { command, nothing, query } from './define.ts'
import { wireLimitOrder, wireOrderType } from './intent-wire.ts'
import { wire } from './wire.ts'

const subnetHolding = z.object({
  netuid: wire.netuid,
  total: wire.alpha,
  available: wire.alpha,
  lock: z.object({ hotkey: wire.ss58, amount: wire.alpha, perpetual: z.boolean() }).optional(),
  autoStake: wire.ss58.optional(),
})

const lockStep = z.object({ block: wire.block, free: wire.alpha, locked: wire.alpha })

const holdingState = z.object({
  atBlock: wire.block,
  coldkey: wire.ss58,
  features: z.object({
    locks: z.boolean(),
    destroy: z.boolean(),
    autoStake: z.boolean(),
    baskets: z.boolean(),
    orders: z.boolean(),
    shield: z.boolean(),
  }),
  subnets: z.array(subnetHolding).readonly(),
  unlockBlocks: z.number().int().optional(),
  rejectsLocked: z.boolean().optional(),
  root: z.object({
    owed: wire.rao.optional(),
    byValidator: z.array(z.object({ hotkey: wire.ss58, owed: wire.rao, heldUntil: wire.block.optional() })).readonly(),
    threshold: wire.rao.optional(),
    holdBlocks: z.number().int().optional(),
  }),
  orders: z.object({ enabled: z.boolean().optional(), chainId: z.number().int().optional() }),
  shieldKey: z.object({ present: z.boolean(), expiresAt: wire.block.optional() }),
}) satisfies z.ZodType<HoldingState>

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

export const holdingsContract = {
  'holdings.state': query(
    'What an account has locked, mined stake goes where, what root owes it, and what the chain offers for it now.',
    { input: z.object({ account: wire.ss58.optional() }), output: holdingState },
  ),
  'holdings.lockSteps': query('When how much of a decaying lock on a subnet is free.', {
    input: z.object({ netuid: wire.netuid, account: wire.ss58.optional() }),
    output: z.array(lockStep).readonly(),
  }),
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
