import type { Priority } from './net/budget.ts'
import { versionIn } from './runtime/fetch-runtime.ts'
import type { Runtime } from './runtime/runtime.ts'
import type { Session } from './session.ts'
import { View } from './view.ts'

/** Old runtimes that were needed to read old blocks; a session rarely meets more than one. */
const old = new WeakMap<Session, Map<number, Runtime>>()

/** Nobody waits for the past at the window. */
const PRIORITY: Priority = 'background'

/** A past block, read by the runtime that was in force there. */
export async function viewAt(session: Session, block: number): Promise<View> {
  const hash = await session.hashAt(block)
  return new View(session, { block, hash, runtime: await runtimeAt(session, block, hash), priority: PRIORITY })
}

/** As {@link viewAt}, for a block whose hash is known. */
export const viewOfHash = async (session: Session, block: number, hash: string): Promise<View> =>
  new View(session, { block, hash, runtime: await runtimeAt(session, block, hash) })

/** Views of all blocks `from..to`. One rule book for all of them if both ends have the same. */
export async function viewsBetween(
  session: Session,
  from: number,
  to: number,
): Promise<(block: number) => Promise<View>> {
  const ends = await Promise.all([viewAt(session, from), viewAt(session, to)])
  const [first, last] = ends
  if (first.runtime !== last.runtime) return (block) => viewAt(session, block)
  const { runtime } = first
  return async (block) => new View(session, { block, hash: await session.hashAt(block), runtime, priority: PRIORITY })
}

async function runtimeAt(session: Session, block: number, hash: string): Promise<Runtime> {
  // Blocks that passed by under the rules of now need no question.
  if (session.isOfNow(block)) return session.runtime
  const { runtime, rpc } = session
  const spec = versionIn(await rpc.request('state_getRuntimeVersion', [hash], PRIORITY))
  if (spec === runtime.version.specVersion) return runtime
  const known = old.get(session) ?? new Map<number, Runtime>()
  old.set(session, known)
  const found = known.get(spec) ?? (await session.runtimeAt(spec, hash))
  known.set(spec, found)
  return found
}
