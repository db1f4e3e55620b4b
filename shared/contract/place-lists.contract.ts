import { z } from 'zod'
import type { KnownPlaceList, PlaceList } from '../registration/place-list.ts'
import { type ManyPlan, MOST_PLACES } from '../registration/plan-many.ts'
import { collateral } from './collateral-wire.ts'
import { command, nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const place = {
  hotkey: wire.ss58,
  price: wire.rao,
  limitPrice: wire.rao,
  mostCost: wire.rao,
  mostBound: wire.rao.optional(),
}
const manyPlan = z.object({
  netuid: wire.netuid,
  coldkey: wire.ss58,
  atBlock: wire.block,
  tolerancePpm: wire.ppm,
  buys: z.array(z.object(place)).max(MOST_PLACES).readonly(),
  have: z
    .array(z.object({ hotkey: wire.ss58, uid: z.number().int() }))
    .max(MOST_PLACES)
    .readonly(),
  mostCost: wire.rao,
  txFees: wire.rao,
  mostBound: wire.rao.optional(),
  collateral: collateral.optional(),
  freeAfterAtMost: wire.rao,
  freePlaces: z.number().int(),
  immunityBlocks: z.number().int(),
}) satisfies z.ZodType<ManyPlan>

export const placeList = z.object({
  id: z.string().max(100),
  genesis: z.string().max(80),
  coldkey: wire.ss58,
  netuid: wire.netuid,
  tolerancePpm: wire.ppm,
  mostCost: wire.rao,
  startedAtMs: z.number(),
  places: z
    .array(
      z.object({
        ...place,
        state: z.enum(['waiting', 'sending', 'done', 'failed']),
        preparedId: z.string().max(100).optional(),
        agreed: wire.rao.optional(),
        uid: z.number().int().optional(),
        block: wire.block.optional(),
        paid: wire.units.optional(),
        error: wireError.optional(),
      }),
    )
    .max(MOST_PLACES)
    .readonly(),
}) satisfies z.ZodType<PlaceList>
const knownPlaceList = placeList.extend({
  now: z.enum(['running', 'stopping', 'resting']),
  broken: wireError.optional(),
}) satisfies z.ZodType<KnownPlaceList>

const named = z.object({ id: z.string().max(100) })

export const placeListsContract = {
  'registration.planMany': query('What places for several hotkeys on one subnet cost now and at most, one by one.', {
    input: z.object({
      netuid: wire.netuid,
      hotkeys: z.array(wire.ss58).min(1).max(MOST_PLACES).readonly(),
      tolerancePpm: wire.ppm,
    }),
    output: manyPlan,
  }),
  'registration.lists': subscription('Lists of registrations that were agreed to as one, as far as they are.', {
    input: nothing,
    output: z.array(knownPlaceList).readonly(),
  }),
  'registration.startMany': command(
    'Keeps a plan of several registrations as a list, and begins to buy them one after the other. Answers at once; registration.lists says how far it is.',
    {
      /** @param upTo refused where all together may cost more */
      input: z.object({ plan: manyPlan, upTo: wire.rao }),
      output: placeList,
    },
  ),
  'registration.runMany': command('Goes on with a list of registrations where it stopped. Answers at once.', {
    input: named,
    output: placeList,
  }),
  'registration.stopMany': command('Stops a list of registrations behind the one that is on its way.', {
    input: named,
    output: z.null(),
  }),
  'registration.dropMany': command('Puts a list of registrations away. What was bought stays bought.', {
    input: named,
    output: z.null(),
  }),
}
