import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { nodeCare } from '../../electron/care/node-care.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { profitContract } from '../../shared/contract/profit.contract.ts'
import { ok } from '../../shared/result.ts'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  registerMiner,
  sessionWith,
} from '../support/host-session.ts'
import { startInnerHost } from '../support/inner-host.ts'
import { type RunningHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'

// The rule of profit on a whole host with a miner that is really called. Only its clock is put forward, where a rule waits.

type View = z.input<(typeof profitContract)['profit.watch']['output']>
type Rule = NonNullable<View['data']>['rule']
interface Notices {
  readonly notices: readonly { readonly alert: { readonly kind: string; readonly why?: string } }[]
}

const MINUTES = 60_000
const DEAR = { nanosPerKwh: String(10n ** 15n), bands: [] }
const data = mkdtempSync(join(tmpdir(), 'taoforge-pause-'))
/** How far the clock of the host is ahead. Unit: ms. */
let aheadMs = 0
const posts: string[] = []
let host: RunningHost
let session: HostSession
let driver: PageDriver

/** A card as its driver's own program tells of it: 200 W. */
function card(): NodeJS.ProcessEnv {
  const bin = join(data, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'nvidia-smi'), '#!/bin/sh\necho "0, 60, 200.00, 90, 2000, 24564, NVIDIA GeForce RTX 4090"\n')
  chmodSync(join(bin, 'nvidia-smi'), 0o755)
  return { PATH: `${bin}:/usr/bin:/bin` }
}
async function open(): Promise<void> {
  const nowMs = () => Date.now() + aheadMs
  const energyFile = join(data, 'energy.json')
  host = await startInnerHost(
    ({ clock }) => ({
      clock: { nowMs, after: (ms, run) => clock.after(ms, run), every: (ms, run) => clock.every(ms, run) },
      care: nodeCare({ energyFile, nowMs, platform: 'linux', sys: data, env: card() }),
      webhook: {
        post: async (_to, body) => {
          posts.push(body)
          return ok(null)
        },
      },
    }),
    { data, keepsData: true },
  )
  session = await sessionWith(host)
  await session.must('network.select', { kind: 'practice' })
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
}
const rule = async (wanted: (rule: Rule) => boolean): Promise<Rule> => {
  const { data } = await session.until<View>('profit.watch', ({ data }) => data !== undefined && wanted(data.rule))
  // The cast: only what has one is waited for.
  return data?.rule as Rule
}
const miner = (wanted: (status: MiningStatus) => boolean) => session.until<MiningStatus>('mining.status', wanted)
const isHeld = ({ held }: MiningStatus) => held?.reasons.some(({ kind }) => kind === 'no-profit') === true
const pauses = async () =>
  (await session.until<Notices>('alerts.watch')).notices.filter(({ alert }) => alert.kind === 'mining-paused')

/** Other alerts of the place may come, too. */
const posted = (): readonly { readonly kind: string }[] =>
  // The cast: bodies of the app itself.
  posts.map((body) => JSON.parse(body) as { readonly kind: string }).filter(({ kind }) => kind === 'mining-paused')

beforeAll(async () => {
  await open()
  await importWallet(session)
  await getRich(session)
  const hotkey = await createMiner(session)
  await registerMiner(session, hotkey)
  await session.must('models.makeSelfTest')
  await session.must('profit.set', {
    tariff: DEAR,
    nanosPerTao: '1000000000',
    power: { by: 'measured', idleWatts: 50 },
    hardware: { priceNanos: '0', resaleNanos: '0', lifeDays: 1 },
  })
  await session.must('mining.start', { netuid: 2, hotkey, modelId: 'self-test', port: 0 })
  await miner(({ answered }) => answered > 0)
  await session.must('care.set', { startsByRule: true })
  await session.must('alerts.set', { webhook: { url: 'https://alerts.example/T0', withAddresses: false } })
  driver = await PageDriver.open(host.url)
}, 4 * MINUTES)

afterAll(async () => {
  await driver?.close()
  await session?.close().catch(() => undefined)
  await host?.stop()
  rmSync(data, { recursive: true, force: true })
}, MINUTES)

