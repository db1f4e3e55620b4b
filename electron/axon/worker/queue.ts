import type { Ending } from './ending.ts'

/** Somebody who waits. */
interface Waiting {
  readonly priority: bigint
  start(): void
  pushOut(): void
}

/** Places for running work and for waiting work, both bounded. The highest priority first, then first come, first served. */
export class BoundedQueue {
  readonly #concurrency: number
  readonly #room: number
  /** Next one first. */
  readonly #waiting: Waiting[] = []
  #running = 0

  constructor(concurrency: number, room: number) {
    this.#concurrency = Math.max(1, concurrency)
    this.#room = room
  }

  get state(): { readonly running: number; readonly waiting: number; readonly room: number } {
    return { running: this.#running, waiting: this.#waiting.length, room: this.#room }
  }

  /**
   * Waits for a place. @returns 'full' where none can be waited for, also later when somebody above came into a full queue;
   * 'left' where it ended first; else a function that gives the place back.
   */
  async enter(ending: Ending, priority: bigint): Promise<(() => void) | 'full' | 'left'> {
    if (ending.over) return 'left'
    if (this.#running < this.#concurrency) return this.#take()
    if (this.#waiting.length >= this.#room && !this.#makeRoom(priority)) return 'full'
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        resolve('left')
      }
      const end = (result: (() => void) | 'full') => {
        ending.forget(leave)
        resolve(result)
      }
      const waiting: Waiting = { priority, start: () => end(this.#take()), pushOut: () => end('full') }
      const behind = this.#waiting.findIndex((other) => other.priority < priority)
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, waiting)
      ending.whenOver(leave)
    })
  }

  /** Sends the last one away where it is below. */
  #makeRoom(priority: bigint): boolean {
    const last = this.#waiting.at(-1)
    if (!last || last.priority >= priority) return false
    this.#waiting.pop()
    last.pushOut()
    return true
  }

  #take(): () => void {
    this.#running += 1
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#running -= 1
      this.#waiting.shift()?.start()
    }
  }
}
