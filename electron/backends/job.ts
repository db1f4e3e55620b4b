import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { ModelWork } from './backends.port.ts'
import type { Failure } from './failure.ts'
import type { Call } from './openai-client.ts'

/** One piece of work, as any member can do it. */
export interface Job<T> {
  readonly task: 'write' | 'embed' | 'rank'
  readonly signal: AbortSignal
  /** By `performance.now`. */
  readonly startedMs: number
  /** @param token has to be told of each piece of text */
  readonly remote: (call: Call, token: (text: string) => void) => Promise<Result<T, Failure>>
  readonly local: (model: ModelWork, token: (text: string) => void) => Promise<Result<T, AppError>>
  readonly token: (text: string) => void
}

/** Counts what one member has to do: a request waits until its answer begins. */
export class Load {
  running = 0
  waiting = 0
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** @returns `begun`: safe to call again; `ended`: once, whatever came of it. */
  enter(): { begun(): boolean; ended(): void } {
    let running = false
    this.waiting += 1
    this.#changed()
    return {
      begun: () => {
        if (running) return false
        running = true
        this.waiting -= 1
        this.running += 1
        this.#changed()
        return true
      },
      ended: () => {
        if (running) this.running -= 1
        else this.waiting -= 1
        this.#changed()
      },
    }
  }
}

/** Somebody who can be given a job. */
export interface Seat {
  readonly places: number
  readonly running: number
  readonly waiting: number
  take<T>(job: Job<T>): Promise<Result<T, Failure>>
}
