import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** What a live view gets: the newest data that there is, and why it is not newer. */
export interface Fresh<T> {
  readonly data?: T | undefined
  readonly error?: AppError | undefined
}

export interface LiveReadOptions<T> {
  read(): Promise<Result<T, AppError>>
  /** Calls back when what `read` answers may have changed. @returns stops it. */
  trigger(changed: () => void): () => void
}

/**
 * One read shared by all who watch it: reads only while somebody watches, never twice at once,
 * and once more when something changed while it was reading. Old data stays beside an error.
 */
export class LiveRead<T> {
  readonly #options: LiveReadOptions<T>
  readonly #watchers = new Set<(value: Fresh<T>) => void>()
  #last: Fresh<T> | undefined
  #stop: (() => void) | undefined
  #reading = false
  #again = false
  /** Counts resets and departures of the last watcher: what was read before one of them must not be shown after it. */
  #visit = 0

  constructor(options: LiveReadOptions<T>) {
    this.#options = options
  }

  watch(emit: (value: Fresh<T>) => void, signal: AbortSignal): void {
    this.#watchers.add(emit)
    if (this.#last) emit(this.#last)
    signal.addEventListener('abort', () => this.#leave(emit), { once: true })
    this.#stop ??= this.#options.trigger(() => void this.refresh())
    void this.refresh()
  }

  /** Forgets what was read: the next value belongs to another chain or wallet. */
  reset(): void {
    this.#forget()
    void this.refresh()
  }

  async refresh(): Promise<void> {
    if (this.#watchers.size === 0) return
    if (this.#reading) {
      this.#again = true
      return
    }
    this.#reading = true
    try {
      do {
        this.#again = false
        const visit = this.#visit
        const answer = await this.#options.read()
        // Whoever came since has asked for a read of its own (`#again`), and gets that one.
        if (visit !== this.#visit) continue
        this.#publish(answer.ok ? { data: answer.value } : { data: this.#last?.data, error: answer.error })
      } while (this.#again && this.#watchers.size > 0)
    } finally {
      this.#reading = false
    }
  }

  #publish(value: Fresh<T>): void {
    this.#last = value
    for (const emit of this.#watchers) emit(value)
  }

  #leave(emit: (value: Fresh<T>) => void): void {
    this.#watchers.delete(emit)
    if (this.#watchers.size > 0) return
    this.#stop?.()
    this.#stop = undefined
    // Old data would come back as if it were new at the next visit.
    this.#forget()
  }

  #forget(): void {
    this.#last = undefined
    this.#visit += 1
  }
}

/** A set of listeners; the smallest thing that several services need. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>()
  add(listener: (value: T) => void): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }
  tell(value: T): void {
    for (const listener of [...this.#all]) listener(value)
  }
}
