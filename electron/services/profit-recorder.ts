import type { PowerPoint } from '../../shared/care/power.ts'
import { emptySlot, type ProfitSlot, type SlotMiner, slotStart, withPoints } from '../../shared/profit/profit-slot.ts'
import type { ProfitStorage } from '../storage/profit-storage.port.ts'

/** Two months: the longest time that is reckoned, and as much before it. Unit: ms. */
const KEPT_MS = 62 * 86_400_000

export interface ProfitRecorderDeps {
  readonly storage: Pick<ProfitStorage, 'profitSlots' | 'putProfitSlots'>
  readonly genesis: () => string | undefined
  readonly points: () => readonly PowerPoint[]
  readonly miner: () => SlotMiner | undefined
  readonly price: () => ProfitSlot['price']
  /** What was measured before is not booked. */
  readonly fromMs: number
}

/** Books what the computer drew into quarters of an hour: sums of days do not tell which hours of a tariff they fell into. */
export class ProfitRecorder {
  readonly #deps: ProfitRecorderDeps
  #genesis: string | undefined
  #slots = new Map<number, ProfitSlot>()
  #last: PowerPoint | undefined

  constructor(deps: ProfitRecorderDeps) {
    this.#deps = deps
  }

  /** Books what was measured since the last time. */
  record(nowMs: number): void {
    const { storage, genesis, points, miner, price } = this.#deps
    const chain = genesis()
    const fresh = points().filter(({ atMs }) => atMs > (this.#last?.atMs ?? this.#deps.fromMs))
    if (chain !== this.#genesis) this.#slots.clear()
    this.#genesis = chain
    for (const point of fresh) {
      if (chain !== undefined && this.#last)
        this.#put(withPoints(this.#slot(chain, this.#last.atMs), this.#last, point))
      this.#last = point
    }
    const now = this.#slots.get(slotStart(nowMs))
    if (chain === undefined || fresh.length === 0) return
    if (now) this.#put({ ...now, miner: miner() ?? now.miner, price: price() ?? now.price })
    storage.putProfitSlots(chain, [...this.#slots.values()], nowMs - KEPT_MS)
    for (const atMs of this.#slots.keys()) if (atMs < slotStart(nowMs)) this.#slots.delete(atMs)
  }

  #put(slot: ProfitSlot): void {
    this.#slots.set(slot.atMs, slot)
  }

  /** What was booked in it before this program was started is on disk. */
  #slot(chain: string, atMs: number): ProfitSlot {
    const start = slotStart(atMs)
    const stored = () => this.#deps.storage.profitSlots(chain, start).find((slot) => slot.atMs === start)
    return this.#slots.get(start) ?? stored() ?? emptySlot(start)
  }
}
