import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EUR, MINUTE, ProfitPlace } from '../../test/support/profit-place.ts'
import type { Pause, ProfitService } from './profit.service.ts'

const CHEAP = { nanosPerKwh: (3n * EUR) / 10n, bands: [] }
const DEAR = { nanosPerKwh: 2n * EUR, bands: [] }
const RULE = { pauseAfterHours: 0.5, wakeAfterHours: 0.25, leastPauseHours: 0.5, marginPercent: 10 }
/** 0.05 alpha an hour, 0.30 € by the prices below; its power beyond rest is 0.35 kWh. */
const EPOCH = 10_000_000n

let folder = ''
let place: ProfitPlace
let service: ProfitService
let pauses: Pause[] = []

function begin(): void {
  service = place.service()
  service.onPause((pause) => pauses.push(pause))
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-profit-pause-'))
  place = new ProfitPlace(folder)
  pauses = []
  begin()
})
afterEach(() => {
  service.close()
  place.storage.close()
  rmSync(folder, { recursive: true, force: true })
})

const kinds = () => place.held.map(({ kind }) => kind)
const rule = async () => (await place.view(service)).rule

async function paused(): Promise<void> {
  const power = { by: 'measured', idleWatts: 50 } as const
  service.set({ tariff: DEAR, nanosPerTao: 300n * EUR, rule: RULE, power })
  await place.mine(75, 400, EPOCH)
  expect(kinds()).toEqual(['no-profit'])
  expect(pauses).toHaveLength(1)
}

/** The program ends and begins again; what it said to the miner is gone. */
function restart(): void {
  service.close()
  place.held = []
  place.state = 'off'
  begin()
}

test('a pause outlives the program where a rule begins the miner again, is told of once, and ends by itself', async () => {
  await paused()
  const before = await rule()
  restart()
  place.startedBy = 'rule'
  place.become('starting')
  place.become('mining')
  // At once: not a minute is mined in between.
  expect(kinds()).toEqual(['no-profit'])
  await place.mine(20, 400)
  expect(await rule()).toMatchObject({ state: 'paused', says: 'costs', sinceMs: before.sinceMs })
  expect(pauses).toHaveLength(1)
  service.set({ tariff: CHEAP })
  await place.mine(20, 400)
  expect(kinds()).toEqual([])
  restart()
  place.become('mining')
  expect(kinds()).toEqual([])
})

test('whoever starts it by hand wants it to mine, now and after the next restart', async () => {
  await paused()
  restart()
  place.become('starting')
  place.become('mining')
  await place.mine(15, 400, EPOCH)
  expect(kinds()).toEqual([])
  restart()
  place.startedBy = 'rule'
  place.become('mining')
  expect(kinds()).toEqual([])
})

test.each<[string, () => void]>([
  ['pressed “go on”', () => void service.goOn()],
  ['turned the rule off', () => void service.set({ rule: null })],
])('nobody who %s finds it paused after a restart', async (_name, act) => {
  await paused()
  act()
  service.set({ rule: RULE })
  restart()
  place.startedBy = 'rule'
  place.become('mining')
  expect(kinds()).toEqual([])
})

test('a worker that dies takes no pause with it; a person who stops it ends the run, and nothing starts it again', async () => {
  await paused()
  place.error = { code: 'mining/worker-died', worker: 'llm', reason: 'killed' }
  place.become('failed')
  await place.mine(3, 400)
  expect(await rule()).toMatchObject({ state: 'paused' })
  place.error = undefined
  place.become('starting')
  await place.mine(3, 400)
  place.become('mining')
  await place.mine(3, 400)
  expect(kinds()).toEqual(['no-profit'])
  place.become('off')
  service.set({ tariff: CHEAP })
  await place.mine(20, 400)
  expect(place.state).toBe('off')
  expect(kinds()).toEqual([])
})

test('another margin does not end a pause', async () => {
  await paused()
  service.set({ rule: { ...RULE, marginPercent: 50 } })
  await place.mine(5, 400)
  expect(kinds()).toEqual(['no-profit'])
})

