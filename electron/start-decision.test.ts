import { expect, test } from 'vitest'
import { decideStart, type StartFacts } from './start-decision.ts'

const desktop: StartFacts = {
  env: { DISPLAY: ':0' },
  platform: 'linux',
  userId: 1000,
  hasElectron: () => true,
  canFetch: async () => true,
  fetchElectron: async () => true,
}
const missing = { hasElectron: () => false }
const mustNotFetch = {
  ...missing,
  canFetch: async () => {
    throw new Error('asked the network')
  },
}

test.each<[string, Partial<StartFacts>, 'window' | 'browser', boolean, RegExp]>([
  ['Electron and a screen', {}, 'window', true, /own window/],
  ['Electron that could be fetched', missing, 'window', true, /own window/],
  ['a Wayland screen', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'window', true, /own window/],
  ['macOS, which always has a screen', { env: {}, platform: 'darwin' }, 'window', true, /own window/],
  ['no Electron and no way to it', { ...missing, canFetch: async () => false }, 'browser', true, /cannot be reached/],
  ['a fetch that failed', { ...missing, fetchElectron: async () => false }, 'browser', true, /could not be fetched/],
  ['root', { userId: 0 }, 'browser', true, /root/],
  ['no screen', { ...mustNotFetch, env: {} }, 'browser', false, /no screen/],
  [
    'a remote shell',
    { ...mustNotFetch, env: { DISPLAY: ':10', SSH_CONNECTION: '1' } },
    'browser',
    false,
    /remote shell/,
  ],
  ['a CI run', { ...mustNotFetch, env: { DISPLAY: ':99', CI: 'true' } }, 'browser', false, /CI run/],
])('with %s', async (_what, facts, where, open, why) => {
  const decision = await decideStart({ ...desktop, ...facts })
  expect([decision.where, decision.open]).toEqual([where, open])
  expect(decision.line).toMatch(why)
  expect(decision.line).not.toContain('\n')
})
