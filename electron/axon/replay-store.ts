/** What a proven request uses up: a second one of the same series must have a higher value. */
export interface ReplayMark {
  readonly sender: string
  /** Of a protocol whose requests each have a name of their own: that name. Of one that counts: who counts. */
  readonly series: string
  /** 0n where the series is used once. */
  readonly value: bigint
}

/** Series of one period. At 100 bytes each this bounds the store to some 40 MB. */
const MOST = 200_000
/** Of one sender: one key must not take the memory of all. */
const MOST_OF_SENDER = 100_000

/** The last value of each series of each sender. */
interface Period {
  readonly bySender: Map<string, Map<string, bigint>>
  /** Series of all senders. */
  size: number
}
const emptyPeriod = (): Period => ({ bySender: new Map(), size: 0 })

const lastIn = ({ bySender }: Period, { sender, series }: ReplayMark): bigint | undefined =>
  bySender.get(sender)?.get(series)

/**
 * Marks of requests with a good signature. Two periods are kept: a mark lives between one and two of them, so it is never
 * forgotten while its request is fresh. The host keeps a second one and hands it to a worker that replaces a dead one.
 */
export class ReplayStore {
  readonly #keepMs: number
  #current = emptyPeriod()
  #previous = emptyPeriod()
  #since: number

  /** @param keepMs longest time that a request is fresh, ms */
  constructor(keepMs: number, nowMs: number) {
    this.#keepMs = keepMs
    this.#since = nowMs
  }

  /** Whether the series is known; its next request must then be above it. */
  knows(mark: ReplayMark, nowMs: number): boolean {
    this.#turn(nowMs)
    return this.#last(mark) !== undefined
  }

  /** @returns 'new' and remembers it; 'seen'; or 'full', when the request must be refused for lack of room. */
  use(mark: ReplayMark, nowMs: number): 'new' | 'seen' | 'full' {
    this.#turn(nowMs)
    const period = this.#current
    const known = period.bySender.get(mark.sender) ?? new Map<string, bigint>()
    const here = known.get(mark.series)
    const last = here ?? lastIn(this.#previous, mark)
    if (last !== undefined && mark.value <= last) return 'seen'
    if (here === undefined) {
      if (period.size >= MOST || known.size >= MOST_OF_SENDER) return 'full'
      if (known.size === 0) period.bySender.set(mark.sender, known)
      period.size += 1
    }
    known.set(mark.series, mark.value)
    return 'new'
  }

  /** Everything that is remembered. */
  marks(nowMs: number): readonly ReplayMark[] {
    this.#turn(nowMs)
    const marks: ReplayMark[] = []
    for (const period of [this.#previous, this.#current])
      for (const [sender, known] of period.bySender)
        for (const [series, value] of known) {
          const mark = { sender, series, value }
          // Of a series that went on, only the last value counts.
          if (period === this.#current || lastIn(this.#current, mark) === undefined) marks.push(mark)
        }
    return marks
  }

  #last(mark: ReplayMark): bigint | undefined {
    return lastIn(this.#current, mark) ?? lastIn(this.#previous, mark)
  }

  #turn(nowMs: number): void {
    const passed = nowMs - this.#since
    if (passed < this.#keepMs) return
    this.#previous = passed < 2 * this.#keepMs ? this.#current : emptyPeriod()
    this.#current = emptyPeriod()
    this.#since = nowMs
  }
}
