import { DEFAULT_CARE } from '../../shared/care/care-settings.ts'
import type { CareState } from '../../shared/care/care-state.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { MonitorLive, MonitorView } from '../../shared/contract/monitor.contract.ts'
import { alpha, netuid, ss58 } from '../../shared/units/amounts.ts'
import { NOTHING_MONITORED, type Scene } from './fake-host.ts'
import { gaveUp } from './mine-scenes.ts'
import { real } from './scenes.ts'

const NOW = Date.now()
export const VALIDATORS = [
  '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty',
  '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y',
].map((address) => ss58(address))
const HOTKEY = VALIDATORS[0] ?? ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')

type Request = MiningStatus['recent'][number]

/** Requests as they come under load: most are answered, some are late or refused. @param from number of the newest */
export function manyRequests(from: number, count = 200): readonly Request[] {
  return Array.from({ length: count }, (_, at): Request => {
    const n = from - at
    const atMs = NOW - 600_000 + n * 40
    if (n % 17 === 0) return { atMs, status: 401, reason: 'unsigned', totalMs: 1 }
    if (n % 29 === 0) return { atMs, caller: HOTKEY, status: 504, reason: 'late', totalMs: 12_000 }
    return {
      atMs,
      caller: VALIDATORS[n % 3] ?? HOTKEY,
      status: 200,
      reason: 'answered',
      promptTokens: 100 + (n % 900),
      completionTokens: 20 + (n % 200),
      firstTokenMs: 60 + (n % 60),
      totalMs: 300 + ((n * 37) % 1_700),
    }
  })
}

export const underLoad: MiningStatus = {
  ...gaveUp.mining,
  state: 'mining',
  steps: gaveUp.mining.steps.map((step) => ({ ...step, state: step.step === 'mine' ? 'running' : 'done' })),
  startedBy: 'hand',
  netuid: netuid(8),
  subnetName: 'Hermes',
  hotkey: HOTKEY,
  hotkeyName: 'miner',
  uid: 14,
  model: { id: 'chosen', name: 'Qwen3 4B Instruct', backend: 'cuda', parallel: 4 },
  startedAtMs: NOW - 6_720_000,
  tokensPerSecond: 92.6,
  answered: 4_180,
  late: 6,
  refused: { unsigned: 212, 'no-permit': 41, 'queue-full': 3 },
  queue: { running: 3, waiting: 2, room: 8 },
  incentive: 14_024,
  emission: alpha(804_118_220n),
  recent: manyRequests(4_180),
}

const speedAt = (second: number): number =>
  second > 430 && second < 470 ? 41 + (second - 430) * 1.2 : 88 + 9 * Math.sin(second / 7) + 4 * Math.sin(second / 2.3)

export const manySlots = Array.from({ length: 600 }, (_, second) => ({
  atMs: Math.floor((NOW - 600_000) / 1_000) * 1_000 + second * 1_000,
  answered: 6 + (second % 5),
  late: second % 60 === 0 ? 1 : 0,
  refused: second % 7 === 0 ? 2 : 0,
  tokens: 90,
  ...(second < 320 || second > 335 ? { speed: speedAt(second) } : {}),
}))

export const watched: MonitorView = {
  ...NOTHING_MONITORED,
  atMs: NOW,
  sinceMs: NOW - 7_000_000,
  counts: { answered: 4_180, late: 6, unsigned: 212, 'no-permit': 41, 'queue-full': 3 },
  promptTokens: 1_204_000,
  completionTokens: 402_111,
  latency: { p50Ms: 412, p95Ms: 1_320, p99Ms: 2_240 },
  firstToken: { p50Ms: 71, p95Ms: 118, p99Ms: 190 },
  requestsPerSecond: 7.4,
  callers: VALIDATORS.map((hotkey, at) => ({
    hotkey,
    requests: 2_400 - at * 900,
    answered: 2_390 - at * 900,
    lastSeenMs: NOW - at * 4_000,
    ...(at < 2 ? { medianMs: 388 + at * 212 } : {}),
  })),
  callersSeen: 3,
  epochs: Array.from({ length: 36 }, (_, at) => at)
    .filter((at) => at !== 20 && at !== 21)
    .map((at) => ({
      netuid: netuid(8),
      hotkey: HOTKEY,
      uid: 14,
      epochBlock: 9_570_000 + at * 360,
      atMs: NOW - (36 - at) * 4_320_000,
      incentive: Math.min(15_600, 1_000 + at * 1_900 + (at % 4) * 300),
      bestIncentive: 16_000,
      rank: 3,
      miners: 9,
    })),
  uptime: { upMs: 25.1 * 86_400_000, ofMs: 26 * 86_400_000 },
}

const known = <T>(value: T, source: string) => ({ state: 'known', value, source, atMs: NOW }) as const
export const warm: CareState = {
  readings: {
    atMs: NOW,
    gpus: known(
      [
        {
          name: 'GPU 0',
          model: 'A card',
          source: 'nvidia-smi',
          temperatureC: 71,
          watts: 158,
          memoryUsedBytes: 9.8e9,
          memoryTotalBytes: 12e9,
        },
      ],
      'nvidia-smi',
    ),
    processorC: { state: 'unknown', why: 'not-permitted', source: 'hwmon' },
    battery: known({ onBattery: false }, 'sysfs'),
    idleMs: { state: 'unknown', why: 'no-tool', source: 'none' },
    power: [{ name: 'GPU 0', source: 'nvidia-smi', watts: 158 }],
  },
  power: {
    watts: 158,
    partial: true,
    parts: [{ name: 'GPU 0', source: 'nvidia-smi', watts: 158 }],
    sinceMs: NOW - 6_000_000,
    sinceStart: { wattHours: 1, miningWattHours: 1, coveredMs: 1, miningCoveredMs: 1, partial: true },
  },
  reasons: [],
  blind: [],
  settings: {
    ...DEFAULT_CARE,
    heat: {
      gpu: { stopAtC: 83, resumeBelowC: 74 },
      processor: { stopAtC: 95, resumeBelowC: 85 },
      atLeastMs: 60_000,
      ifUnknown: 'go-on',
    },
  },
  rule: { state: 'by-hand' },
  restarts: { deaths: [] },
}

export const liveNow: MonitorLive = {
  atMs: NOW,
  answered: 4_180,
  late: 6,
  refused: 256,
  running: 3,
  waiting: 2,
  speed: 92.6,
  requestsPerSecond: 7.4,
}

/** A miner of a busy subnet. */
export const loaded: Scene = {
  ...real,
  mining: underLoad,
  answers: {
    'monitor.watch': (_input, emit) => emit(watched),
    'monitor.live': (_input, emit) => emit(liveNow),
    'monitor.series': async () => ({ ok: true, value: { stepMs: 1_000, atMs: NOW, slots: manySlots } }),
    'care.watch': (_input, emit) => emit(warm),
  },
}
