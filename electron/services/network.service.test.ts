import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import { newChain } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { type KnownNetwork, NetworkService } from './network.service.ts'
import { SettingsService } from './settings.service.ts'

// What is opened by the next start is what connected once. A real practice network answers; a closed port does not.
let node: PracticeNetwork
let dead: string
let stored: Settings
let network: NetworkService
let known: KnownNetwork[]
let opened: string[]

beforeAll(async () => {
  node = await startPractice(['--block-ms', '1000'])
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  dead = `ws://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => node.stop())
/** As the app starts with what is stored by now. */
function begun(): NetworkService {
  const storage: Partial<StoragePort> = {
    settings: () => stored,
    saveSettings: (next) => {
      stored = next
    },
  }
  return new NetworkService({
    chain: newChain(),
    practice: { start: () => Promise.reject(new Error('not asked for')), stop: async () => undefined },
    settings: new SettingsService(storage as StoragePort),
    known,
    openWallets: async (wallets) => void opened.push(wallets),
  })
}
beforeEach(() => {
  stored = DEFAULT_SETTINGS
  known = []
  opened = []
  network = begun()
})
afterEach(() => network.close())

test('what never connected does not take the place of what did, and that is said', async () => {
  const good = { kind: 'custom', endpoint: node.ws } as const
  expect(await network.select(good)).toMatchObject({ ok: true })
  expect(stored.network).toEqual(good)
  expect(network.status().nextStart).toBeUndefined()

  const slip = { kind: 'custom', endpoint: dead } as const
  expect(await network.select(slip)).toMatchObject({ ok: false, error: { code: 'chain/unreachable' } })
  expect(stored.network).toEqual(good)
  expect(network.status()).toMatchObject({ state: 'failed', choice: slip, nextStart: good })

  expect(await network.resume()).toMatchObject({ ok: true, value: { choice: good } })
  expect(network.status().nextStart).toBeUndefined()
})

test('the first choice of all is remembered, though nobody answers: its computer may never be on line', async () => {
  const slip = { kind: 'custom', endpoint: dead } as const
  expect(await network.select(slip)).toMatchObject({ ok: false })
  expect(stored.network).toEqual(slip)
  expect(network.status().nextStart).toBeUndefined()
  // What then connects takes its place.
  const good = { kind: 'custom', endpoint: node.ws } as const
  expect(await network.select(good)).toMatchObject({ ok: true })
  expect(stored.network).toEqual(good)
})

test('what somebody chooses while the app still starts is what it opens', async () => {
  const good = { kind: 'custom', endpoint: node.ws } as const
  const chosen = network.select(good)
  expect(await network.begin({ kind: 'custom', endpoint: dead })).toMatchObject({ ok: true, value: { choice: good } })
  expect(await chosen).toMatchObject({ ok: true, value: { choice: good } })
  expect(stored.network).toEqual(good)
})

test('whose wallets are shown is settled before the start opens anything, and said; a choice meanwhile is newer', async () => {
  stored = { ...DEFAULT_SETTINGS, network: { kind: 'practice' } }
  network = begun()
  const foreseen = network.foresee()
  // What asks in this very turn is answered for the right wallets.
  expect(opened).toEqual(['practice'])
  expect(network.isPractice()).toBe(true)
  expect(network.status()).toMatchObject({ state: 'starting', play: true, choice: { kind: 'practice' } })
  expect(network.choice()).toBeUndefined()
  await foreseen
  const good = { kind: 'custom', endpoint: node.ws } as const
  expect(await network.select(good)).toMatchObject({ ok: true })
  expect(network.isPractice()).toBe(false)
  expect(opened).toEqual(['practice', 'real'])
  await network.foresee()
  expect(opened).toEqual(['practice', 'real'])
})

test('without a network to open the real wallets are shown', async () => {
  await network.foresee()
  expect(opened).toEqual(['real'])
  expect(network.status()).toMatchObject({ state: 'idle', play: false })
})

test('what the start was told goes before what is remembered', async () => {
  stored = { ...DEFAULT_SETTINGS, network: { kind: 'practice' } }
  network = begun()
  await network.foresee({ kind: 'custom', endpoint: node.ws })
  expect(opened).toEqual(['real'])
  expect(await network.begin({ kind: 'custom', endpoint: node.ws })).toMatchObject({ ok: true })
})

test('a practice network that was left, or replaced, before it was begun is not started', async () => {
  const left = network.select({ kind: 'practice' })
  await network.leave()
  expect(await left).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
  const replaced = network.select({ kind: 'practice' })
  const good = { kind: 'custom', endpoint: node.ws } as const
  expect(await network.select(good)).toMatchObject({ ok: true, value: { choice: good } })
  expect(await replaced).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
})

test('the start opens what it was told to, else the last one', async () => {
  const good = { kind: 'custom', endpoint: node.ws } as const
  expect(await network.begin()).toMatchObject({ ok: true, value: { state: 'idle' } })
  expect(await network.begin(good)).toMatchObject({ ok: true, value: { choice: good } })
})

test('a node of one’s own that follows a real network is none of a local chain, whatever it is called', async () => {
  known.push({ kind: 'local', label: 'Local', endpoints: [node.ws] })
  expect(await network.select({ kind: 'local' })).toMatchObject({ ok: true })
  const { genesis } = node
  known.push({ kind: 'finney', label: 'Finney', endpoints: [], genesis: genesis.toUpperCase().replace('X', 'x') })
  expect(await network.select({ kind: 'local' })).toEqual({
    ok: false,
    error: { code: 'chain/not-local', endpoint: node.ws, network: 'Finney' },
  })
  expect([network.genesis(), network.status().state]).toEqual([undefined, 'failed'])
  // Under its own address it is held to the rules of real ones.
  expect(await network.select({ kind: 'custom', endpoint: node.ws })).toMatchObject({ ok: true })
})
