import { z } from 'zod'
import { LOG_LEVELS } from '../log/log-line.ts'
import { nothing, query } from './define.ts'

const logLevel = z.enum(LOG_LEVELS)
const logLine = z.object({
  /** ISO 8601, UTC. */
  time: z.string(),
  level: logLevel,
  event: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

export const logsContract = {
  'logs.read': query('The last lines of the log of this app, without secrets.', {
    input: z.object({
      limit: z.number().int().min(1).max(2_000).optional(),
      /** This level and graver. */
      level: logLevel.optional(),
      /** Text that the event contains. */
      event: z.string().max(100).optional(),
    }),
    output: z.object({
      lines: z.array(logLine).readonly(),
      folder: z.string(),
      /** Lines since the start that could not be written. */
      lost: z.number().int(),
    }),
  }),
  'logs.report': query('The last lines of the log as text for a report: addresses and servers are numbered.', {
    input: nothing,
    output: z.object({ text: z.string() }),
  }),
}
