import { randomUUID } from 'node:crypto'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { SpawnPort } from '../../system/spawn.port.ts'
import type { MappedWorkPort, RunWork } from '../mapped-work.port.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'
import type { MappedDone, Work } from '../work.port.ts'
import { AdapterProcess } from './adapter-process.ts'
import { type MappedWork, mappedOf } from './work-of.ts'

const failed = (reason: string): Result<never, AppError> => err({ code: 'mining/adapter-failed', reason })

/** The cast: the kind stays with its task. */
const timed = ({ kind, task }: MappedWork, deadlineMs: number): Work =>
  ({ kind, task: { ...task, deadlineMs } }) as Work

/** Maps with the programs of other people, each in a process of its own, and has the work done in between. */
export function mappedWork(spawn: SpawnPort, folderOf: (id: string) => string | undefined): MappedWorkPort {
  return {
    open(adapter) {
      const process = new AdapterProcess(spawn, folderOf(adapter.id) ?? '')
      return {
        run: (task, on, signal) => runMapped(process, adapter, { task, on, signal, run: on.run }),
        close: () => process.close(),
      }
    },
  }
}

interface Asked {
  readonly task: { readonly path: string; readonly body: string; readonly deadlineMs: number }
  readonly on: { token(text: string): void }
  readonly signal: AbortSignal
  readonly run: RunWork
}

async function runMapped(
  process: AdapterProcess,
  adapter: SubnetAdapter,
  { task, on, signal, run }: Asked,
): Promise<Result<MappedDone, AppError>> {
  const { path, body, deadlineMs } = task
  const given = await process.toTask({ path, body })
  if (!given.ok) return given
  const mapped = mappedOf(given.value, adapter.tasks)
  if (!mapped.ok) return failed(mapped.error)
  const asked = mapped.value
  if ('refuse' in asked) return err({ code: 'mining/bad-task', message: asked.refuse })
  // Pieces are written one after the other, in the order in which they came.
  let pieces: Promise<unknown> = Promise.resolve()
  const token = (piece: string) => {
    pieces = pieces.then(async () => {
      const written = await process.token(path, piece, asked)
      if (written.ok && typeof written.value === 'string' && written.value !== '') on.token(written.value)
    })
  }
  const done = await run(timed(asked, deadlineMs), { token }, signal)
  await pieces
  if (!done.ok) return done
  const facts = { id: `adapter-${randomUUID()}`, createdSeconds: Math.floor(Date.now() / 1_000) }
  const written = await process.end(path, { done: done.value, asked, facts })
  if (!written.ok) return written
  if (typeof written.value !== 'string') return failed('end gave no text')
  const { totalMs } = done.value
  return ok({
    written: written.value,
    totalMs,
    ...('promptTokens' in done.value ? { promptTokens: done.value.promptTokens } : {}),
  })
}
