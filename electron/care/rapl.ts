import { join } from 'node:path'
import type { PowerPart } from '../../shared/care/readings.ts'
import { namesIn, numberOf, plainNumberOf, textOf } from './sys-files.ts'

const SOURCE = 'RAPL'
/** Two looks further apart may have the counter go round more than once: at 500 W a range of 262 kJ lasts nine minutes. */
const LONGEST_MS = 300_000
/** No processor takes so much: the counter was set back, as some are after a sleep. Unit: watts. */
const ABSURD_WATTS = 5_000

interface Count {
  readonly microjoules: number
  readonly atMs: number
}

/** Watts between two counts of energy; the counter begins anew after its range. */
export function wattsBetween(from: Count, to: Count, rangeMicrojoules: number): number | undefined {
  const ms = to.atMs - from.atMs
  if (ms <= 0 || ms > LONGEST_MS) return undefined
  const counted = to.microjoules - from.microjoules
  const watts = (counted >= 0 ? counted : counted + rangeMicrojoules) / 1000 / ms
  return watts >= 0 && watts < ABSURD_WATTS ? watts : undefined
}

/**
 * Power of processors and memory, from the counters of energy that the kernel keeps. `psys` covers all of them once more, and
 * `core`/`uncore` are parts of a package, so neither is added. Since Linux 5.10 only root may read them.
 * @source Documentation/power/powercap/powercap.rst of Linux: microjoules
 */
export class Rapl {
  readonly #base: string
  readonly #last = new Map<string, Count>()

  constructor(sys: string) {
    this.#base = join(sys, 'class', 'powercap')
  }

  async read(nowMs: number): Promise<readonly PowerPart[]> {
    const zones = ((await namesIn(this.#base)) ?? []).filter((zone) => /^intel-rapl(:\d+){1,2}$/.test(zone))
    const parts = await Promise.all(zones.map((zone) => this.#zone(zone, nowMs)))
    const found = parts.filter((part) => part !== undefined)
    if (found.length > 0) return found
    return [{ name: 'processor', source: SOURCE, why: 'not-offered' }]
  }

  async #zone(zone: string, nowMs: number): Promise<PowerPart | undefined> {
    const folder = join(this.#base, zone)
    const named = await textOf(join(folder, 'name'))
    const kind = named.ok ? named.text : ''
    const isPackage = /^intel-rapl:\d+$/.test(zone) && kind.startsWith('package')
    if (!isPackage && kind !== 'dram') return undefined
    const [, socket = '0'] = zone.split(':')
    const name = isPackage ? `processor package ${socket}` : `memory of package ${socket}`
    const microjoules = await numberOf(join(folder, 'energy_uj'))
    if (typeof microjoules !== 'number') return { name, source: SOURCE, why: microjoules }
    const before = this.#last.get(zone)
    const now = { microjoules, atMs: nowMs }
    this.#last.set(zone, now)
    const range = (await plainNumberOf(join(folder, 'max_energy_range_uj'))) ?? 0
    const watts = before && wattsBetween(before, now, range)
    return watts === undefined ? { name, source: SOURCE, why: 'first-look' } : { name, source: SOURCE, watts }
  }
}
