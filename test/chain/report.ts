import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** What was tried, one line each: `ok`, `off` (the runtime does not have it) or `FAIL`. */
export class Report {
  readonly #write: (line: string) => void
  #failures = 0

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  done(what: string, found: string): void {
    this.#write(`ok    ${what}: ${found}`)
  }
  off(what: string, why: string): void {
    this.#write(`off   ${what}: ${why}`)
  }
  failed(what: string, why: string): void {
    this.#failures += 1
    this.#write(`FAIL  ${what}: ${why}`)
  }

  /** A read that may be missing from the runtime; any other error is a failure. @returns its value where it has one */
  took<T>(what: string, answer: Result<T, AppError>, say: (value: T) => string): T | undefined {
    if (answer.ok) {
      this.done(what, say(answer.value))
      return answer.value
    }
    const { error } = answer
    if (error.code === 'chain/unsupported') this.off(what, `the runtime lacks ${error.missing.join(', ')}`)
    else this.failed(what, JSON.stringify(error))
    return undefined
  }

  /** @returns whether nothing failed */
  end(): boolean {
    this.#write(this.#failures === 0 ? 'All of it works, or is off for a reason.' : `${this.#failures} failed.`)
    return this.#failures === 0
  }
}
