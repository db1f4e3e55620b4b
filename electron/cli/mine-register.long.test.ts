import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getRich, type HostSession, importWallet, sessionWith } from '../../test/support/host-session.ts'
import { programPath } from '../../test/support/programs.ts'
import { type OwnHost, startHost } from '../../test/support/running-host.ts'

// The program of the terminal, a headless host and the practice chain, each in its own process.
const root = fileURLToPath(new URL('../..', import.meta.url))
const NETUID = 2
let host: OwnHost
let session: HostSession
const hotkeys: string[] = []

const run = (args: readonly string[]): Promise<{ code: number | null; out: string; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [programPath('electron/cli/main.ts'), 'mine', 'register', '--data', host.data, ...args],
      { cwd: root },
    )
    let [out, said] = ['', '']
    child.stdout.on('data', (text) => (out += text))
    child.stderr.on('data', (text) => (said += text))
    child.once('exit', (code) => resolve({ code, out, said }))
  })
const listed = (keys: readonly string[]) => ['--netuid', String(NETUID), ...keys.flatMap((key) => ['--hotkey', key])]

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  await importWallet(session)
  await getRich(session)
  for (const name of ['one', 'two', 'three']) {
    const { address } = await session.must<{ address: string }>('wallet.createHotkey', { wallet: 'a', name })
    hotkeys.push(address)
  }
}, 120_000)
afterAll(async () => {
  await session.close()
  await host.stop()
})

const uids = async () => {
  const plans = await Promise.all(
    hotkeys.map((hotkey) => session.call('registration.plan', { netuid: NETUID, hotkey, tolerancePpm: 0 })),
  )
  return plans.filter((plan) => !plan.ok && (plan.error as { code: string }).code === 'register/already-registered')
    .length
}

test('three hotkeys get their places in one go, and a list that is given again goes on', async () => {
  // Too little for all of them: nothing is bought.
  expect((await run([...listed(hotkeys), '--yes-spend-up-to', '0.000001'])).code).not.toBe(0)
  expect(await uids()).toBe(0)
  const first = await run([...listed(hotkeys.slice(0, 1)), '--yes-spend-up-to', '100'])
  expect([first.code, first.said]).toEqual([0, expect.stringContaining('has uid')])
  const all = await run([...listed(hotkeys), '--yes-spend-up-to', '100'])
  expect([all.code, all.said]).toEqual([0, expect.stringContaining('nothing is paid')])
  expect(await uids()).toBe(3)
  const again = await run([...listed(hotkeys), '--yes-spend-up-to', '0'])
  expect(again.code).toBe(0)
}, 180_000)
