import type { FleetMachineView, FleetView } from '../../shared/contract/fleet.contract.ts'
import type { FleetReport } from '../../shared/fleet/fleet-report.ts'
import { fleetTotals } from '../../shared/fleet/fleet-totals.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import { ALONE, type Scene } from './fake-host.ts'
import { real as working } from './scenes.ts'

const NOW = Date.now()
const MINUTE = 60_000
const MAIN = '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03'
const PLAY = `0x${'7b'.repeat(32)}`
const A = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const B = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const C = ss58('5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy')

const earning = (id: number, hotkey: Ss58, alpha: bigint, tao: bigint | undefined) => ({
  ...{ netuid: netuid(id), hotkey, alpha, tao, epochs: 418, sinceBlock: 5_182_044 },
})
const mining = (hotkey: Ss58, tokensPerSecond: number | undefined): FleetReport['miner'] => ({
  state: 'mining',
  netuid: netuid(8),
  subnetName: 'Vanta',
  hotkey,
  uid: 117,
  modelName: 'Qwen2.5 7B Instruct',
  tokensPerSecond,
  upMs: 26 * 60 * MINUTE,
  answered: 48_112,
  late: 9,
  refused: 1_204,
})
const report = (change: Partial<FleetReport> = {}): FleetReport => ({
  version: '0.1.0',
  network: { genesis: MAIN, kind: 'finney', block: 5_301_220 },
  miner: mining(A, 92.6),
  canStart: true,
  uptime: { upMs: 29 * 24 * 60 * MINUTE, ofMs: 30 * 24 * 60 * MINUTE },
  gpuC: 71,
  processorC: 58,
  power: { watts: 284.2, partial: true },
  hotkeys: [A],
  earnings: [earning(8, A, 18_220_113_908n, 1_914_208_119n)],
  alerts: [],
  ...change,
})

let lastId = 0
const machine = (name: string, change: Partial<FleetMachineView> = {}): FleetMachineView => {
  lastId += 1
  return {
    id: lastId.toString(16).padStart(32, '0'),
    name,
    address: `192.168.1.${20 + lastId}`,
    port: 8094,
    mayControl: false,
    addedAtMs: NOW - 90 * 24 * 60 * MINUTE,
    state: 'connected',
    lastSeenMs: NOW - 2_000,
    report: report(),
    ...change,
  }
}
const off: FleetReport['miner'] = { state: 'off', answered: 0, late: 0, refused: 0 }

function fleet(machines: readonly FleetMachineView[], change: Partial<FleetView> = {}): FleetView {
  const own = report({ miner: off, hotkeys: [C], earnings: [], power: undefined, gpuC: undefined, canStart: false })
  const heard = machines.map((one) => ({ name: one.name, report: one.state === 'connected' ? one.report : undefined }))
  const known = new Map([[MAIN, 'finney']] as const)
  return {
    ...ALONE,
    atMs: NOW,
    own,
    machines,
    totals: fleetTotals([{ name: 'desk', report: own }, ...heard], known),
    ...change,
  }
}

const scene = (view: FleetView, more: Scene['answers'] = {}): Scene => ({
  ...working,
  answers: { ...working.answers, 'fleet.watch': (_input, emit) => emit(view), ...more },
})

