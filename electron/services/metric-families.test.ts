import { expect, test } from 'vitest'
import { DEFAULT_CARE } from '../../shared/care/care-settings.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import { writeExposition } from '../../shared/metrics/exposition.ts'
import { RequestBook } from '../../shared/metrics/request-book.ts'
import { TotalsCounter } from '../../shared/metrics/request-totals.ts'
import { alpha, netuid, ss58 } from '../../shared/units/amounts.ts'
import { hostOf, type MetricFacts, metricFamilies } from './metric-families.ts'

const HOTKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const NOW = 1_795_000_000_000
const OFF: MiningStatus = { state: 'off', steps: [], answered: 0, late: 0, refused: {}, recent: [] }
const nothing = (): MetricFacts => ({
  nowMs: NOW,
  sinceMs: NOW - 5_000,
  facts: { version: '0.1.0', kind: 'headless' },
  status: OFF,
  network: { play: false, label: 'No network', state: 'idle', reconnecting: false, requestsPerMinute: 0 },
  queue: { running: 0, waiting: 0, room: 0 },
  book: new RequestBook(),
  uptime: undefined,
  lastScore: undefined,
  logLines: { debug: 0, info: 1, warn: 2, error: 0 },
  logLost: 0,
  care: { reasons: [], blind: [], settings: DEFAULT_CARE, rule: { state: 'off' }, restarts: { deaths: [] } },
})

function busy(): MetricFacts {
  const book = new RequestBook()
  const counter = new TotalsCounter()
  const one = { atMs: NOW, caller: HOTKEY, reason: 'answered', totalMs: 120, firstTokenMs: 30 } as const
  counter.count({ ...one, promptTokens: 5, completionTokens: 7 })
  book.add({ counts: { answered: 1, rate: 3 }, records: [one], totals: counter.take() }, NOW)
  const known = <T>(value: T) => ({ state: 'known', value, source: 'x', atMs: NOW }) as const
  return {
    ...nothing(),
    book,
    queue: { running: 1, waiting: 0, room: 4 },
    status: {
      ...OFF,
      state: 'mining',
      netuid: netuid(8),
      uid: 14,
      hotkey: HOTKEY,
      hotkeyName: 'miner "one"\n',
      adapter: { id: 'practice-chat', title: 'x', status: 'verified' },
      model: { id: 'a "quoted"\nname\\', name: 'x', backend: 'cpu', parallel: 1 },
      incentive: 13_107,
      emission: alpha(1_500_000_000n),
      queue: { running: 1, waiting: 0, room: 4 },
    },
    network: {
      ...nothing().network,
      choice: { kind: 'finney' },
      state: 'ready',
      best: { number: 100, hash: '0x', seenAtMs: NOW - 4_000 },
      endpoints: [
        { endpoint: 'wss://me:pw@node.example:443/SECRETKEY?k=1', current: true, avoided: false, answerMs: 80 },
        { endpoint: 'wss://other.example', current: false, avoided: true },
      ],
    },
    uptime: { upMs: 900, ofMs: 1_000 },
    care: {
      ...nothing().care,
      readings: {
        atMs: NOW - 1_000,
        gpus: known([{ name: 'GPU 0', source: 'x', temperatureC: 71 }]),
        processorC: { state: 'unknown', why: 'not-offered', source: 'x' },
        battery: known({ onBattery: false }),
        idleMs: { state: 'unknown', why: 'no-tool', source: 'x' },
        power: [],
      },
      power: {
        watts: 158,
        partial: true,
        parts: [
          { name: 'GPU 0', source: 'x', watts: 158 },
          { name: 'processor', source: 'x', why: 'not-permitted' },
        ],
        sinceMs: NOW,
        sinceStart: { wattHours: 0, miningWattHours: 0, coveredMs: 0, miningCoveredMs: 0, partial: true },
      },
    },
  }
}

const linesOf = (facts: MetricFacts) => writeExposition(metricFamilies(facts)).split('\n')

test('what is known is told, with units and without an address of anybody', () => {
  const lines = linesOf(busy())
  for (const line of [
    'taoforge_miner_up 1',
    'taoforge_miner_state{state="mining"} 1',
    'taoforge_miner_state{state="off"} 0',
    'taoforge_requests_total{reason="answered"} 1',
    'taoforge_requests_total{reason="rate"} 3',
    'taoforge_request_duration_seconds_bucket{le="0.1"} 0',
    'taoforge_request_duration_seconds_bucket{le="0.25"} 1',
    'taoforge_request_duration_seconds_sum 0.12',
    'taoforge_first_token_seconds_count 1',
    'taoforge_tokens_total{kind="completion"} 7',
    'taoforge_requests_running 1',
    'taoforge_incentive_ratio{netuid="8",uid="14"} 0.2',
    'taoforge_emission_alpha{netuid="8",uid="14"} 1.5',
    'taoforge_uptime_30d_ratio 0.9',
    'taoforge_temperature_celsius{part="GPU 0"} 71',
    'taoforge_power_watts{part="GPU 0"} 158',
    'taoforge_chain_head_age_seconds 4',
    'taoforge_endpoint_up{endpoint="node.example:443"} 1',
    'taoforge_endpoint_up{endpoint="other.example"} 0',
    'taoforge_endpoint_answer_seconds{endpoint="node.example:443"} 0.08',
    'taoforge_log_lines_total{level="warn"} 2',
  ])
    expect(lines).toContain(line)
  expect(lines.join('\n')).not.toMatch(/SECRETKEY|me:pw|5Grwva/)
})

test('what is unknown is absent, and never 0', () => {
  const names = linesOf(nothing()).flatMap((line) => /^[a-z0-9_]+/.exec(line)?.[0] ?? [])
  for (const name of ['incentive_ratio', 'emission_alpha', 'temperature_celsius', 'power_watts', 'requests_total'])
    expect(names).not.toContain(`taoforge_${name}`)
  for (const name of [
    'chain_up',
    'chain_block',
    'requests_running',
    'uptime_30d_ratio',
    'request_duration_seconds_count',
  ])
    expect(names).not.toContain(`taoforge_${name}`)
  expect(names).toContain('taoforge_miner_up')
  const old = { ...busy(), nowMs: NOW + 120_000 }
  expect(linesOf(old).join('\n')).not.toMatch(/temperature|watts/)
})

test('an endpoint is told by its server alone', () => {
  expect(hostOf('ws://127.0.0.1:9944')).toBe('127.0.0.1:9944')
  expect(hostOf('wss://[::1]:1/x')).toBe('[::1]:1')
  expect(hostOf('nonsense')).toBe('unknown')
})
