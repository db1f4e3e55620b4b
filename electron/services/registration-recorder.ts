import type { PricePoint, PriceRules } from '../../shared/registration/price-course.ts'
import {
  courseLines,
  type DayOfPlaces,
  daysOf,
  type Pace,
  PRICE_EVERY_BLOCKS,
  PRICE_THINNING,
  REGISTRATIONS_KEPT,
  type Registration,
  recordedPace,
} from '../../shared/registration/recorded-course.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { PlaceEvents, RegistrationPort } from '../chain/registration.port.ts'
import type { PlaceStorage } from '../storage/place-storage.port.ts'
import type { LogPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'

export interface RegistrationRecorderDeps {
  readonly chain: Pick<ChainPort, 'onHead'> & Pick<RegistrationPort, 'placePrices' | 'placeEvents'>
  readonly storage: PlaceStorage
  readonly log: LogPort
  /** Genesis of the connected chain. */
  readonly genesis: () => string | undefined
}

/** Events are read so many blocks late: another branch has won or lost by then, and the window had its turn. */
const BEHIND_BLOCKS = 3
/** What was missed while nobody listened is a gap, if it is more. */
const MOST_MISSED = 50
/** Written together, so that a quiet chain does not cost a write a block. */
const WRITE_EVERY = 25
/** After a connection, and after a failed read. */
const PAUSE_BLOCKS = 10
/** No reorganisation goes so deep: a head that is lower by more belongs to a chain that began again. */
const DEEPEST_REORG = 20
const WEEK_BLOCKS = 50_400

export interface RecordedCourse {
  readonly lines: readonly (readonly PricePoint[])[]
  readonly registrations: readonly Registration[]
  readonly days: readonly DayOfPlaces[]
  readonly pace?: Pace | undefined
}

/** Keeps what places cost and who registered: prices now and then, registrations from the events that are followed anyway. */
export class RegistrationRecorder {
  readonly #deps: RegistrationRecorderDeps
  readonly #seen = new Listeners<PlaceEvents>()
  #genesis: string | undefined
  #stop: (() => void) | undefined
  #busy = false
  /** Events up to this block were read, or given up. */
  #readTo = 0
  /** Some blocks were not read since the last ones that were. */
  #missed = false
  /** Read, and not yet on the disk. */
  #unwritten: { readonly from: number; readonly to: number } | undefined
  #pricesNotBefore = 0
  #thinned: number | undefined

  constructor(deps: RegistrationRecorderDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#stop ??= this.#deps.chain.onHead(({ number }) => void this.#follow(number))
  }

  /** What was read and is not on the disk goes there. */
  close(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#write([])
  }

  /** Told of the events of each block, once they were read. */
  onSeen(listener: (events: PlaceEvents) => void): () => void {
    return this.#seen.add(listener)
  }

  /** @returns `undefined`: too little was watched in the last seven days */
  pace(netuid: Netuid, block: number): Pace | undefined {
    return recordedPace(this.#days(netuid, block))
  }

  /** @param span how far back, in blocks */
  course(netuid: Netuid, of: PricePoint & { readonly span: number; readonly rules: PriceRules }): RecordedCourse {
    const { storage } = this.#deps
    const genesis = this.#deps.genesis()
    if (genesis === undefined) return { lines: [], registrations: [], days: [] }
    this.#write([])
    const from = of.block - of.span
    const recorded = storage.placePrices(genesis, netuid, from)
    const now = { block: of.block, price: of.price }
    const samples = [...recorded.filter(({ block }) => block < of.block), now]
    const registrations = storage.registrations(genesis, netuid, from)
    const days = this.#days(netuid, of.block)
    return {
      lines: courseLines({ samples, registrations, rules: of.rules }),
      registrations,
      days,
      pace: recordedPace(days),
    }
  }

  #days(netuid: Netuid, block: number): readonly DayOfPlaces[] {
    const { storage } = this.#deps
    const genesis = this.#deps.genesis()
    if (genesis === undefined) return []
    this.#write([])
    const from = block - WEEK_BLOCKS
    return daysOf(storage.watchedSpans(genesis, from), storage.registrations(genesis, netuid, from), block)
  }

  async #follow(best: number): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      this.#begin(best)
      await this.#readEvents(best)
      await this.#readPrices(best)
    } catch (cause) {
      this.#pricesNotBefore = best + PAUSE_BLOCKS
      this.#deps.log.log('warn', 'places.record', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#busy = false
    }
  }

  #begin(best: number): void {
    const genesis = this.#deps.genesis()
    if (genesis !== this.#genesis) {
      this.#write([])
      this.#genesis = genesis
      this.#readTo = best - BEHIND_BLOCKS - 1
      this.#pricesNotBefore = best + PAUSE_BLOCKS
    }
    if (genesis === undefined || best >= this.#readTo - DEEPEST_REORG) return
    this.#unwritten = undefined
    this.#readTo = best - BEHIND_BLOCKS - 1
  }

  async #readEvents(best: number): Promise<void> {
    const genesis = this.#genesis
    const to = best - BEHIND_BLOCKS
    if (genesis === undefined || to < 1 || to <= this.#readTo) return
    const hasGap = to - this.#readTo > MOST_MISSED
    const from = hasGap ? to : Math.max(1, this.#readTo + 1)
    const read = await this.#deps.chain.placeEvents({ from, to })
    if (this.#deps.genesis() !== genesis) return
    this.#readTo = to
    this.#missed ||= hasGap || !read.ok
    // What cannot be read is a gap.
    if (!read.ok) return
    const before = this.#unwritten
    if (before && before.to + 1 !== from) this.#write([])
    this.#unwritten = { from: this.#unwritten?.from ?? from, to }
    const { registrations } = read.value
    if (registrations.length > 0 || to - this.#unwritten.from >= WRITE_EVERY) this.#write(registrations)
    // In a gap anything may have happened.
    this.#seen.tell({ ...read.value, othersChanged: read.value.othersChanged || this.#missed })
    this.#missed = false
  }

  #write(registrations: PlaceEvents['registrations']): void {
    const genesis = this.#genesis
    if (genesis !== undefined && this.#unwritten)
      this.#deps.storage.recordRegistrations(genesis, this.#unwritten, registrations)
    this.#unwritten = undefined
  }

  async #readPrices(best: number): Promise<void> {
    const { storage, chain } = this.#deps
    const genesis = this.#genesis
    if (genesis === undefined || best < this.#pricesNotBefore) return
    const last = storage.lastPlacePrices(genesis)
    if (last !== undefined && best < last - DEEPEST_REORG) storage.forgetPlacesAfter(genesis, best)
    else if (last !== undefined && best < last + PRICE_EVERY_BLOCKS) return
    const read = await chain.placePrices()
    if (!read.ok) this.#pricesNotBefore = best + PAUSE_BLOCKS
    if (!read.ok || this.#deps.genesis() !== genesis) return
    storage.recordPlacePrices(genesis, read.value)
    this.#thin(genesis, read.value.block)
  }

  /** About once a day, and after the start. */
  #thin(genesis: string, block: number): void {
    const day = Math.floor(block / 7_200)
    if (this.#thinned === day) return
    this.#thinned = day
    const { storage } = this.#deps
    for (const { olderBy, every } of PRICE_THINNING)
      if (block > olderBy) storage.thinPlacePrices(genesis, { olderThan: block - olderBy, every })
    if (block > REGISTRATIONS_KEPT) storage.forgetRegistrationsBefore(genesis, block - REGISTRATIONS_KEPT)
  }
}
