import { z } from 'zod'

export type Kind = 'query' | 'command' | 'subscription'
/** Who may call: `desktop` channels are refused by the headless web transport and the CLI. */
export type Reach = 'anywhere' | 'desktop'

export interface Channel<K extends Kind = Kind, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: K
  readonly input: I
  readonly output: O
  readonly reach: Reach
  /** One sentence for `--help`. */
  readonly says: string
}
export type Contract = Readonly<Record<string, Channel>>

const channel =
  <K extends Kind>(kind: K) =>
  <I extends z.ZodType, O extends z.ZodType>(
    says: string,
    io: { readonly input: I; readonly output: O; readonly reach?: Reach },
  ): Channel<K, I, O> => ({ kind, says, input: io.input, output: io.output, reach: io.reach ?? 'anywhere' })

/** Reads; safe to repeat and to cache. */
export const query = channel('query')
/** Changes something; never retried by the client on its own. */
export const command = channel('command')
/** Pushes values until unsubscribed; the first value is the current state. */
export const subscription = channel('subscription')

/** Input of channels that need none. */
export const nothing = z.strictObject({})
/** Output of commands that only succeed. */
export const done = z.null()
