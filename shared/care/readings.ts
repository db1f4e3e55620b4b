/** Why a reading cannot be had. An unknown reading is never shown, or counted, as 0. */
export const WHY_UNKNOWN = [
  /** The program that would tell is not installed. */
  'no-tool',
  /** It did not answer in time. */
  'no-answer',
  /** The system keeps it from programs of this user. */
  'not-permitted',
  /** The device or the system does not offer it. */
  'not-offered',
  /** What it said has another form than is known. */
  'not-understood',
  /** There is no such device. */
  'no-device',
  /** It takes two looks, and there was one. */
  'first-look',
  /** The last one is too old to go by. */
  'too-old',
] as const
export type WhyUnknown = (typeof WHY_UNKNOWN)[number]

export type Reading<T> =
  | { readonly state: 'known'; readonly value: T; readonly source: string; readonly atMs: number }
  | { readonly state: 'unknown'; readonly why: WhyUnknown; readonly source: string }

/** One graphics card. Absent fields are unknown. */
export interface GpuReading {
  /** `GPU 0`: as its tool counts. */
  readonly name: string
  readonly model?: string | undefined
  /** Who says so: `nvidia-smi`, `amdgpu`. */
  readonly source: string
  readonly temperatureC?: number | undefined
  readonly watts?: number | undefined
  readonly usedPercent?: number | undefined
  readonly memoryUsedBytes?: number | undefined
  readonly memoryTotalBytes?: number | undefined
}

/** One part of the computer that says what it takes, or why it does not. */
export type PowerPart =
  | { readonly name: string; readonly source: string; readonly watts: number }
  | { readonly name: string; readonly source: string; readonly why: WhyUnknown }

export interface BatteryReading {
  readonly onBattery: boolean
  /** 0..100; absent where there is no battery, or it does not say. */
  readonly chargePercent?: number | undefined
}

/** One look at the computer. */
export interface CareReadings {
  readonly atMs: number
  /** Every card that any tool knows; unknown where none could tell. */
  readonly gpus: Reading<readonly GpuReading[]>
  /** Hottest sensor of the processor, °C. */
  readonly processorC: Reading<number>
  readonly battery: Reading<BatteryReading>
  /** Since somebody last touched keyboard or mouse, ms. */
  readonly idleMs: Reading<number>
  readonly power: readonly PowerPart[]
}

/** A reading that is older says nothing of now, ms. */
export const TOO_OLD_MS = 45_000

export const unknown = (source: string, why: WhyUnknown) => ({ state: 'unknown', why, source }) as const

/** The same reading, unless it is too old to go by. */
export function freshOf<T>(reading: Reading<T>, nowMs: number): Reading<T> {
  if (reading.state === 'unknown' || nowMs - reading.atMs <= TOO_OLD_MS) return reading
  return unknown(reading.source, 'too-old')
}
