import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { SubnetAdapter } from './subnet-adapter.port.ts'
import type { MappedDone, MappedTask, Work, WorkDone } from './work.port.ts'

/** Has a piece of work done that an adapter asked for. */
export type RunWork = (
  work: Work,
  on: { token(text: string): void },
  signal: AbortSignal,
) => Promise<Result<WorkDone, AppError>>

/** The program of one adapter that did not come with this app. */
export interface Mapping {
  /** @errors mining/bad-task (told to the sender), mining/adapter-failed, those of `run` */
  run(
    task: MappedTask,
    on: { token(text: string): void; readonly run: RunWork },
    signal: AbortSignal,
  ): Promise<Result<MappedDone, AppError>>
  /** Ends its process. */
  close(): void
}

export interface MappedWorkPort {
  /** Its process starts with the first request. */
  open(adapter: SubnetAdapter): Mapping
}
