import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert } from '../../shared/alerts/alert.ts'
import { DEFAULT_ALERTS } from '../../shared/alerts/alert-settings.ts'
import { planRegister } from '../../shared/registration/plan-register.ts'
import { netuid, rao, type Ss58 } from '../../shared/units/amounts.ts'
import { TestAccount } from '../../test/support/chain/account.ts'
import { must, never, newChain, send, untilBlock } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { Fresh } from './live-read.ts'
import { RegistrationRecorder } from './registration-recorder.ts'
import { RegistrationWatch, type WatchView } from './registration-watch.ts'

const CHAT = netuid(2)
let network: PracticeNetwork
let storage: StoragePort
let folder: string
const chain = newChain()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-watch-'))
  storage = sqliteStorage(folder)
  network = await startPractice(['--block-ms', '250'])
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
  storage.close()
  rmSync(folder, { recursive: true })
})

const log = { log: () => undefined }
const genesis = () => network.genesis
const best = (): number => {
  const state = chain.state()
  return state.state === 'ready' ? state.best.number : 0
}

async function register(account: TestAccount): Promise<void> {
  const request = { netuid: CHAT, hotkey: account.address, tolerancePpm: 500_000 }
  const snapshot = must(await chain.registerSnapshot(account.address, request))
  const events = await send(chain, account, must(planRegister(request, snapshot)))
  expect(events.at(-1)?.stage).toBe('finalized')
}

test('a place is watched from its registration on, which was seen and is counted, and its price was recorded', async () => {
  const account = new TestAccount()
  const { block } = must(await chain.playMoney(account.address, rao(1_000_000_000_000n)))
  await untilBlock(chain, block)
  const raised: Alert[] = []
  let hotkeys: readonly Ss58[] = [account.address]
  const recorder = new RegistrationRecorder({ chain, storage, log, genesis })
  const watch = new RegistrationWatch({
    ...{ chain, storage, log, genesis, recorder },
    hotkeys: () => hotkeys,
    alerts: {
      raise: (alert) => raised.push(alert) > 0,
      over: () => undefined,
      settings: () => ({ ...DEFAULT_ALERTS, immunityHours: 720, registrationsLeft: 1_000 }),
    },
  })
  const ending = new AbortController()
  const views: Fresh<WatchView>[] = []
  const changed = new Set<() => void>()
  watch.watch((next) => {
    views.push(next)
    for (const look of changed) look()
  }, ending.signal)
  const untilPlaces = (count: number) =>
    new Promise<WatchView>((done) => {
      const look = () => {
        const data = views.at(-1)?.data
        if (data?.places.length === count) done(data)
      }
      changed.add(look)
      look()
    })
  await untilPlaces(0)
  expect(views.filter(({ error }) => error)).toEqual([])
  await register(account)
  const first = await untilPlaces(1)
  const facts = must(await chain.registrationFacts(CHAT))
  const own = facts.places.find(({ hotkey }) => hotkey === account.address)
  expect(first.places).toMatchObject([
    { netuid: 2, uid: own?.uid, hotkey: account.address, registeredAt: own?.registeredAt },
  ])
  // With such limits it is in danger, or its immunity ends soon.
  expect(raised[0]).toMatchObject({ uid: own?.uid, netuid: 2 })
  expect(storage.ownPlaces(network.genesis)).toMatchObject([{ uid: own?.uid, registeredAt: own?.registeredAt }])
  while (storage.lastPlacePrices(network.genesis) === undefined) await untilBlock(chain, best() + 1)
  const { lines, registrations, days } = recorder.course(CHAT, {
    block: best(),
    price: facts.price,
    span: 7_200,
    rules: facts.rules,
  })
  expect(registrations).toEqual([{ block: own?.registeredAt, uid: own?.uid }])
  expect(lines.length).toBeGreaterThanOrEqual(1)
  expect(storage.placePrices(network.genesis, CHAT, 0)[0]?.price).toBeGreaterThan(0n)
  expect(days[0]).toMatchObject({ registrations: 1 })
  // A hotkey of another folder of wallets is not a place that was lost.
  const before = raised.length
  hotkeys = []
  await untilPlaces(0)
  expect(raised.length).toBe(before)
  expect(storage.ownPlaces(network.genesis).length).toBe(1)
  ending.abort()
  watch.close()
})

test('spans that touch are one, others are apart; what is old is forgotten, and what a chain that began again cannot know', () => {
  const G = '0xspans'
  const seen = (block: number) => ({ netuid: CHAT, block, uid: 1 })
  storage.recordRegistrations(G, { from: 10, to: 20 }, [seen(12)])
  storage.recordRegistrations(G, { from: 21, to: 40 }, [seen(30), seen(30)])
  storage.recordRegistrations(G, { from: 60, to: 70 }, [])
  expect(storage.watchedSpans(G, 0)).toEqual([
    { from: 10, to: 40 },
    { from: 60, to: 70 },
  ])
  expect(storage.registrations(G, CHAT, 0).map(({ block }) => block)).toEqual([12, 30])
  storage.forgetRegistrationsBefore(G, 25)
  expect([storage.watchedSpans(G, 0)[0], storage.registrations(G, CHAT, 0).length]).toEqual([{ from: 25, to: 40 }, 1])
  const price = rao(5n)
  for (const block of [0, 150, 300, 450, 600])
    storage.recordPlacePrices(G, { block, prices: [{ netuid: CHAT, price }] })
  storage.thinPlacePrices(G, { olderThan: 600, every: 300 })
  expect(storage.placePrices(G, CHAT, 0).map(({ block }) => block)).toEqual([0, 300, 600])
  storage.forgetPlacesAfter(G, 35)
  expect([storage.lastPlacePrices(G), storage.watchedSpans(G, 0), storage.registrations(G, CHAT, 0).length]).toEqual([
    0,
    [{ from: 25, to: 35 }],
    1,
  ])
  expect([storage.lastPlacePrices('0xnew'), storage.watchedSpans('0xnew', 0)]).toEqual([undefined, []])
})
