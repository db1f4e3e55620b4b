import { z } from 'zod'
import type { Outlook } from '../registration/outlook.ts'
import type { WatchedPlace } from '../registration/watch.ts'
import { collateral } from './collateral-wire.ts'
import { nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

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
const rules = z.object({
  minPrice: wire.rao,
  maxPrice: wire.rao,
  halfLife: z.number().int(),
  increasePpm: z.number().int(),
})
const pace = z.object({
  registrations: z.number().int(),
  blocks: z.number().int(),
  /** `still-there`: at the least so many. */
  from: z.enum(['recorded', 'still-there']),
})
const outlook = z.object({
  netuid: wire.netuid,
  block: wire.block,
  price: wire.rao,
  rules,
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
  /** What the survival of `groups` rests on. */
  pace,
  /** What the subnet binds of the price. Absent: the chain does not say. */
  collateral: collateral.optional(),
  /** Of the price of now, rao; 0: none. Absent: unknown. */
  bound: wire.rao.optional(),
  /** Of the last epoch. Absent: too few mine to say. */
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
  /** The mean of so many is the pay of `groups`. */
  epochs: z.number().int(),
  projected: z.array(pricePoint).readonly(),
  groups: z.array(group).readonly(),
}) satisfies z.ZodType<Outlook>

/** Ends of a chart: an hour, and as long as registrations are kept. */
const SPANS = { least: 300, most: 216_000 }
const course = z.object({
  netuid: wire.netuid,
  block: wire.block,
  price: wire.rao,
  rules,
  open: z.boolean(),
  /** Recorded; oldest first, each line without a gap. */
  lines: z.array(z.array(pricePoint).readonly()).readonly(),
  registrations: z.array(z.object({ block: wire.block, uid: z.number().int() })).readonly(),
  /** Days of 7,200 blocks that end now, newest first. */
  days: z
    .array(z.object({ toBlock: wire.block, watched: z.number().int(), registrations: z.number().int() }))
    .readonly(),
  /** Absent: too little was watched. */
  pace: pace.optional(),
  /** If nobody registers. */
  projected: z.array(pricePoint).readonly(),
})
export type PlaceCourse = z.output<typeof course>

const watchedPlace = z.object({
  netuid: wire.netuid,
  uid: z.number().int(),
  hotkey: wire.ss58,
  registeredAt: wire.block,
  block: wire.block,
  emission: wire.units,
  taken: z.number().int(),
  most: z.number().int(),
  /** Absent: it may be replaced. */
  protection: z.enum(['immune', 'owner', 'few-others']).optional(),
  immuneUntilBlock: wire.block,
  immuneBlocks: z.number().int(),
  /** 1 = the next to go; of an immune one, where it would stand. */
  fromBottom: z.number().int().optional(),
  mortal: z.number().int(),
  /** With how many registrations from now it goes. Absent: it cannot be replaced now. */
  registrationsLeft: z.number().int().optional(),
  pace: pace.optional(),
  survival: survival.optional(),
}) satisfies z.ZodType<WatchedPlace>
const placeWatch = z.object({
  data: z
    .object({
      block: wire.block,
      places: z.array(watchedPlace).readonly(),
      /** Which subnet the chain would remove next. Absent: no place is held, or nothing is known yet. */
      removal: z
        .object({
          block: wire.block,
          next: wire.netuid.optional(),
          freeSubnets: z.number().int().optional(),
          subnets: z
            .array(z.object({ netuid: wire.netuid, registeredAt: wire.block, immuneUntilBlock: wire.block.optional() }))
            .readonly(),
        })
        .optional(),
    })
    .optional(),
  error: wireError.optional(),
})
export type PlaceWatch = z.output<typeof placeWatch>

export const registrationContract = {
  'registration.course': query('What a place on a subnet cost, as recorded here, and will cost if nobody registers.', {
    input: z.object({
      netuid: wire.netuid,
      /** How far back, in blocks. Default: 7,200, a day of 12 s blocks. */
      span: z.number().int().min(SPANS.least).max(SPANS.most).optional(),
    }),
    output: course,
  }),
  'registration.watch': subscription('Places of own hotkeys: how near each is to being replaced.', {
    input: nothing,
    output: placeWatch,
  }),
  'registration.outlook': query('What a place on a subnet brings to those who have one, and how long it is kept.', {
    input: z.object({
      netuid: wire.netuid,
      /** What is set against the pay. Default: the price of now. */
      mostCost: wire.rao.optional(),
    }),
    output: outlook,
  }),
}
