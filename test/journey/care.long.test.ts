import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeCare } from '../../electron/care/node-care.ts'
import type { LlmPort } from '../../electron/llm/llm.port.ts'
import type { CareState } from '../../shared/care/care-state.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  registerMiner,
  sessionWith,
  stateOf,
} from '../support/host-session.ts'
import { startInnerHost } from '../support/inner-host.ts'
import type { RunningHost } from '../support/running-host.ts'

const MINUTES = 60_000
const folder = mkdtempSync(join(tmpdir(), 'taoforge-heat-'))
let host: RunningHost
let session: HostSession
let llm: LlmPort
let start: object

/** What the card says from now on: a real program on the path, as the driver's own is. */
function card(celsius: number): void {
  writeFileSync(join(folder, 'line'), `0, ${celsius}, 180.50, 90, 2000, 24564, NVIDIA GeForce RTX 4090\n`)
}
function tool(): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'nvidia-smi'), `#!/bin/sh\ncat ${join(folder, 'line')}\n`)
  chmodSync(join(bin, 'nvidia-smi'), 0o755)
  return { PATH: `${bin}:/usr/bin:/bin` }
}

const care = (wanted: (state: CareState) => boolean) => session.until<CareState>('care.watch', wanted)
const miner = (wanted: (status: MiningStatus) => boolean) => session.until<MiningStatus>('mining.status', wanted)

beforeAll(async () => {
  card(60)
  const env = tool()
  host = await startInnerHost((ports) => {
    llm = ports.llm
    const energyFile = join(folder, 'energy.json')
    return { care: nodeCare({ energyFile, nowMs: () => Date.now(), platform: 'linux', sys: folder, env }) }
  })
  session = await sessionWith(host)
  await session.must('network.select', { kind: 'practice' })
  await importWallet(session)
  await getRich(session)
  const hotkey = await createMiner(session)
  await registerMiner(session, hotkey)
  await session.must('models.makeSelfTest')
  start = { netuid: 2, hotkey, modelId: 'self-test', port: 0 }
}, 2 * MINUTES)

afterAll(async () => {
  await session?.close()
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a rule cannot be turned on for what nobody can read, or for what nobody confirmed', async () => {
  expect(await session.call('care.set', { idleAfterMs: 300_000 })).toMatchObject({
    ok: false,
    error: { code: 'mining/idle-unknown' },
  })
  expect(await session.call('care.set', { startsByRule: true })).toMatchObject({
    ok: false,
    error: { code: 'mining/nothing-confirmed' },
  })
})

test(
  'a card that gets hot has callers wait; when it has cooled they are served again, without a hand',
  async () => {
    const { settings } = await care(() => true)
    await session.must('care.set', { freesModel: true, heat: { ...settings.heat, atLeastMs: 1_000 } })
    await session.must('mining.start', start)
    await miner(({ answered }) => answered > 0)

    card(91)
    await miner(({ held }) => held?.reasons.some(({ kind }) => kind === 'too-hot') === true && held.modelFreed)
    expect((await care(() => true)).reasons).toEqual([
      {
        kind: 'too-hot',
        part: 'graphics card',
        celsius: 91,
        limitCelsius: 85,
        resumesAtCelsius: 75,
        freesModel: true,
      },
    ])
    const waiting = await miner(({ recent }) => recent[0]?.status === 503)
    expect(waiting).toMatchObject({ state: 'mining', startedBy: 'hand' })
    expect(llm.status().pid).toBeUndefined()

    card(80)
    const warm = await care(
      ({ readings }) => readings?.gpus.state === 'known' && readings.gpus.value[0]?.temperatureC === 80,
    )
    expect(warm.reasons).toMatchObject([{ kind: 'too-hot', celsius: 80 }])

    card(60)
    const back = await miner(({ held, answered }) => held === undefined && answered > waiting.answered)
    expect(back.state).toBe('mining')
    const { power } = await care(({ power }) => (power?.sinceStart.miningWattHours ?? 0) > 0)
    expect(power).toMatchObject({ watts: 180.5, partial: true })
  },
  3 * MINUTES,
)

test(
  'a model’s process that is killed five times is not tried a sixth time, and the wallet notices nothing',
  async () => {
    const before = await stateOf(host, session)
    for (let kills = 1; kills <= 5; kills++) {
      await expect.poll(() => llm.status().state, { timeout: 60_000 }).toBe('ready')
      const pid = llm.status().pid!
      process.kill(pid, 'SIGKILL')
      await expect.poll(() => llm.status().pid, { timeout: 60_000 }).not.toBe(pid)
      await care(({ restarts }) => restarts.deaths.length === kills)
    }
    const { restarts, rule } = await care(({ restarts }) => restarts.gaveUpAtMs !== undefined)
    expect(restarts.deaths.map(({ worker }) => worker)).toEqual(Array(5).fill('llm'))
    expect(restarts.againAtMs).toBeUndefined()
    expect(rule.state).toBe('off')
    await miner(({ state }) => state === 'off')
    expect(llm.status()).toMatchObject({ state: 'off' })
    const { mining: _, ...wallet } = before
    // An epoch may have passed: what it paid is the ledger's, not the keys'.
    expect(await stateOf(host, session)).toMatchObject({ open: wallet['open'], files: wallet['files'], mining: 'off' })

    await session.must('mining.start', start)
    const { answered } = await miner(({ answered }) => answered > 0)
    expect(answered).toBeGreaterThan(0)
    expect((await care(() => true)).restarts).toEqual({ deaths: [] })
  },
  5 * MINUTES,
)

test(
  'a rule begins the miner within its hours, ends it with them, and minds a stop by hand',
  async () => {
    const now = new Date()
    const minute = now.getHours() * 60 + now.getMinutes()
    // Hours that began half an hour ago and end in half an hour, and others that are half a day away.
    const at = (shift: number) => (minute + shift + 1440) % 1440
    const band = (from: number, to: number) => [{ days: [0, 1, 2, 3, 4, 5, 6], fromMinute: at(from), toMinute: at(to) }]
    const inside = band(-30, 30)
    const outside = band(690, 750)

    await session.must('care.set', { startsByRule: true, schedule: inside })
    expect((await care(() => true)).rule).toEqual({ state: 'by-hand' })
    await session.must('mining.stop', {})
    expect((await care(({ rule }) => rule.state === 'stood-down')).reasons).toEqual([])

    await session.must('care.set', { schedule: outside })
    await care(({ rule, reasons }) => rule.state === 'waits' && reasons[0]?.kind === 'schedule')
    await session.must('care.set', { schedule: inside })
    expect(await miner(({ state }) => state === 'mining')).toMatchObject({ startedBy: 'rule' })
    expect((await care(({ rule }) => rule.state === 'runs')).choice).toMatchObject({ netuid: 2, network: 'practice' })

    await session.must('care.set', { schedule: outside })
    await miner(({ state }) => state === 'off')
    expect((await care(({ rule }) => rule.state === 'waits')).reasons).toMatchObject([{ kind: 'schedule' }])
  },
  3 * MINUTES,
)
