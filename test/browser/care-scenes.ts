import { DEFAULT_CARE } from '../../shared/care/care-settings.ts'
import type { CareState } from '../../shared/care/care-state.ts'
import { NO_ENERGY } from '../../shared/care/power.ts'
import { type CareReadings, unknown } from '../../shared/care/readings.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import type { Scene } from './fake-host.ts'
import { gaveUp as working } from './mine-scenes.ts'

const NOW = Date.now()
const HOUR = 3_600_000
const known = <T>(value: T, source: string) => ({ state: 'known', value, source, atMs: NOW }) as const

const card = (temperatureC: number | undefined, watts: number | undefined) => ({
  name: 'GPU 0',
  model: 'NVIDIA GeForce RTX 4090',
  source: 'nvidia-smi',
  temperatureC,
  watts,
})
const readings = (change: Partial<CareReadings> = {}): CareReadings => ({
  atMs: NOW,
  gpus: known([card(71, 284.2)], 'nvidia-smi'),
  processorC: known(63.5, 'coretemp'),
  battery: known({ onBattery: false }, 'the system'),
  idleMs: known(42 * 60_000, 'the desktop'),
  power: [
    { name: 'GPU 0', source: 'nvidia-smi', watts: 284.2 },
    { name: 'processor package 0', source: 'RAPL', why: 'not-permitted' },
  ],
  ...change,
})
const state = (change: Partial<CareState> = {}): CareState => ({
  readings: readings(),
  power: {
    watts: 284.2,
    partial: true,
    parts: readings().power,
    sinceMs: NOW - 3 * HOUR,
    sinceStart: { ...NO_ENERGY, wattHours: 812.4, miningWattHours: 790.1 },
  },
  today: { ...NO_ENERGY, day: '2026-11-22', wattHours: 1_912.4 },
  reasons: [],
  blind: [],
  settings: DEFAULT_CARE,
  choice: {
    network: 'finney',
    netuid: netuid(7),
    hotkey: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
    modelId: 'qwen3-4b',
  },
  rule: { state: 'off' },
  restarts: { deaths: [] },
  ...change,
})
const scene = (care: CareState): Scene => ({
  ...working,
  answers: { ...working.answers, 'care.watch': (_input, emit) => emit(care) },
})

const NIGHTS = [
  { days: [1, 2, 3, 4, 5], fromMinute: 22 * 60, toMinute: 7 * 60 },
  { days: [6, 0], fromMinute: 0, toMinute: 0 },
]
const byRule = { ...DEFAULT_CARE, startsByRule: true }

export const careScenes = {
  calm: scene(state()),
  hot: scene(
    state({
      readings: readings({ gpus: known([card(87, 312)], 'nvidia-smi') }),
      reasons: [
        {
          kind: 'too-hot',
          part: 'graphics card',
          celsius: 87,
          limitCelsius: 85,
          resumesAtCelsius: 75,
          freesModel: true,
        },
      ],
    }),
  ),
  hours: scene(
    state({
      settings: { ...byRule, schedule: NIGHTS },
      reasons: [{ kind: 'schedule', untilMs: NOW + 3 * HOUR }],
      scheduleChangesAtMs: NOW + 3 * HOUR,
      rule: { state: 'waits' },
    }),
  ),
  battery: scene(
    state({
      readings: readings({ battery: known({ onBattery: true, chargePercent: 41 }, 'the system') }),
      reasons: [{ kind: 'on-battery', chargePercent: 41 }],
    }),
  ),
  inUse: scene(
    state({
      settings: { ...byRule, idleAfterMs: 300_000 },
      readings: readings({ idleMs: known(9_000, 'the desktop') }),
      reasons: [{ kind: 'in-use', waitMs: 300_000 }],
      rule: { state: 'runs' },
    }),
  ),
  nothingReadable: scene(
    state({
      readings: readings({
        gpus: unknown('nvidia-smi', 'no-tool'),
        processorC: unknown('hwmon', 'not-offered'),
        battery: unknown('the system', 'not-offered'),
        idleMs: unknown('the desktop', 'not-offered'),
        power: [{ name: 'processor', source: 'RAPL', why: 'not-offered' }],
      }),
      power: {
        partial: true,
        parts: [{ name: 'processor', source: 'RAPL', why: 'not-offered' }],
        sinceMs: NOW,
        sinceStart: NO_ENERGY,
      },
      today: undefined,
      choice: undefined,
      blind: [
        { rule: 'heat', part: 'processor', why: 'not-offered', does: 'go-on' },
        { rule: 'battery', why: 'not-offered', does: 'go-on' },
      ],
    }),
  ),
  gaveUp: scene(
    state({
      settings: byRule,
      rule: { state: 'gave-up' },
      restarts: {
        deaths: [1, 2, 3, 4, 5].map((n) => ({ atMs: NOW - n, worker: 'llm', reason: 'the process ended' })),
        gaveUpAtMs: NOW,
      },
    }),
  ),
} as const
