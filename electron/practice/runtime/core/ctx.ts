import { ok, type Result } from '../../../../shared/result.ts'
import { Overlay } from '../../state/overlay.ts'
import type { Failure } from './failure.ts'
import type { RuntimeEventValue } from './pallets.ts'
import { Store } from './store.ts'

/** What running code may touch: storage, events, and which block it is. */
export interface Ctx {
  readonly store: Store
  readonly block: number
  /** Place of the running extrinsic in its block; absent outside of extrinsics, where the chain counts 0. */
  readonly extrinsicIndex?: number
  emit(event: RuntimeEventValue): void
}

export type Outcome<T = undefined> = Result<T, Failure>

export const done: Outcome = ok(undefined)

/** All or nothing: a failure leaves neither storage nor events behind, as every call of the chain is transactional. */
export function atomically<T>(ctx: Ctx, run: (inner: Ctx) => Outcome<T>): Outcome<T> {
  const overlay = new Overlay(ctx.store.kv)
  const events: RuntimeEventValue[] = []
  const outcome = run({ ...ctx, store: new Store(overlay), emit: (event) => events.push(event) })
  if (outcome.ok) {
    overlay.commit()
    for (const event of events) ctx.emit(event)
  }
  return outcome
}

/** Runs only to see what would come out. */
export function dryRun<T>(ctx: Ctx, run: (inner: Ctx) => T): T {
  return run({ ...ctx, store: new Store(new Overlay(ctx.store.kv)), emit: () => undefined })
}
