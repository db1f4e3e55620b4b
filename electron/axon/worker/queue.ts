/** Places for running work and for waiting work, both bounded. First come, first served. */
export class BoundedQueue {
  readonly #concurrency: number
  readonly #room: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(concurrency: number, room: number) {
    this.#concurrency = Math.max(1, concurrency)
    this.#room = room
  }

  get state(): { readonly running: number; readonly waiting: number; readonly room: number } {
    return { running: this.#running, waiting: this.#waiting.length, room: this.#room }
  }

  /**
   * Waits for a place. @returns 'full' at once where none can be waited for, 'left' where `signal` aborted first; else a
   * function that gives the place back.
   */
  async enter(signal: AbortSignal): Promise<(() => void) | 'full' | 'left'> {
    if (signal.aborted) return 'left'
    if (this.#running < this.#concurrency) return this.#take()
    if (this.#waiting.length >= this.#room) return 'full'
    return new Promise((resolve) => {
      const start = () => {
        signal.removeEventListener('abort', leave)
        resolve(this.#take())
      }
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1)
        resolve('left')
      }
      this.#waiting.push(start)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  #take(): () => void {
    this.#running += 1
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#running -= 1
      this.#waiting.shift()?.()
    }
  }
}
