import { z } from 'zod'
import { EPOCH_CAUSES, type EpochParts, type EpochRow, ROW_SOURCES } from '../earnings/epoch-row.ts'
import { wire } from './wire.ts'

export const epochParts = z.object({
  fromBlock: wire.block,
  mined: wire.signed,
  validated: wire.signed,
  staked: wire.signed,
  ownerCut: wire.signed,
  unexplained: wire.signed,
  cause: z.enum(EPOCH_CAUSES).optional(),
  feeAlpha: wire.signed,
  feeTao: wire.signed,
  flowsIn: wire.signed.optional(),
  elsewhere: z.object({ alpha: wire.signed, hotkey: wire.ss58.optional() }).optional(),
}) satisfies z.ZodType<EpochParts>

export const epochRow = z.object({
  genesis: z.string(),
  coldkey: wire.ss58,
  hotkey: wire.ss58,
  netuid: wire.netuid,
  epochBlock: wire.block,
  stakeBefore: wire.alpha,
  stakeAfter: wire.alpha,
  flows: wire.signed,
  earned: wire.signed,
  price: wire.raoPerAlpha.optional(),
  earnedTao: wire.rao.optional(),
  source: z.enum(['mined', 'staked']),
  uid: z.number().int().optional(),
  epochs: z.number().int(),
  atMs: z.number(),
  parts: epochParts.optional(),
  via: z.enum(ROW_SOURCES).optional(),
}) satisfies z.ZodType<EpochRow>