test('a pause of more than a week still goes by what was before it', async () => {
  await paused()
  // Nobody measures for nine days: the computer slept.
  place.nowMs += 9 * 86_400_000
  await place.mine(5, 400)
  expect(await rule()).toMatchObject({ state: 'paused', says: 'costs' })
  service.set({ tariff: CHEAP })
  await place.mine(20, 400)
  expect(kinds()).toEqual([])
})

test('around the edge it does not flap: hours of prices that swing by less than the margin changes nothing', async () => {
  await paused()
  // It brings 0.30 € an hour; from 0.78 € a kilowatt-hour down it would bring a tenth more than it costs.
  for (let hour = 0; hour < 6; hour++) {
    service.set({ tariff: { nanosPerKwh: ((hour % 2 === 0 ? 80n : 90n) * EUR) / 100n, bands: [] } })
    await place.mine(60, 400)
    expect(kinds()).toEqual(['no-profit'])
  }
  service.set({ tariff: { nanosPerKwh: (70n * EUR) / 100n, bands: [] } })
  await place.mine(20, 400)
  expect(kinds()).toEqual([])
  expect(pauses).toHaveLength(1)
})

test('epochs that nobody looked into never pause: mining may well pay with them', async () => {
  const power = { by: 'measured', idleWatts: 50 } as const
  service.set({ tariff: DEAR, nanosPerTao: 300n * EUR, rule: RULE, power })
  await place.mine(24, 400, EPOCH)
  place.epoch(EPOCH, false)
  await place.mine(70, 400, EPOCH)
  expect(kinds()).toEqual([])
  const { rule: now, result } = await place.view(service)
  expect(now).toMatchObject({ state: 'blind', blind: 'not-looked' })
  expect(result).toMatchObject({ verdict: 'unknown', incomes: [{ notLooked: 1 }] })
  expect(result?.net).toBeUndefined()
})

test('blocks that are missing in the books never pause, unless nothing was mined in them', async () => {
  const power = { by: 'measured', idleWatts: 50 } as const
  service.set({ tariff: DEAR, nanosPerTao: 300n * EUR, rule: RULE, power })
  // The chain of the test is 7,200 blocks of 12 s ahead of the epochs of the test: its newest block is of now.
  const gap = { fromBlock: 8_190, throughBlock: 8_200, marks: [] }
  place.storage.earningsGaps = () => [gap]
  await place.mine(90, 400, EPOCH)
  expect(kinds()).toEqual([])
  expect(await rule()).toMatchObject({ state: 'blind', blind: 'not-looked' })
  place.storage.earningsGaps = () => [{ ...gap, fromBlock: 1, throughBlock: 2 }]
  await place.mine(90, 400, EPOCH)
  expect(kinds()).toEqual(['no-profit'])
})

test('it is off until a person turns it on', async () => {
  service.set({ tariff: { nanosPerKwh: 90n * EUR, bands: [] }, nanosPerTao: EUR })
  await place.mine(90, 400, EPOCH)
  expect(kinds()).toEqual([])
  expect(await rule()).toEqual({ state: 'off' })
})

test('a cheaper band of the tariff wakes it, and the dear hours pause it again: once each', async () => {
  // Noon of the test's clock; cheap from 16:00 to 20:00.
  const days = [0, 1, 2, 3, 4, 5, 6]
  const band = { days, fromMinute: 16 * 60, toMinute: 20 * 60, nanosPerKwh: (3n * EUR) / 10n }
  const power = { by: 'measured', idleWatts: 50 } as const
  service.set({ tariff: { ...DEAR, bands: [band] }, nanosPerTao: 300n * EUR, rule: RULE, power })
  const seen: string[] = []
  for (let quarter = 0; quarter < 44; quarter++) {
    await place.mine(15, 400, EPOCH)
    const now = kinds()[0] ?? 'mines'
    if (seen.at(-1) !== now) seen.push(now)
  }
  expect(seen).toEqual(['mines', 'no-profit', 'mines', 'no-profit'])
  expect(place.logged.filter((event) => event.startsWith('profit.'))).toEqual([
    'profit.pause',
    'profit.go-on',
    'profit.pause',
  ])
  expect(pauses).toHaveLength(2)
  expect(place.nowMs % MINUTE).toBe(0)
})
