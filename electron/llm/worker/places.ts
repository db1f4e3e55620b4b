import type { LlamaContextSequence, Token } from 'node-llama-cpp'

/** A place in the batch where one text is computed. */
export interface Place {
  readonly sequence: LlamaContextSequence
  /** The beginning of the last prompt, computed in steps of its own; the sequence still begins with it. Empty = nothing. */
  head: readonly Token[]
}

type Waiter = (place: Place | undefined) => void

const isSame = (one: readonly Token[], other: readonly Token[]): boolean =>
  one.length === other.length && one.every((token, at) => token === other[at])

/** The places in the batch where texts are computed. First come, first served. */
export class Places {
  /** The one that was given back longest ago comes first. */
  readonly #free: Place[]
  readonly #waiting: Waiter[] = []
  #closed = false

  constructor(sequences: readonly LlamaContextSequence[]) {
    this.#free = sequences.map((sequence) => ({ sequence, head: [] }))
  }

  /**
   * @param head  of the prompt to be computed: a place that has just this is preferred, then one that has none.
   * @returns `undefined` when the signal came first, or the model is going away. Each place taken must be given back.
   */
  take(signal: AbortSignal, head: readonly Token[] = []): Promise<Place | undefined> {
    if (this.#closed || signal.aborted) return Promise.resolve(undefined)
    const free = this.#bestFor(head)
    if (free) return Promise.resolve(free)
    return new Promise((resolve) => {
      const waiter: Waiter = (place) => {
        signal.removeEventListener('abort', leave)
        resolve(place)
      }
      const leave = (): void => {
        const at = this.#waiting.indexOf(waiter)
        if (at >= 0) this.#waiting.splice(at, 1)
        resolve(undefined)
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiter)
    })
  }

  #bestFor(head: readonly Token[]): Place | undefined {
    const same = this.#free.findIndex((place) => isSame(place.head, head))
    const empty = this.#free.findIndex((place) => place.head.length === 0)
    const at = same >= 0 ? same : Math.max(0, empty)
    return this.#free.splice(at, 1)[0]
  }

  give(place: Place): void {
    const next = this.#waiting.shift()
    if (next) next(place)
    else this.#free.push(place)
  }

  close(): void {
    this.#closed = true
    for (const waiter of this.#waiting.splice(0)) waiter(undefined)
  }
}
