import type { AppError } from '../../shared/errors.ts'
import { freesModel, type Held, type HoldReason } from '../../shared/mining/hold.ts'
import type { Result } from '../../shared/result.ts'
import type { LoadedModel } from '../llm/llm.port.ts'
import type { ClockPort } from '../system/system.port.ts'

/** The model of one run. */
export interface HeldModel {
  /** The run has ended: nothing is loaded or freed for it any more. */
  readonly over: AbortSignal
  load(): Promise<Result<LoadedModel, AppError>>
  unload(): Promise<void>
  loaded(model: LoadedModel): void
  failed(error: AppError): void
}

/** Who may speak against it: what the computer needs, and what mining costs. */
export type HoldBy = 'care' | 'profit'

/**
 * What keeps a miner from answering for a while. The reasons outlive a run, as the battery does not care who mines; the model that was
 * freed for them belongs to the run.
 */
export class MiningHold {
  readonly #clock: Pick<ClockPort, 'nowMs'>
  readonly #changed: () => void
  readonly #by = new Map<HoldBy, readonly HoldReason[]>()
  #reasons: readonly HoldReason[] = []
  #sinceMs = 0
  #model: HeldModel | undefined
  #freed = false
  #settling = Promise.resolve()

  constructor(clock: Pick<ClockPort, 'nowMs'>, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** @returns `undefined` where nothing is held */
  held(): Held | undefined {
    if (this.#reasons.length === 0 && !this.#freed) return undefined
    return { reasons: this.#reasons, sinceMs: this.#sinceMs, modelFreed: this.#freed }
  }

  /** All by which one of them holds it now, in place of its own before; none at all = go on. */
  set(reasons: readonly HoldReason[], by: HoldBy): void {
    if (!this.held()) this.#sinceMs = this.#clock.nowMs()
    this.#by.set(by, reasons)
    this.#reasons = [...this.#by.values()].flat()
    this.#changed()
    this.#settle()
  }

  /** A run answers from now on, with this model. */
  begin(model: HeldModel): void {
    this.#model = model
    this.#settle()
  }

  /** The run is over, and its model with it. */
  end(): void {
    this.#model = undefined
    this.#freed = false
  }

  /** One after the other: a model that is being loaded cannot be freed at the same time. */
  #settle(): void {
    this.#settling = this.#settling.then(() => this.#bring())
  }

  async #bring(): Promise<void> {
    const model = this.#model
    const free = freesModel(this.#reasons)
    if (!model || model.over.aborted || free === this.#freed) return
    if (free) {
      this.#freed = true
      this.#changed()
      await model.unload()
      return
    }
    const again = await model.load()
    // Ended meanwhile: the end freed it.
    if (this.#model !== model || model.over.aborted) return
    if (!again.ok) return model.failed(again.error)
    this.#freed = false
    model.loaded(again.value)
    this.#changed()
  }
}
