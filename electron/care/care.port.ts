import type { EnergyDay } from '../../shared/care/power.ts'
import type { CareReadings, Reading } from '../../shared/care/readings.ts'

/** What the computer says of itself: heat, power, battery, and whether somebody is there. */
export interface CarePort {
  /** One look at everything. Ends within some seconds, whatever hangs; what could not be read is unknown, with why. */
  read(): Promise<CareReadings>
  /** Time since somebody last touched keyboard or mouse; cheap enough for each second. */
  idleMs(): Promise<Reading<number>>
  /** What was measured on days before. A file that cannot be read is put aside, and the books begin anew. */
  energyDays(): Promise<readonly EnergyDay[]>
  /** Whole or not at all. @throws never: energy books are not worth a miner. @returns whether it was written */
  saveEnergyDays(days: readonly EnergyDay[]): Promise<boolean>
}