test(
  'off until it is turned on; then a quarter of an hour at a loss pauses it, and everybody is told',
  async () => {
    const { data: before } = await session.until<View>(
      'profit.watch',
      ({ data }) => (data?.result?.incomes[0]?.epochs ?? 0) >= 3 && data?.result?.watts.mining !== undefined,
    )
    expect(before?.result?.watts).toMatchObject({ mining: 200, miningBy: 'measured' })
    expect(before?.rule).toEqual({ state: 'off' })
    expect(before?.result?.verdict).toBe('costs')
    await driver.go('profit')
    await driver.sees(/cost .* EUR a day more than it brought/)
    expect(await driver.look('profit-real-loses', { narrow: true })).toEqual([])

    await session.must('profit.set', {
      rule: { pauseAfterHours: 0.25, wakeAfterHours: 0, leastPauseHours: 0, marginPercent: 10 },
    })
    const against = await rule(({ changesAtMs }) => changesAtMs !== undefined)
    expect(against).toMatchObject({ state: 'watches', says: 'costs' })
    // Short of the quarter nothing happens yet.
    aheadMs += 13 * MINUTES
    await session.must('profit.set', { spanDays: 1 })
    expect((await rule(({ brings }) => brings !== undefined)).state).toBe('watches')
    aheadMs += 2 * MINUTES
    await session.must('profit.set', { spanDays: 7 })
    await rule(({ state }) => state === 'paused')

    const told = await pauses()
    expect(told).toHaveLength(1)
    expect(told[0]?.alert.why).toMatch(/^By the prices of now an hour of mining brings .* the power that it adds costs/)
    expect(posted()).toHaveLength(1)
    expect(posted()[0]).toMatchObject({ play: true, kind: 'mining-paused', netuid: 2, why: told[0]?.alert.why })
    const log = readFileSync(join(data, 'logs', 'taoforge.log'), 'utf8')
    expect(log.split('\n').filter((line) => line.includes('profit.pause'))).toHaveLength(1)
    const cli = await taoforge(['profit', '--data', data])
    expect(cli.lines.at(-1)).toMatch(/^The rule has paused mining\./)
    await driver.sees('Paused: power costs more than mining brings.')
    expect(await driver.look('profit-real-paused', { narrow: true })).toEqual([])
  },
  6 * MINUTES,
)

test(
  'callers are told to wait while it is paused, and it stays announced',
  async () => {
    const held = await miner((status) => isHeld(status) && status.recent[0]?.status === 503)
    expect(held).toMatchObject({ state: 'mining' })
    const later = await miner(({ refused }) => (refused.held ?? 0) > 0)
    expect(later.answered).toBe(held.answered)
    await driver.go('mine')
    await driver.sees(/By the prices of now an hour of mining brings/)
    expect(await driver.look('profit-real-mine', { narrow: true })).toEqual([])
  },
  4 * MINUTES,
)

test(
  'a restart takes no pause with it: the rule that begins the miner again finds it paused, and nobody is told twice',
  async () => {
    const before = await rule(({ state }) => state === 'paused')
    await driver.close()
    await session.close().catch(() => undefined)
    await host.stop()
    await open()
    driver = await PageDriver.open(host.url)
    const status = await miner(({ state }) => state === 'mining')
    expect(status).toMatchObject({ startedBy: 'rule', answered: 0 })
    await miner((now) => isHeld(now))
    expect((await rule(({ state }) => state === 'paused')).sinceMs).toBe(before.sinceMs)
    expect(await pauses()).toHaveLength(1)
    expect(posted()).toHaveLength(1)
  },
  6 * MINUTES,
)

test(
  'hours with a cheaper tariff wake it, and it answers again without a hand',
  async () => {
    const free = { days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 0, toMinute: 0, nanosPerKwh: '1' }
    await session.must('profit.set', { tariff: { ...DEAR, bands: [free] } })
    expect(await rule(({ state }) => state === 'watches')).toMatchObject({ says: 'brings' })
    await miner((status) => !isHeld(status) && status.answered > 0)
    expect(await pauses()).toHaveLength(1)
    await driver.go('profit')
    await driver.sees('Where it would come out even')
    expect(await driver.page.getByText('Paused: power costs more than mining brings.').count()).toBe(0)
    const cli = await taoforge(['profit', '--data', data])
    expect(cli.lines.at(-1)).toMatch(/^The rule lets it mine\./)
    expect(await driver.look('profit-real-again', { narrow: true })).toEqual([])
  },
  5 * MINUTES,
)

test(
  'what a person stopped the rule never begins',
  async () => {
    await session.must('mining.stop')
    await miner(({ state }) => state === 'off')
    await rule(({ state }) => state === 'no-miner')
    await session.must('profit.set', { tariff: { nanosPerKwh: '1', bands: [] } })
    // A look of the rule later.
    await new Promise((resolve) => setTimeout(resolve, 1.2 * MINUTES))
    await miner(({ state }) => state === 'off')
    expect((await rule(() => true)).state).toBe('no-miner')
  },
  4 * MINUTES,
)
