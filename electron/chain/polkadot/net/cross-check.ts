import type { AppError } from '../../../../shared/errors.ts'
import type { LogPort } from '../../../system/system.port.ts'
import { errorOf } from '../failure.ts'
import { askOther, type OtherDeps } from './other-endpoint.ts'

/** Rare: it costs the other endpoint two requests, and two that agree are not likely to part within minutes. */
const EVERY_MS = 10 * 60_000
const FIRST_AFTER_MS = 20_000
/** While they disagree. */
const AGAIN_AFTER_MS = 30_000

export interface CrossCheckDeps extends OtherDeps {
  readonly log: LogPort
  /** For tests: between two looks, ms. */
  readonly everyMs?: number | undefined
  onChange(): void
}

/** Asks a second endpoint now and then whether it has the same final block at the same height. */
export class CrossCheck {
  readonly #deps: CrossCheckDeps
  #trouble: AppError | undefined
  #stop: () => void = () => undefined
  #over = false

  constructor(deps: CrossCheckDeps) {
    this.#deps = deps
  }

  get trouble(): AppError | undefined {
    return this.#trouble
  }

  start(): void {
    this.#next(this.#deps.everyMs ?? FIRST_AFTER_MS)
  }
  stop(): void {
    this.#over = true
    this.#stop()
  }

  #next(afterMs: number): void {
    if (this.#over) return
    this.#stop = this.#deps.clock.after(afterMs, () => {
      this.#look()
        .catch((cause: unknown) =>
          // Silence is no disagreement: it is asked again later.
          this.#deps.log.log('info', 'chain.cross-check-missed', { code: errorOf(cause).code }),
        )
        .finally(() => {
          const { everyMs } = this.#deps
          this.#next(everyMs ?? (this.#trouble ? AGAIN_AFTER_MS : EVERY_MS))
        })
    })
  }

  async #look(): Promise<void> {
    const found = await askOther(this.#deps, (rpc, { block }) =>
      rpc.request('chain_getBlockHash', [block], 'background'),
    )
    // No answer: it is of another chain, or does not have that block yet.
    if (!found || typeof found.answer !== 'string' || this.#over) return
    const { said, other, answer } = found
    const agree = answer.toLowerCase() === said.hash.toLowerCase()
    this.#tell(
      agree ? undefined : { code: 'chain/sources-disagree', block: said.block, endpoint: said.endpoint, other },
    )
  }

  #tell(trouble: AppError | undefined): void {
    const changed = this.#trouble?.code !== trouble?.code
    this.#trouble = trouble
    if (!changed) return
    if (trouble) this.#deps.log.log('error', 'chain.sources-disagree', {})
    this.#deps.onChange()
  }
}
