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
export interface FromAdapter {
  readonly id: number
  readonly ok: boolean
  readonly value?: unknown
  readonly reason?: string
}
