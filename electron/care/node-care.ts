import type { CareReadings, GpuReading, PowerPart, Reading } from '../../shared/care/readings.ts'
import { unknown } from '../../shared/care/readings.ts'
import type { CarePort } from './care.port.ts'
import { readEnergyDays, writeEnergyDays } from './energy-file.ts'
import { type AmdCard, amdCards, processorTemperature } from './hwmon.ts'
import { Mac } from './mac.ts'
import { nvidiaSmi } from './nvidia-smi.ts'
import { batteryOf } from './power-supply.ts'
import { Rapl } from './rapl.ts'

/** What a desktop shell knows without asking another program. */
export interface DesktopSenses {
  onBattery(): boolean
  idleSeconds(): number
}

export interface NodeCareOptions {
  /** Where energy is kept from day to day. */
  readonly energyFile: string
  readonly nowMs: () => number
  readonly desktop?: DesktopSenses | undefined
  /** Default: what this process runs on. */
  readonly platform?: NodeJS.Platform | undefined
  /** Default: `/sys`. */
  readonly sys?: string | undefined
  /** Where programs are looked for. Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined
}

/** Reads the computer that this process runs on. */
export function nodeCare(options: NodeCareOptions): CarePort {
  const { energyFile, nowMs, desktop, platform = process.platform, sys = '/sys', env } = options
  const nvidia = nvidiaSmi(env)
  const rapl = new Rapl(sys)
  const mac = platform === 'darwin' ? new Mac(env) : undefined

  async function idleMs(): Promise<Reading<number>> {
    if (desktop) return { state: 'known', value: desktop.idleSeconds() * 1000, source: 'the desktop', atMs: nowMs() }
    return mac ? mac.idleMs(nowMs()) : unknown('the desktop', 'not-offered')
  }

  async function battery(): Promise<CareReadings['battery']> {
    const own =
      platform === 'linux'
        ? await batteryOf(sys, nowMs())
        : mac
          ? await mac.battery(nowMs())
          : unknown('the system', 'not-offered')
    if (own.state === 'known' || !desktop) return own
    return { state: 'known', value: { onBattery: desktop.onBattery() }, source: 'the desktop', atMs: nowMs() }
  }

  return {
    idleMs,
    energyDays: () => readEnergyDays(energyFile),
    saveEnergyDays: (days) => writeEnergyDays(energyFile, days),
    async read() {
      const linux = platform === 'linux'
      const [cards, amd, processorC, onBattery, idle, counters] = await Promise.all([
        nvidia.read(nowMs()),
        linux ? amdCards(sys) : [],
        linux ? processorTemperature(sys, nowMs()) : unknown('the system', mac ? 'not-permitted' : 'not-offered'),
        battery(),
        idleMs(),
        linux ? rapl.read(nowMs()) : [closed(mac ? 'not-permitted' : 'not-offered')],
      ])
      const atMs = nowMs()
      return {
        atMs,
        gpus: allCards(cards, amd, atMs),
        processorC,
        battery: onBattery,
        idleMs: idle,
        power: powerParts(cards, amd, counters),
      }
    },
  }
}

const closed = (why: 'not-permitted' | 'not-offered'): PowerPart => ({ name: 'processor', source: 'the system', why })

function allCards(
  nvidia: Reading<readonly GpuReading[]>,
  amd: readonly AmdCard[],
  atMs: number,
): Reading<readonly GpuReading[]> {
  if (amd.length === 0) return nvidia
  const cards = amd.map(({ integrated: _, ...card }) => card)
  if (nvidia.state === 'unknown') return { state: 'known', value: cards, source: 'amdgpu', atMs }
  return { ...nvidia, value: [...nvidia.value, ...cards], source: `${nvidia.source}, amdgpu` }
}

const partOf = ({ name, source, watts }: GpuReading): PowerPart =>
  watts === undefined ? { name, source, why: 'not-offered' } : { name, source, watts }

/** Every part once: a chip with processor and graphics is counted by its processor where that can be read, else by its graphics. */
function powerParts(
  nvidia: Reading<readonly GpuReading[]>,
  amd: readonly AmdCard[],
  counters: readonly PowerPart[],
): readonly PowerPart[] {
  const cards = nvidia.state === 'known' ? nvidia.value.map(partOf) : unreadCards(nvidia)
  const apart = amd.filter(({ integrated }) => !integrated).map(partOf)
  const chip = amd.find(({ integrated, watts }) => integrated && watts !== undefined)
  const counted = counters.some((part) => 'watts' in part || part.why === 'first-look')
  const processor: readonly PowerPart[] =
    chip?.watts !== undefined && !counted
      ? [{ name: 'processor with graphics', source: chip.source, watts: chip.watts }]
      : counters
  return [...cards, ...apart, ...processor]
}

/** Cards that are there and do not answer draw power; without the tool there is none that we could know of. */
function unreadCards(nvidia: Extract<Reading<unknown>, { state: 'unknown' }>): readonly PowerPart[] {
  if (nvidia.why === 'no-tool' || nvidia.why === 'no-device') return []
  return [{ name: 'graphics card', source: nvidia.source, why: nvidia.why }]
}
