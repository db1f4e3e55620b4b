import { z } from 'zod'
import type { FiatSource } from '../fiat/fiat-source.ts'
import { command, done, nothing, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

export const fiatSource = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, as EUR'),
  url: z.string().max(500),
  path: z.string().max(500),
}) satisfies z.ZodType<FiatSource>

const fiat = z.object({
  /** Absent: off, and nothing is asked. */
  source: fiatSource.optional(),
  /** TAO of this chain are worth nothing elsewhere: nothing is asked here. */
  worthless: z.boolean(),
  price: z
    .object({
      /** Billionths of the currency for one whole TAO. */
      nanosPerTao: wire.units,
      atMs: z.number(),
      host: z.string(),
    })
    .optional(),
  /** The price is older than it should be; `error` may say why. */
  stale: z.boolean(),
  error: wireError.optional(),
})
export type FiatView = z.output<typeof fiat>

export const fiatContract = {
  'fiat.watch': subscription('Price of TAO in ordinary money, from the source that was chosen; off until one is.', {
    input: nothing,
    output: fiat,
  }),
  'fiat.choose': command('Chooses a source of prices and asks it, or turns prices off.', {
    input: z.object({ source: fiatSource.optional() }),
    output: done,
  }),
}
