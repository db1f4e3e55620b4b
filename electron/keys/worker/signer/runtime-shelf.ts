import { createHash } from 'node:crypto'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { SigningRuntime } from './signing-runtime.ts'
import { Unreadable } from './unreadable.ts'

/** The chain in use, the one before an upgrade, and one more. Each is some hundred KB. */
const KEPT = 3

/** What the metadata of a whole runtime begins with; a proof of some of its types never does. */
const WHOLE = 'meta'

/** Runtimes that this process has read, by the hash of their metadata. */
export class RuntimeShelf {
  readonly #runtimes = new Map<string, SigningRuntime>()

  /** @errors signer/metadata-needed */
  get(hash: string): Result<SigningRuntime, AppError> {
    const found = this.#runtimes.get(hash)
    if (!found) return err({ code: 'signer/metadata-needed', hash })
    // Last used, last dropped.
    this.#runtimes.delete(hash)
    this.#runtimes.set(hash, found)
    return ok(found)
  }

  /** @returns the hash under which it is known from now on. @errors signer/bad-metadata */
  async learn(metadata: Uint8Array): Promise<Result<string, AppError>> {
    const hash = createHash('sha256').update(metadata).digest('hex')
    if (this.#runtimes.has(hash)) return ok(hash)
    // Loaded here and not before: a process that never signs a transaction does not carry the library.
    const whole = Buffer.from(metadata.subarray(0, 4)).toString('latin1') === WHOLE
    try {
      const runtime = whole
        ? (await import('./signing-runtime.ts')).readRuntime(metadata)
        : (await import('./proof-runtime.ts')).readProof(metadata)
      this.#runtimes.set(hash, runtime)
    } catch (cause) {
      if (!(cause instanceof Unreadable)) throw cause
      return err({ code: 'signer/bad-metadata', what: cause.message })
    }
    for (const oldest of [...this.#runtimes.keys()].slice(0, -KEPT)) this.#runtimes.delete(oldest)
    return ok(hash)
  }

  all(): readonly SigningRuntime[] {
    return [...this.#runtimes.values()]
  }
}
