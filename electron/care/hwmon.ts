import { join } from 'node:path'
import { type GpuReading, type Reading, unknown } from '../../shared/care/readings.ts'
import { namesIn, plainNumberOf, textOf } from './sys-files.ts'

/** Drivers whose sensors are those of the processor itself. `acpitz` is not among them: many boards report a constant there. */
const PROCESSOR_DRIVERS = new Set(['coretemp', 'k10temp', 'zenpower', 'cpu_thermal', 'soc_thermal'])
const PROCESSOR_ZONES = new Set(['x86_pkg_temp', 'cpu-thermal', 'cpu_thermal', 'soc-thermal', 'soc_thermal'])
const MILLIDEGREES = 1000
const MICROWATTS = 1_000_000

interface Sensor {
  readonly label: string
  readonly celsius: number
}

interface Monitor {
  readonly folder: string
  readonly driver: string
}

async function monitorsIn(sys: string): Promise<readonly Monitor[]> {
  const base = join(sys, 'class', 'hwmon')
  const found = await Promise.all(
    ((await namesIn(base)) ?? []).map(async (name) => {
      const driver = await textOf(join(base, name, 'name'))
      return driver.ok ? [{ folder: join(base, name), driver: driver.text }] : []
    }),
  )
  return found.flat()
}

async function sensorsOf({ folder }: Monitor): Promise<readonly Sensor[]> {
  const inputs = ((await namesIn(folder)) ?? []).filter((name) => /^temp\d+_input$/.test(name))
  const sensors = await Promise.all(
    inputs.map(async (name) => {
      const value = await plainNumberOf(join(folder, name))
      const label = await textOf(join(folder, name.replace('_input', '_label')))
      return value === undefined ? [] : [{ label: label.ok ? label.text : '', celsius: value / MILLIDEGREES }]
    }),
  )
  return sensors.flat()
}

/** `Tctl` of some processors is raised by an offset for the fans; where `Tdie` stands beside it, that one is the true temperature. */
function hottest(sensors: readonly Sensor[]): number | undefined {
  const true_ = sensors.some(({ label }) => label === 'Tdie')
    ? sensors.filter(({ label }) => label !== 'Tctl')
    : sensors
  return true_.length === 0 ? undefined : Math.max(...true_.map(({ celsius }) => celsius))
}

async function fromZones(sys: string): Promise<number | undefined> {
  const base = join(sys, 'class', 'thermal')
  const zones = ((await namesIn(base)) ?? []).filter((name) => name.startsWith('thermal_zone'))
  const values = await Promise.all(
    zones.map(async (zone) => {
      const type = await textOf(join(base, zone, 'type'))
      return type.ok && PROCESSOR_ZONES.has(type.text) ? plainNumberOf(join(base, zone, 'temp')) : undefined
    }),
  )
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.max(...known) / MILLIDEGREES
}

/** The hottest sensor of the processor. @source Documentation/hwmon/sysfs-interface.rst of Linux: millidegrees Celsius */
export async function processorTemperature(sys: string, nowMs: number): Promise<Reading<number>> {
  for (const monitor of await monitorsIn(sys)) {
    if (!PROCESSOR_DRIVERS.has(monitor.driver)) continue
    const value = hottest(await sensorsOf(monitor))
    if (value !== undefined) return { state: 'known', value, source: monitor.driver, atMs: nowMs }
  }
  const value = await fromZones(sys)
  return value === undefined
    ? unknown('hwmon', 'not-offered')
    : { state: 'known', value, source: 'thermal zone', atMs: nowMs }
}

export interface AmdCard extends GpuReading {
  /** Its watts are those of the whole chip, processor included. */
  readonly integrated: boolean
}

/** @source Documentation/gpu/amdgpu of Linux: microwatts, bytes, percent. A card apart has a power cap, a chip with a processor has none. */
async function amdCard({ folder }: Monitor, index: number): Promise<AmdCard> {
  const microwatts =
    (await plainNumberOf(join(folder, 'power1_average'))) ?? (await plainNumberOf(join(folder, 'power1_input')))
  const sensors = await sensorsOf({ folder, driver: 'amdgpu' })
  // The hottest spot runs 15 to 25 °C above the edge, which is what other makers tell.
  const edge = sensors.find(({ label }) => label === 'edge') ?? sensors[0]
  const device = join(folder, 'device')
  return {
    name: `AMD GPU ${index}`,
    source: 'amdgpu',
    integrated: (await plainNumberOf(join(folder, 'power1_cap'))) === undefined,
    temperatureC: edge?.celsius,
    watts: microwatts === undefined ? undefined : microwatts / MICROWATTS,
    usedPercent: await plainNumberOf(join(device, 'gpu_busy_percent')),
    memoryUsedBytes: await plainNumberOf(join(device, 'mem_info_vram_used')),
    memoryTotalBytes: await plainNumberOf(join(device, 'mem_info_vram_total')),
  }
}

/** Cards of AMD, as their driver tells the kernel. */
export async function amdCards(sys: string): Promise<readonly AmdCard[]> {
  const monitors = (await monitorsIn(sys)).filter(({ driver }) => driver === 'amdgpu')
  return Promise.all(monitors.map(amdCard))
}
