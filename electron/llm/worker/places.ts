import type { LlamaContextSequence } from 'node-llama-cpp'

type Waiter = (sequence: LlamaContextSequence | undefined) => void

/** The places in the batch where chats are computed. First come, first served. */
export class Places {
  readonly #free: LlamaContextSequence[]
  readonly #waiting: Waiter[] = []
  #closed = false

  constructor(sequences: readonly LlamaContextSequence[]) {
    this.#free = [...sequences]
  }

  /** @returns `undefined` when the signal came first, or the model is going away. Each place taken must be given back. */
  take(signal: AbortSignal): Promise<LlamaContextSequence | undefined> {
    if (this.#closed || signal.aborted) return Promise.resolve(undefined)
    const free = this.#free.pop()
    if (free) return Promise.resolve(free)
    return new Promise((resolve) => {
      const waiter: Waiter = (sequence) => {
        signal.removeEventListener('abort', leave)
        resolve(sequence)
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

  give(sequence: LlamaContextSequence): void {
    const next = this.#waiting.shift()
    if (next) next(sequence)
    else this.#free.push(sequence)
  }

  close(): void {
    this.#closed = true
    for (const waiter of this.#waiting.splice(0)) waiter(undefined)
  }
}
