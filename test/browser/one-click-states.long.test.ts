import { afterEach, expect, test } from 'vitest'
import type { GoChoice, GoState } from '../../shared/mining/one-click.ts'
import { GO_IDLE, goSteps } from '../../shared/mining/one-click.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid } from '../../shared/units/amounts.ts'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const wallet = real.wallets.wallets[0]
if (!wallet?.hotkeys[0]) throw new Error('the scene has a hotkey')
const LONG = 'A subnet with a name that goes on and on, far beyond what anybody would read, and then some more'

const choice: GoChoice = {
  network: 'finney',
  genesis: `0x${'2f'.repeat(32)}`,
  coldkey: wallet.address,
  netuid: netuid(8),
  subnetName: LONG,
  hotkey: wallet.hotkeys[0].address,
  hotkeyName: 'rig-1',
  adapter: 'axon-chat',
  adapterTitle: 'Chat over axon v10',
  modelId: 'qwen',
  modelName: 'Qwen 2.5 7B Instruct with a long name of its own, Q4_K_M',
  understood: true,
  tolerancePpm: 300_000,
}
const facts: GoState['facts'] = [
  { about: 'hardware', kind: 'good', text: 'The model fits into the memory of the graphics card.' },
  { about: 'reach', kind: 'warn', text: 'Nobody has shown yet that validators can reach this computer.' },
]
const chosen = { choose: { state: 'done', value: LONG }, check: { state: 'done', value: 'ready' } } as const
const state = (change: Partial<GoState>): GoState => ({ ...GO_IDLE, choice, marks: chosen, facts, ...change })

async function show(go: GoState, answers: Scene['answers'] = {}): Promise<PageDriver> {
  const scene: Scene = {
    ...real,
    answers: {
      ...real.answers,
      'oneClick.watch': (_input, emit) => emit({ ...go, steps: [...goSteps(go)] }),
      ...answers,
    },
  }
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  await driver.go('mine')
  return driver
}

test.each<[string, GoState, RegExp]>([
  ['checking', state({ phase: 'running', step: 'check', marks: { choose: chosen.choose }, facts: [] }), /Check/],
  [
    'downloading',
    state({ phase: 'running', step: 'download', fraction: 0.37, note: '1.6 of 4.4 GB' }),
    /1\.6 of 4\.4 GB/,
  ],
  [
    'wrong-hash',
    state({
      phase: 'failed',
      step: 'download',
      error: { code: 'model/hash-mismatch', file: '/m/qwen.gguf', expected: 'a'.repeat(64), actual: 'b'.repeat(64) },
    }),
    /Download/,
  ],
  [
    'disk-full',
    state({
      phase: 'failed',
      step: 'check',
      marks: { choose: chosen.choose },
      error: { code: 'storage/disk-full', path: '/home/somebody/models', neededBytes: 4_700_000_000 },
    }),
    /full|room|space/i,
  ],
  [
    'sealed-hotkey',
    state({
      phase: 'failed',
      step: 'check',
      marks: { choose: chosen.choose },
      error: { code: 'keys/hotkey-locked', name: 'rig-1' },
    }),
    /The hotkey is locked/,
  ],
  ['stopped', state({ phase: 'stopped', step: 'benchmark', stoppedBy: 'restart' }), /Benchmark/],
  ['registering', state({ phase: 'running', step: 'register', sent: 'p1', note: 'on its way' }), /Register/],
])('the way to mining, %s, is told in light and dark and in a narrow window', async (name, go, words) => {
  const driver = await show(go)
  await driver.page.getByRole('main').getByText(words).first().waitFor()
  expect(await driver.look(`go-${name}`, { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})

test('a sealed hotkey is opened where it is in the way, a wrong password keeps it there, and the right one goes on', async () => {
  const asked: unknown[] = []
  const rig = wallet.hotkeys[0]
  const sealed = state({ phase: 'failed', step: 'check', error: { code: 'keys/hotkey-locked', name: 'rig-1' } })
  const driver = await show(sealed, {
    'wallet.unlockHotkey': async ({ wallet: of, name }) => {
      asked.push([of, name])
      return asked.length === 1 || !rig ? err({ code: 'keys/wrong-password' }) : ok({ ...rig, unlocked: true })
    },
    'oneClick.resume': async (input) => {
      asked.push(input)
      return err({ code: 'mining/already-running' })
    },
  })
  const field = driver.page.getByLabel('Password of the hotkey rig-1')
  await field.fill('wrong')
  await driver.press('Unlock the hotkey')
  await driver.sees('The password is wrong.')
  expect(await field.inputValue()).toBe('')
  await field.fill('right')
  await field.press('Enter')
  await expect.poll(() => asked).toEqual([[wallet.name, 'rig-1'], [wallet.name, 'rig-1'], {}])
})

test('where nothing is proposed, it says why', async () => {
  const nothing = 'No subnet here pays a miner of this kind by its own numbers, and none is yours.'
  const driver = await show(GO_IDLE, { 'oneClick.propose': async () => ok({ candidates: [], nothing, asks: [] }) })
  await driver.sees(nothing)
  expect(await driver.look('go-nothing')).toEqual([])
})
