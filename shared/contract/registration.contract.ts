import { z } from 'zod'
import type { Outlook } from '../registration/outlook.ts'
import { query } from './define.ts'
import { wire } from './wire.ts'

const survival = z.object({
  leastBlocks: z.number(),
  expectedBlocks: z.number(),
  /** Absent: nothing bounds it. */
  mostBlocks: z.number().optional(),
  because: z.enum(['immune-then-queue', 'queue', 'free-places', 'no-registrations']),
})
const pricePoint = z.object({ block: wire.block, price: wire.rao })
const group = z.object({
  who: z.enum(['lowQuartile', 'median', 'highQuartile']),
  alphaPerEpoch: wire.alpha,
  alphaPerDay: wire.alpha,
  /** What the sale of a day's alpha would bring now. Absent: the chain could not say. */
  taoPerDay: wire.rao.optional(),
  /** Absent: never, at this pay, or unknown. */
  earnsBackBlocks: z.number().optional(),
  survival: survival.optional(),
  earnsBackInTime: z.enum(['yes', 'unsure', 'no', 'unknown']),
})
const outlook = z.object({
  netuid: wire.netuid,
  block: wire.block,
  price: wire.rao,
  rules: z.object({
    minPrice: wire.rao,
    maxPrice: wire.rao,
    halfLife: z.number().int(),
    increasePpm: z.number().int(),
  }),
  open: z.boolean(),
  tempo: z.number().int(),
  lastEpochBlock: wire.block,
  immunityBlocks: z.number().int(),
  summary: z.object({
    taken: z.number().int(),
    most: z.number().int(),
    immune: z.number().int(),
    registeredLately: z.number().int(),
    inBlocks: z.number().int(),
  }),
  /** Absent: too few mine to say. */
  distribution: z
    .object({
      miners: z.number().int(),
      lowQuartile: wire.units,
      median: wire.units,
      highQuartile: wire.units,
      best: wire.units,
      topTenPpm: z.number().int(),
      earnNothingPpm: z.number().int(),
    })
    .optional(),
  projected: z.array(pricePoint).readonly(),
  groups: z.array(group).readonly(),
}) satisfies z.ZodType<Outlook>

export const registrationContract = {
  'registration.outlook': query('What a place on a subnet brings to those who have one, and how long it is kept.', {
    input: z.object({
      netuid: wire.netuid,
      /** What is set against the pay. Default: the price of now. */
      mostCost: wire.rao.optional(),
    }),
    output: outlook,
  }),
}
