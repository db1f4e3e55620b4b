/**
 * Tells once that something ends before its time: what `AbortSignal` does, for less than a tenth of its cost. Each request has
 * two of these, and thousands of requests come in a second.
 */
export class Ending {
  #over = false
  #listeners: (() => void)[] = []

  get over(): boolean {
    return this.#over
  }

  end(): void {
    if (this.#over) return
    this.#over = true
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }

  /** Called at most once, and at once where it is over already. */
  whenOver(listener: () => void): void {
    if (this.#over) listener()
    else this.#listeners.push(listener)
  }

  forget(listener: () => void): void {
    const at = this.#listeners.indexOf(listener)
    if (at >= 0) this.#listeners.splice(at, 1)
  }
}