const rig = machine('rig-1', { mayControl: true })
const held = machine('rig-2', {
  report: report({
    miner: { ...mining(B, undefined), held: ['too-hot'] },
    hotkeys: [B],
    earnings: [earning(8, B, 902_114n, 94_771n), earning(51, B, 7_001_220_441n, undefined)],
    gpuC: 88,
    alerts: ['miner-held'],
  }),
})
const away = machine('attic', {
  state: 'waiting',
  error: { code: 'fleet/unreachable', name: 'attic', reason: 'nothing answered in time' },
  retryAtMs: NOW + 42_000,
  lastSeenMs: NOW - 3 * 60 * MINUTE,
})
const gone = machine('rented', {
  state: 'refused',
  error: { code: 'fleet/refused', name: 'rented' },
  retryAtMs: NOW + 4 * MINUTE,
  report: undefined,
})
const liar = machine('cellar', {
  state: 'waiting',
  error: { code: 'fleet/bad-report', name: 'cellar', reason: 'What it says under "earnings" cannot be' },
  retryAtMs: NOW + 9_000,
  report: undefined,
})
const player = machine('laptop', {
  report: report({
    network: { genesis: PLAY, kind: 'practice', block: 812 },
    miner: { ...mining(C, 3.1), netuid: netuid(2), subnetName: 'Practice chat' },
    hotkeys: [C],
    earnings: [earning(2, C, 44_000_000_000n, 12_000_000_000n)],
    gpuC: undefined,
    power: undefined,
  }),
})
const twin = machine('rig-1 copy', { report: report({ alerts: ['chain-doubted'] }) })
const failed = machine('rig-3', {
  mayControl: true,
  report: report({
    miner: { ...mining(B, undefined), state: 'failed', failedWith: 'mining/worker-died' },
    alerts: ['miner-failed', 'miner-gave-up'],
  }),
})
/** As bad as the contract lets it be. */
const extreme = machine('W'.repeat(60), {
  address: `${'long-name-'.repeat(12)}.example.org`,
  report: report({
    version: '9'.repeat(40),
    network: { genesis: `0x${'ee'.repeat(32)}`, kind: 'custom' },
    miner: {
      ...mining(A, 9_999_999.9),
      subnetName: '\u05d0\u05d1\u05d2 Tаrgon '.repeat(4).slice(0, 60),
      modelName: 'M'.repeat(120),
      answered: Number.MAX_SAFE_INTEGER,
      late: Number.MAX_SAFE_INTEGER,
      refused: Number.MAX_SAFE_INTEGER,
    },
    gpuC: 300,
    power: { watts: 1_000_000, partial: true },
    earnings: [
      earning(65_535, A, 21_000_000_000_000_000n, 21_000_000_000_000_000n),
      earning(1, A, -20_999_999_999_999_999n, 1n),
    ],
    alerts: ['send-your-words', 'miner-failed'],
  }),
})

const viewer = {
  id: 'f'.repeat(32),
  name: 'desk at home',
  mayControl: true,
  addedAtMs: NOW - 60 * MINUTE,
  present: true,
  lastSeenMs: NOW - 1_000,
}
const invitation = {
  ...{ address: '192.168.1.20', port: 8094, mayControl: false, expiresAtMs: NOW + 9 * MINUTE, triesLeft: 5 },
}
export const PAIRING = 'taoforge-fleet:192.168.1.20:8094/3987-FA6N-7KZS-M8T4-90D2-AC04-Z4Y4'
const open = { state: 'open', port: 8094, onlyHere: false, refused: 0 } as const

export const fleetScenes = {
  empty: scene(ALONE),
  one: scene(fleet([rig])),
  many: scene(
    fleet([rig, held, twin, failed, player, away, gone, liar], {
      door: { ...open, refused: 3, refusedAtMs: NOW - 5 * MINUTE },
      viewers: [
        viewer,
        { ...viewer, id: 'e'.repeat(32), name: 'old phone', mayControl: false, present: false, lastSeenMs: undefined },
      ],
    }),
    {
      'fleet.order': async () => err({ code: 'fleet/order-refused', name: 'rig-1', refusal: 'mining/already-running' }),
    },
  ),
  away: scene(fleet([away])),
  extreme: scene(fleet([extreme])),
  pairing: scene(fleet([], { door: open, invitation }), {
    'fleet.invite': async () => ok({ ...invitation, pairing: PAIRING }),
    'fleet.add': async () => err({ code: 'fleet/code-refused', address: '192.168.1.20' }),
  }),
  portTaken: scene(
    fleet([], {
      door: {
        state: 'failed',
        onlyHere: false,
        port: 8094,
        refused: 0,
        error: { code: 'mining/port-taken', port: 8094 },
      },
    }),
    { 'fleet.invite': async () => err({ code: 'mining/port-taken', port: 8094 }) },
  ),
}
