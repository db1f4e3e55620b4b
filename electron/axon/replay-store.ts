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

interface Period {
  readonly last: Map<string, ReplayMark>
  readonly perSender: Map<string, number>
}
const emptyPeriod = (): Period => ({ last: new Map(), perSender: new Map() })

const nameOf = ({ sender, series }: ReplayMark): string => `${sender}:${series}`

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
    const last = this.#last(mark)
    if (last && mark.value <= last.value) return 'seen'
    const { last: known, perSender } = this.#current
    const name = nameOf(mark)
    if (!known.has(name)) {
      const count = perSender.get(mark.sender) ?? 0
      if (known.size >= MOST || count >= MOST_OF_SENDER) return 'full'
      perSender.set(mark.sender, count + 1)
    }
    known.set(name, mark)
    return 'new'
  }

  /** Everything that is remembered. */
  marks(nowMs: number): readonly ReplayMark[] {
    this.#turn(nowMs)
    return [...new Map([...this.#previous.last, ...this.#current.last]).values()]
  }

  #last(mark: ReplayMark): ReplayMark | undefined {
    const name = nameOf(mark)
    return this.#current.last.get(name) ?? this.#previous.last.get(name)
  }

  #turn(nowMs: number): void {
    const passed = nowMs - this.#since
    if (passed < this.#keepMs) return
    this.#previous = passed < 2 * this.#keepMs ? this.#current : emptyPeriod()
    this.#current = emptyPeriod()
    this.#since = nowMs
  }
}
