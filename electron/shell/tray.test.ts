import { expect, test } from 'vitest'
import { appMenu } from './menu.ts'
import { alarmText, isMining, trayMenu, trayText } from './tray.ts'

const status = (state: 'off' | 'starting' | 'mining' | 'stopping' | 'failed', more = {}) => ({
  state,
  answered: 0,
  ...more,
})

test.each([
  [status('off'), 'Not mining', false],
  [status('starting', { subnetName: 'Apex' }), 'Starting to mine Apex', true],
  [
    status('mining', { netuid: 3, answered: 12, tokensPerSecond: 41.26 }),
    'Mining subnet 3: 12 answered, 41.3 tokens/s',
    true,
  ],
  [status('mining', { subnetName: 'Apex', answered: 1 }), 'Mining Apex: 1 answered', true],
  [
    status('mining', { netuid: 3, held: { reasons: [{ kind: 'on-battery' }], sinceMs: 0, modelFreed: false } }),
    'Mining subnet 3 is held: open the window to see why',
    true,
  ],
  [status('stopping'), 'Stopping the miner', true],
  [status('failed'), 'Mining stopped: open the window to see why', false],
] as const)('says %j', (shown, text, mining) => {
  expect(trayText(shown)).toBe(text)
  expect(isMining(shown)).toBe(mining)
})

test('a coldkey alarm stands above what the miner does, and opens the window', () => {
  expect([alarmText([]), alarmText(['a']), alarmText(['a', 'b'])]).toEqual([
    undefined,
    'Coldkey alarm for one wallet: open the window',
    'Coldkey alarm for 2 wallets: open the window',
  ])
  const done: string[] = []
  const actions = { show: () => done.push('show'), stopMining: () => undefined, quit: () => undefined }
  const [first] = trayMenu(status('off'), actions, alarmText(['a']))
  ;(first?.click as (() => void) | undefined)?.()
  expect([first?.label, done]).toEqual(['Coldkey alarm for one wallet: open the window', ['show']])
})

test('stops the miner from the tray only while there is one', () => {
  const done: string[] = []
  const actions = { show: () => done.push('show'), stopMining: () => done.push('stop'), quit: () => done.push('quit') }
  const stopItem = (state: 'off' | 'mining') =>
    trayMenu(status(state), actions).find(({ label }) => label === 'Stop mining')
  expect([stopItem('off')?.enabled, stopItem('mining')?.enabled]).toEqual([false, true])
  for (const item of trayMenu(status('mining'), actions)) (item.click as (() => void) | undefined)?.()
  expect(done).toEqual(['show', 'stop', 'quit'])
})

test('reload and developer tools are for development', () => {
  const rolesIn = (developing: boolean) => JSON.stringify(appMenu('linux', developing))
  expect(rolesIn(false)).not.toMatch(/reload|DevTools/i)
  expect(rolesIn(true)).toMatch(/toggleDevTools/)
})
