import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'

const KEPT = 16
const unknown = () => err({ code: 'contract/bad-input', issues: ['preparedId: unknown or already sent'] } as const)

/** What was prepared for signing and is in nobody's hand but ours, under the rules of the chain that it was made for. */
export class PreparedPlans<T> {
  readonly #specVersion: () => number | undefined
  readonly #held = new Map<string, { readonly value: T; readonly specVersion: number | undefined }>()
  readonly #claimed = new Set<string>()

  /** @param specVersion of the connected chain now */
  constructor(specVersion: () => number | undefined) {
    this.#specVersion = specVersion
  }

  put(id: string, value: T): void {
    this.#held.set(id, { value, specVersion: this.#specVersion() })
    for (const old of [...this.#held.keys()].slice(0, -KEPT)) this.#held.delete(old)
  }

  /**
   * What was prepared under other rules is thrown away: its bytes would be refused, or mean something else.
   * @errors contract/bad-input, chain/runtime-changed
   */
  get(id: string): Result<T, AppError> {
    const found = this.#held.get(id)
    if (!found) return unknown()
    const [from, to] = [found.specVersion, this.#specVersion()]
    if (from === undefined || to === undefined || from === to) return ok(found.value)
    this.#held.delete(id)
    return err({ code: 'chain/runtime-changed', from, to })
  }

  /**
   * As {@link get}, for one who sends it: until {@link release} nobody else gets it, so that two who ask at once do not both send.
   */
  claim(id: string): Result<T, AppError> {
    if (this.#claimed.has(id)) return unknown()
    const found = this.get(id)
    if (found.ok) this.#claimed.add(id)
    return found
  }
  release(id: string): void {
    this.#claimed.delete(id)
  }

  delete(id: string): void {
    this.#held.delete(id)
  }
}
