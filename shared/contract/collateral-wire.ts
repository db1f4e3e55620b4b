import { z } from 'zod'
import type { Collateral } from '../registration/collateral.ts'
import { wire } from './wire.ts'

/** What a subnet binds of the price of a place. */
export const collateral = z.object({
  share: z.number().int().min(0).max(65_535),
  freesPpm: z.number().int().min(0).optional(),
  /** What the same hotkey has bound from before. */
  stands: z.object({ alpha: wire.alpha, worth: wire.rao }).optional(),
}) satisfies z.ZodType<Collateral>
