/**
 * Gathers what is said within one turn of the event loop into one message: writing to the pipe between two processes costs
 * some 100 µs however little is written, which is half of what checking a signature costs.
 */
export class Outbox<T> {
  readonly #send: (messages: readonly T[]) => void
  readonly #later: (run: () => void) => void
  #waiting: T[] = []

  /** @param later  when to send: `setImmediate` after all sockets that have something, `process.nextTick` after this one */
  constructor(send: (messages: readonly T[]) => void, later: (run: () => void) => void) {
    this.#send = send
    this.#later = later
  }

  /** Goes out with what else is said in this turn, in order. */
  put(message: T): void {
    if (this.#waiting.push(message) === 1) this.#later(() => this.flush())
  }

  /** At once, before this process ends. */
  flush(): void {
    if (this.#waiting.length === 0) return
    const messages = this.#waiting
    this.#waiting = []
    this.#send(messages)
  }
}
