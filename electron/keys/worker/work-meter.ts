/** How far the piece of work is that runs now. Only one runs at a time, so one listener is enough. */
export class WorkMeter {
  #listener: ((share: number) => void) | undefined

  /** @param listener is told shares of one stretching of a password, 0 to 1; some work stretches twice. */
  begin(listener: (share: number) => void): void {
    this.#listener = listener
    listener(0)
  }

  readonly report = (share: number): void => this.#listener?.(share)

  end(): void {
    this.#listener = undefined
  }
}
