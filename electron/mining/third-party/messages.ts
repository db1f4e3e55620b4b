import { z } from 'zod'
import type { AnswerFacts } from '../subnet-adapter.port.ts'
import type { MappedRequest } from './sandbox.ts'

/** What the process of an adapter is asked. One answer for each, in the order asked. */
export type ToAdapter = { readonly id: number } & (
  | { readonly kind: 'to-task'; readonly request: MappedRequest }
  | { readonly kind: 'token'; readonly path: string; readonly piece: string; readonly asked: unknown }
  | {
      readonly kind: 'end'
      readonly path: string
      readonly done: unknown
      readonly asked: unknown
      readonly facts: AnswerFacts
    }
  | { readonly kind: 'routes' }
)

/** Text and plain data only; what the adapter gave is looked at by the host. */
export const fromAdapter = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.int(), ok: z.literal(false), reason: z.string() }),
])
export type FromAdapter = z.output<typeof fromAdapter>
