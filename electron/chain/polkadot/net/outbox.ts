import type { ClockPort } from '../../../system/system.port.ts'
import { type Budget, PRIORITIES, type Priority } from './budget.ts'

/** A request that has not left yet. */
export interface Waiting {
  readonly priority: Priority
  readonly queuedAtMs: number
  /** Its turn did not come in time: it is told so, and never sent. */
  expire(waitedMs: number): void
}

/** Longest wait for a turn. What a person looks at is asked again anyway; what is older is of no use. */
const LONGEST_WAIT_MS = 60_000
/** More would be a fault of ours: a page asks a dozen things. */
const MOST_WAITING = 1_000

/** Requests in the order in which they may leave: by priority, then by age, as fast as the budget lets them. */
export class Outbox<T extends Waiting> {
  readonly #queues: Readonly<Record<Priority, T[]>> = { signing: [], view: [], background: [] }
  readonly #budget: Budget
  readonly #clock: ClockPort
  readonly #send: (items: readonly T[]) => void
  #scheduled = false
  #stopWaiting: (() => void) | undefined
  #stopExpiry: (() => void) | undefined
  #closed = false

  /** @param send gets all that may leave at this moment */
  constructor(budget: Budget, clock: ClockPort, send: (items: readonly T[]) => void) {
    this.#budget = budget
    this.#clock = clock
    this.#send = send
  }

  /** It leaves after all that runs now: what is asked together can travel together. */
  put(item: T): void {
    if (this.size >= MOST_WAITING) return item.expire(0)
    this.#queues[item.priority].push(item)
    this.#schedule()
  }

  get size(): number {
    return PRIORITIES.reduce((sum, priority) => sum + this.#queues[priority].length, 0)
  }

  close(): void {
    this.#closed = true
    this.#stopWaiting?.()
    this.#stopExpiry?.()
    for (const priority of PRIORITIES) this.#queues[priority].length = 0
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return
    this.#scheduled = true
    // Two turns: readers that gather what one block is asked for take the first one.
    setImmediate(() =>
      setImmediate(() => {
        this.#scheduled = false
        if (!this.#closed) this.#pump()
      }),
    )
  }

  #pump(): void {
    const ready = PRIORITIES.flatMap((priority) => {
      const queue = this.#queues[priority]
      return queue.length === 0 ? [] : queue.splice(0, this.#budget.take(priority, queue.length))
    })
    if (ready.length > 0) this.#send(ready)
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    if (this.size === 0) return
    this.#stopWaiting = this.#budget.whenMore(() => this.#schedule())
    this.#expireLater()
  }

  #expireLater(): void {
    if (this.#stopExpiry) return
    this.#stopExpiry = this.#clock.after(1_000, () => {
      this.#stopExpiry = undefined
      const now = this.#clock.nowMs()
      for (const priority of PRIORITIES) {
        const queue = this.#queues[priority]
        const late = queue.filter(({ queuedAtMs }) => now - queuedAtMs > LONGEST_WAIT_MS)
        if (late.length === 0) continue
        queue.splice(0, queue.length, ...queue.filter((item) => !late.includes(item)))
        for (const item of late) item.expire(now - item.queuedAtMs)
      }
      if (this.size > 0) this.#expireLater()
    })
  }
}
