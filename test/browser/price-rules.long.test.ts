import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '../../shared/result.ts'
import { netuid, rao } from '../../shared/units/amounts.ts'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  sessionWith,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { playScene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'

let host: RunningHost
let session: HostSession
let driver: PageDriver
let hotkey: string

const look = async (name: string) => expect.soft(await driver.look(name, { narrow: true })).toEqual([])

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '500'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  await getRich(session, '1000000000000')
  hotkey = await createMiner(session)
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('a place that waits for its price', { timeout: 180_000 }, () => {
  const fill = async (most: string, hours: string) => {
    await driver.press('Set a rule')
    await driver.page.getByLabel('Subnet', { exact: true }).selectOption('2')
    await driver.page.getByLabel('Hotkey that gets the place').selectOption(hotkey)
    await driver.field('Most that the place may cost, TAO').fill(most)
    await driver.field('For how many hours').fill(hours)
  }

  it('is refused without an amount or a time', async () => {
    await driver.go('watch')
    await fill('0', '721')
    await driver.sees('An amount above 0, as 0.25.')
    await driver.sees('A whole number from 1 to 720.')
    await look('price-rule-wrong')
    await driver.press('Cancel')
  })

  it('waits in sight, and is taken back', async () => {
    await fill('0.000001', '24')
    await driver.press('Let it wait and buy once')
    await driver.sees('At the last look a place cost')
    await look('price-rule-waiting')
    await driver.press('Take it back')
    await driver.sees('Taken back. Nothing was bought.')
  })

  it('buys once the price is met, and says which place', async () => {
    await fill('50', '1')
    await driver.press('Let it wait and buy once')
    const newest = async () =>
      (await session.must<{ rules: readonly { state: { kind: string } }[] }>('registration.rules', {})).rules.at(-1)
        ?.state
    await expect.poll(newest, { timeout: 90_000, interval: 1_000 }).toMatchObject({ kind: 'done' })
    await driver.sees(/Bought: uid \d+, in block \d+/)
    await look('price-rule-bought')
    const options = await session.must<readonly { netuid: number; mine: readonly { hotkey: string }[] }[]>(
      'mining.options',
      {},
    )
    expect(options.find(({ netuid }) => netuid === 2)?.mine.map((one) => one.hotkey)).toEqual([hotkey])
    expect(driver.complaints).toEqual([])
  })
})

it('rules of earlier that could not be read are told of, with where they are kept, as is one that ends another day', async () => {
  const aside = ['/home/ann/.taoforge/price-rules.json.unreadable', '/home/ann/.taoforge/price-rules.json.unreadable-2']
  const DAY_MS = 86_400_000
  const { wallets, network } = real
  const [wallet] = wallets.wallets
  if (!wallet?.hotkeys[0]) throw new Error('the scene has a hotkey')
  const rule = {
    ...{ id: 'r', genesis: network.facts?.genesis ?? '', coldkey: wallet.address, hotkey: wallet.hotkeys[0].address },
    ...{ netuid: netuid(8), most: rao(250_000_000n), setAtMs: Date.now(), untilMs: Date.now() + DAY_MS },
    state: { kind: 'waiting' } as const,
  }
  const scene = await playScene({
    ...real,
    answers: { ...real.answers, 'registration.rules': async () => ok({ rules: [rule], aside }) },
  })
  const window = await PageDriver.open(scene.url)
  await window.go('watch')
  await window.sees('Rules that were set earlier could not be read.')
  await window.sees(aside[1] ?? '')
  await window.sees(/Waits until \d{4}-\d\d-\d\d \d\d:\d\d/)
  expect.soft(await window.look('price-rules-aside', { narrow: true })).toEqual([])
  expect(window.complaints).toEqual([])
  await window.close()
  await scene.stop()
}, 60_000)
