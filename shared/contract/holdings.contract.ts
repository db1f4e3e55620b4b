import { z } from 'zod'
import type { HoldingState } from '../staking/holding-state.ts'
import { query } from './define.ts'
import { wire } from './wire.ts'

const subnetHolding = z.object({
  netuid: wire.netuid,
  total: wire.alpha.optional(),
  available: wire.alpha.optional(),
  lock: z
    .object({
      hotkey: wire.ss58,
      amount: wire.alpha,
      perpetual: z.boolean(),
      conviction: wire.alpha.optional(),
      hotkeyConviction: wire.alpha.optional(),
    })
    .optional(),
  perpetual: z.boolean().optional(),
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

export const holdingsContract = {
  'holdings.state': query(
    'What an account has locked, mined stake goes where, what root owes it, and what the chain offers for it now.',
    { input: z.object({ account: wire.ss58.optional() }), output: holdingState },
  ),
  'holdings.lockSteps': query('When how much of a decaying lock on a subnet is free.', {
    input: z.object({ netuid: wire.netuid, account: wire.ss58.optional() }),
    output: z.array(lockStep).readonly(),
  }),
}
