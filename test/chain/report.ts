import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** An error as one line; amounts as digits. */
export const said = (error: unknown): string =>
  JSON.stringify(error, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))

/** What was tried, one line each: `ok`, `off` (the runtime does not have it, or the account cannot) or `FAIL`. */
export class Report {
  readonly #write: (line: string) => void
  readonly #counts = { ok: 0, off: 0, failed: 0 }

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  done(what: string, found: string): void {
    this.#counts.ok += 1
    this.#write(`ok    ${what}: ${found}`)
  }
  off(what: string, why: string): void {
    this.#counts.off += 1
    this.#write(`off   ${what}: ${why}`)
  }
  failed(what: string, why: string): void {
    this.#counts.failed += 1
    this.#write(`FAIL  ${what}: ${why}`)
  }

  /** What may be missing from the runtime; any other error is a failure. @returns its value where it has one */
  took<T>(what: string, answer: Result<T, AppError>, say: (value: T) => string): T | undefined {
    if (answer.ok) {
      this.done(what, say(answer.value))
      return answer.value
    }
    this.#refusal(what, answer.error)
    return undefined
  }

  /** What must be refused, and by exactly this code. */
  refused(what: string, answer: Result<unknown, AppError>, code: AppError['code']): void {
    if (answer.ok) this.failed(what, `should be refused with ${code}, and was not`)
    else if (answer.error.code === code) this.done(what, `refused, ${code}`)
    else this.#refusal(what, answer.error)
  }

  #refusal(what: string, error: AppError): void {
    if (error.code === 'chain/unsupported') this.off(what, `the runtime lacks ${error.missing.join(', ')}`)
    else this.failed(what, said(error))
  }

  /** Does one part; what it throws fails that part alone. */
  async part(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (cause) {
      this.failed(what, cause instanceof Error ? cause.message : said(cause))
    }
  }

  /** @returns whether nothing failed */
  end(): boolean {
    const { ok, off, failed } = this.#counts
    this.#write(`${ok} worked, ${off} are off for the reason given, ${failed} failed.`)
    return failed === 0
  }
}
