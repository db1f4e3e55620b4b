import { z } from 'zod'
import { type Backend, MOST_BACKENDS, MOST_PLACES, SERVES } from '../backends/backend.ts'
import { command, done, nothing, subscription } from './define.ts'
import { wireError } from './wire-error.ts'

const id = z.string().min(1).max(64)
/** Two patterns: in one they would take the square of a long text's length. */
const oneLine = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u)
  .regex(/\S/)

const fields = {
  name: oneLine.max(60),
  url: z.string().min(1).max(500),
  /** As that server lists it. */
  model: oneLine,
  /** What it is asked for. */
  serves: z.enum(SERVES),
  /** Requests that it computes at the same time. */
  places: z.number().int().min(1).max(MOST_PLACES),
  enabled: z.boolean(),
  /** The warning was read that all of it can be read on the way. */
  plainAccepted: z.boolean().optional(),
}
const backend = z.object({ id, ...fields }) satisfies z.ZodType<Backend>
export const backendList = z.array(backend).max(MOST_BACKENDS).readonly()

/** What servers take in a header: visible letters without spaces. Never answered, never logged. */
const apiKey = z.string().regex(/^[!-~]{1,500}$/)

const backendView = z.object({
  ...backend.shape,
  /** There is a key for this address; it is shown to nobody. */
  hasKey: z.boolean(),
  /** Who may read what is sent there: nobody, those of the same network, or anybody on the way. */
  readableBy: z.enum(['nobody', 'own-network', 'anybody']),
  /** `unasked`: nobody looked yet; `open`: given nothing, for `error`; `half-open`: one request at a time proves it. */
  state: z.enum(['off', 'unasked', 'closed', 'open', 'half-open']),
  /** Asked again then, ms since 1970. */
  untilMs: z.number().optional(),
  error: wireError.optional(),
  running: z.number().int(),
  waiting: z.number().int(),
  answered: z.number().int(),
  failed: z.number().int(),
  /** While it answers, by its own count; absent = unknown. */
  tokensPerSecond: z.number().optional(),
  firstTokenP50Ms: z.number().optional(),
  latencyP50Ms: z.number().optional(),
  seenAtMs: z.number().optional(),
  models: z.array(z.string()).readonly().optional(),
})
export type BackendView = z.output<typeof backendView>

const trial = z.object({
  models: z.array(z.string()).readonly().optional(),
  firstTokenMs: z.number(),
  totalMs: z.number(),
  tokensPerSecond: z.number().optional(),
})
export type BackendTrial = z.output<typeof trial>

export const backendsContract = {
  'backends.watch': subscription('Servers that compute for the miner: how they are and what they have to do.', {
    input: nothing,
    output: z.array(backendView).readonly(),
  }),
  'backends.add': command('Takes a server with an OpenAI-compatible interface into the list.', {
    input: z.object({ ...fields, apiKey: apiKey.optional() }),
    output: backendView,
  }),
  'backends.change': command('Changes the named facts of a server; a key stays only with the address it was for.', {
    input: z.object({
      id,
      ...z.object(fields).partial().shape,
      apiKey: apiKey.optional(),
      /** Forgets the key. */
      forgetKey: z.boolean().optional(),
    }),
    output: backendView,
  }),
  'backends.remove': command('Takes a server out of the list and forgets its key.', {
    input: z.object({ id }),
    output: done,
  }),
  'backends.test': command('Looks at a server and has it answer one small request.', {
    input: z.object({ id }),
    output: trial,
  }),
}
