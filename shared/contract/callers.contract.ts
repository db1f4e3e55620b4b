import { z } from 'zod'
import { type CallerLists, MOST_LISTED } from '../mining/caller-lists.ts'
import { command, nothing, query } from './define.ts'
import { wire } from './wire.ts'

const hotkeys = z.array(wire.ss58).max(MOST_LISTED).readonly()
export const callerLists = z.object({
  denied: hotkeys,
  allowed: hotkeys.optional(),
}) satisfies z.ZodType<CallerLists>

/** As typed: what is wrong with a line is said in words. */
const lines = z.array(z.string().max(500)).max(MOST_LISTED).readonly()

export const callersContract = {
  'callers.get': query('Which hotkeys the miner never answers, and which alone it answers.', {
    input: nothing,
    output: callerLists,
  }),
  'callers.set': command('Replaces both lists of hotkeys; a miner that runs follows at once.', {
    input: z.strictObject({
      /** Never answered. */
      denied: lines,
      /** Where it is given, nobody else is answered. */
      allowed: lines.optional(),
    }),
    output: callerLists,
  }),
}
