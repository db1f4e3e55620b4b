import { z } from 'zod'
import { type PriceRule, RULE_LIMITS } from '../registration/price-rule.ts'
import { command, nothing, query } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

export const priceRule = z.object({
  id: z.string().max(64),
  genesis: z.string().max(80),
  coldkey: wire.ss58,
  hotkey: wire.ss58,
  netuid: wire.netuid,
  since: wire.block.optional(),
  most: wire.rao,
  setAtMs: z.number(),
  untilMs: z.number(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting'), price: wire.rao.optional(), why: wireError.optional() }),
    z.object({ kind: z.literal('sending'), preparedId: z.string().max(100), price: wire.rao }),
    z.object({ kind: z.literal('done'), uid: z.number().int().optional(), block: wire.block.optional() }),
    z.object({
      kind: z.literal('ended'),
      because: z.enum(['expired', 'taken-back', 'refused', 'unsent', 'subnet-gone']),
      error: wireError.optional(),
    }),
  ]),
}) satisfies z.ZodType<PriceRule>

export const priceRulesContract = {
  'registration.rules': query(
    'Rules that buy a place when it costs no more than was said. None unless somebody set one.',
    {
      input: nothing,
      output: z.object({
        rules: z.array(priceRule).readonly(),
        /** Files in which it is kept what could not be read of earlier rules. It buys nothing. */
        aside: z.array(z.string()).readonly(),
      }),
    },
  ),
  'registration.setRule': command(
    'Buys a place once, as soon as it costs no more than this: by the wallet shown, while it is unlocked, until the time is over.',
    {
      input: z.object({
        netuid: wire.netuid,
        hotkey: wire.ss58,
        most: wire.rao,
        hours: z.number().int().min(1).max(RULE_LIMITS.hours),
      }),
      output: priceRule,
    },
  ),
  'registration.endRule': command('Takes a rule back. What was sent already is not stopped by it.', {
    input: z.object({ id: z.string().max(64) }),
    output: priceRule,
  }),
}
