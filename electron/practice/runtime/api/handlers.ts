import type { RUNTIME_APIS } from '../../definitions/runtime-apis.ts'
import type { ApiMethod } from '../../scale/runtime-api.ts'
import type { Ctx } from '../core/ctx.ts'

type Apis = typeof RUNTIME_APIS
type Handler<M> = M extends ApiMethod<infer I, infer O> ? (ctx: Ctx, inputs: I) => O : never

/** One handler for each method of one API; a method without one does not compile. */
export type HandlersOf<A extends keyof Apis> = {
  readonly [M in keyof Apis[A]['methods']]: Handler<Apis[A]['methods'][M]>
}
