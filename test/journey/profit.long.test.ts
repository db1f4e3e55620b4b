import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { nodeCare } from '../../electron/care/node-care.ts'
import type { profitContract } from '../../shared/contract/profit.contract.ts'
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

const MINUTES = 60_000
type View = z.input<(typeof profitContract)['profit.watch']['output']>

const folder = mkdtempSync(join(tmpdir(), 'taoforge-profit-'))
let host: RunningHost
let session: HostSession

/** A card as its driver's own program tells of it: 200 W. */
function tool(): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'nvidia-smi'), '#!/bin/sh\necho "0, 60, 200.00, 90, 2000, 24564, NVIDIA GeForce RTX 4090"\n')
  chmodSync(join(bin, 'nvidia-smi'), 0o755)
  return { PATH: `${bin}:/usr/bin:/bin` }
}

beforeAll(async () => {
  const env = tool()
  const energyFile = join(folder, 'energy.json')
  host = await startInnerHost(() => ({
    care: nodeCare({ energyFile, nowMs: () => Date.now(), platform: 'linux', sys: folder, env }),
  }))
  session = await sessionWith(host)
  await session.must('network.select', { kind: 'practice' })
  await importWallet(session)
  await getRich(session)
  const hotkey = await createMiner(session)
  await registerMiner(session, hotkey)
  await session.must('models.makeSelfTest')
  await session.must('profit.set', {
    tariff: { nanosPerKwh: '300000000', bands: [] },
    nanosPerTao: '300000000000',
    power: { by: 'measured', extraWatts: 50 },
    hardware: { priceNanos: '0', resaleNanos: '0', lifeDays: 1 },
  })
  await session.must('mining.start', { netuid: 2, hotkey, modelId: 'self-test', port: 0 })
}, 3 * MINUTES)

afterAll(async () => {
  await session?.close()
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test(
  'a miner of the practice network is reckoned from what its card draws, what its epochs brought and what its place cost',
  async () => {
    // Watts are believed after a minute of them.
    const isThere = ({ data }: View) =>
      (data?.result?.incomes[0]?.epochs ?? 0) >= 3 && data?.result?.watts.mining !== undefined
    const { data } = await session.until<View>('profit.watch', isThere)
    expect(data?.play).toBe(true)
    const result = data?.result
    expect(result?.watts).toMatchObject({ mining: 250, miningBy: 'measured' })
    expect(result?.places).toMatchObject([{ paidBy: 'ledger' }])
    expect(BigInt(result?.places[0]?.paidRao ?? 0)).toBeGreaterThan(0n)
    expect(result?.lines.map(({ kind }) => kind)).toEqual(['income', 'energy', 'hardware', 'place', 'fees'])
    // 0.25 kW for the time in which it mined, which is nearly all of it.
    const power = Number(result?.lines[1]?.money?.amount) / 1e9
    expect(power).toBeLessThan(0)
    expect(power).toBeGreaterThanOrEqual(-0.25 * 24 * 0.3 - 0.01)

    const told = await taoforge(['profit', '--data', host.data])
    expect(told.exit).toBe(0)
    expect(told.lines[0]).toBe('Practice network: all TAO are play money.')
    expect(told.lines.join('\n')).toMatch(/Power +−\d.* EUR\n/)
    expect(told.lines.at(-1)).toMatch(/^The rule is off/)
  },
  8 * MINUTES,
)

test('settings that cannot be are refused with what is wrong', async () => {
  const reply = await session.call('profit.set', { currency: 'eur' })
  expect(reply).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
  expect(JSON.stringify(reply)).toMatch(/three capital letters/)
})
