import {
  addEnergy,
  bookEnergy,
  dayOf,
  type Energy,
  type EnergyDay,
  energyBetween,
  NO_ENERGY,
  type PowerPoint,
} from '../../shared/care/power.ts'
import type { CarePort } from '../care/care.port.ts'
import type { LogPort } from '../system/system.port.ts'

/** One point of the shown history in so long, ms. */
const STEP_MS = 10_000
const KEPT_MS = 24 * 3_600_000
/** A day's energy is brought to the disk this often: what a power cut can take. Unit: ms. */
const SAVE_MS = 300_000

/** What the computer took: the last day point by point, and energy by days, which outlive this program. */
export class PowerBook {
  readonly #care: Pick<CarePort, 'energyDays' | 'saveEnergyDays'>
  readonly #log: LogPort
  readonly #loaded: Promise<void>
  #days: readonly EnergyDay[] = []
  #points: PowerPoint[] = []
  #last: PowerPoint | undefined
  #sinceStart: Energy = NO_ENERGY
  #savedAtMs = 0
  #dirty = false

  constructor(care: Pick<CarePort, 'energyDays' | 'saveEnergyDays'>, log: LogPort) {
    this.#care = care
    this.#log = log
    this.#loaded = care.energyDays().then((days) => {
      // What was measured meanwhile is added to what was there.
      this.#days = this.#days.reduce((all, { day, ...energy }) => bookEnergy(all, day, energy), days)
    })
  }

  /** One more measurement. Energy counts every one; the history keeps one in ten seconds. */
  add(point: PowerPoint): void {
    const last = this.#last
    this.#last = point
    const kept = this.#points.at(-1)
    if (!kept || point.atMs - kept.atMs >= STEP_MS) {
      this.#points.push(point)
      const from = this.#points.findIndex(({ atMs }) => point.atMs - atMs <= KEPT_MS)
      if (from > 0) this.#points = this.#points.slice(from)
    }
    if (!last) return
    const energy = energyBetween(last, point)
    if (energy.coveredMs === 0) return
    this.#sinceStart = addEnergy(this.#sinceStart, energy)
    this.#days = bookEnergy(this.#days, dayOf(point.atMs), energy)
    this.#dirty = true
    if (point.atMs - this.#savedAtMs < SAVE_MS) return
    this.#savedAtMs = point.atMs
    void this.#save()
  }

  sinceStart(): Energy {
    return this.#sinceStart
  }

  points(): readonly PowerPoint[] {
    return this.#points
  }

  days(): readonly EnergyDay[] {
    return this.#days
  }

  today(nowMs: number): EnergyDay | undefined {
    return this.#days.find(({ day }) => day === dayOf(nowMs))
  }

  async #save(): Promise<void> {
    await this.#loaded
    if (!this.#dirty) return
    this.#dirty = false
    if (await this.#care.saveEnergyDays(this.#days)) return
    this.#dirty = true
    this.#log.log('warn', 'care.energy-not-saved')
  }

  /** Brings what was measured to the disk. */
  close(): Promise<void> {
    return this.#save()
  }
}
