import { afterEach, expect, test } from 'vitest'
import type { Alert } from '../../shared/alerts/alert.ts'
import { DEFAULT_ALERTS } from '../../shared/alerts/alert-settings.ts'
import type { AlertsView } from '../../shared/contract/alerts.contract.ts'
import type { PlaceCourse, PlaceWatch } from '../../shared/contract/registration.contract.ts'
import {
  type PricePoint,
  priceAfter,
  priceAfterRegistration,
  projectedPrices,
} from '../../shared/registration/price-course.ts'
import { courseLines } from '../../shared/registration/recorded-course.ts'
import type { WatchedPlace } from '../../shared/registration/watch.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const TAO = 1_000_000_000n
const BLOCK = real.network.best?.number ?? 9_583_214
const hotkey = real.wallets.wallets[0]?.hotkeys[0]?.address ?? ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const place = (more: Partial<WatchedPlace> = {}): WatchedPlace => ({
  ...{ netuid: netuid(8), uid: 212, hotkey, registeredAt: BLOCK - 9_000, block: BLOCK, emission: 3_141_592n },
  ...{ taken: 256, most: 256, immuneUntilBlock: BLOCK - 4_000, immuneBlocks: 0, fromBottom: 3, mortal: 231 },
  registrationsLeft: 3,
  pace: { registrations: 41, blocks: 50_400, from: 'recorded' },
  survival: { leastBlocks: 0, expectedBlocks: 3_688, mostBlocks: 9_100, because: 'queue' },
  ...more,
})
const immune = place({
  ...{ netuid: netuid(3), uid: 17, protection: 'immune', immuneBlocks: 1_912, immuneUntilBlock: BLOCK + 1_912 },
  ...{ fromBottom: 40, registrationsLeft: undefined, pace: { registrations: 3, blocks: 7_200, from: 'still-there' } },
  survival: { leastBlocks: 40_000, expectedBlocks: 97_000, mostBlocks: 260_000, because: 'immune-then-queue' },
})
const unknown = place({
  ...{ netuid: netuid(64), uid: 65_535, emission: 0n, fromBottom: 1, registrationsLeft: 1, mortal: 1 },
  ...{ pace: undefined, survival: undefined },
})
const removal = {
  block: BLOCK,
  next: netuid(64),
  freeSubnets: 0,
  subnets: [{ netuid: netuid(3), registeredAt: 1, immuneUntilBlock: BLOCK + 5_000 }],
}

const RULES = { minPrice: rao(500_000n), maxPrice: rao(100n * TAO), halfLife: 360, increasePpm: 1_260_000 }
/** As a chain would have it: looks and registrations of a day, with four hours in which nobody looked. */
function course(): PlaceCourse {
  const from = BLOCK - 7_200
  const registrations = Array.from({ length: 23 }, (_, i) => ({
    block: from + 200 + i * 300 + ((i * 97) % 140),
    uid: i,
  }))
  const samples: PricePoint[] = []
  let last: PricePoint = { block: from, price: rao(420_000_000n) }
  for (let block = from; block <= BLOCK; block += 150) {
    let price = last.price
    let at = last.block
    for (const one of registrations.filter((seen) => seen.block >= last.block && seen.block < block)) {
      price = priceAfterRegistration(priceAfter(price, one.block - at, RULES), RULES)
      at = one.block
    }
    last = { block, price: priceAfter(price, block - at, RULES) }
    if (block < from + 2_000 || block > from + 3_300) samples.push(last)
  }
  const seen = registrations.filter(({ block }) => block < from + 2_000 || block > from + 3_300)
  return {
    ...{ netuid: netuid(8), block: BLOCK, price: last.price, rules: RULES, open: true, registrations: seen },
    lines: courseLines({ samples, registrations: seen, rules: RULES }),
    days: Array.from({ length: 7 }, (_, day) => ({
      toBlock: BLOCK - day * 7_200,
      watched: day === 3 ? 0 : day === 0 ? 5_900 : 7_200,
      registrations: day === 3 ? 0 : 19 - day,
    })),
    pace: { registrations: 97, blocks: 42_300, from: 'recorded' },
    projected: projectedPrices(last, RULES, { blocks: 7_200, steps: 24 }),
  }
}

const ALERTS: readonly Alert[] = [
  { kind: 'place-in-danger', netuid: netuid(8), hotkey, uid: 212, registrationsLeft: 3, keptMs: 44_256_000 },
  { kind: 'subnet-to-prune', netuid: netuid(64), freeSubnets: 0 },
  { kind: 'immunity-ending', netuid: netuid(3), hotkey, uid: 17, untilBlock: BLOCK + 1_912, leftMs: 22_944_000 },
  { kind: 'deregistered', netuid: netuid(8), hotkey, uid: 90, registeredAt: 12, because: 'replaced' },
  {
    kind: 'miner-stopped',
    startedAtMs: 1,
    netuid: netuid(8),
    error: { code: 'mining/worker-died', worker: 'llm', reason: 'out of memory' },
  },
  { kind: 'price-reached', rule: 'r', netuid: netuid(8), price: rao(382_114_090n), wanted: rao(400_000_000n) },
]
const alertsView = (more: Partial<AlertsView> = {}): AlertsView => ({
  notices: ALERTS.map((alert, index) => ({
    id: 9 - index,
    atMs: Date.now() - index * 4_000_000,
    read: index > 1,
    alert,
  })),
  unread: 2,
  settings: DEFAULT_ALERTS,
  ...more,
})

async function show(places: PlaceWatch, alerts: AlertsView, answers: Scene['answers'] = {}): Promise<PageDriver> {
  const host = await playScene({
    ...real,
    answers: {
      ...real.answers,
      'registration.watch': (_input, emit) => emit(places),
      'registration.course': async () => ok(course()),
      'alerts.watch': (_input, emit) => emit(alerts),
      ...answers,
    },
  })
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  await driver.page.goto(`${driver.page.url().split('#')[0]}#/watch`)
  await driver.page.getByRole('heading', { name: 'Your places and alerts' }).waitFor()
  return driver
}

test('places, the price of a place over a day, and alerts, in light and dark', { timeout: 90_000 }, async () => {
  const driver = await show({ data: { block: BLOCK, places: [immune, place(), unknown], removal } }, alertsView())
  const main = driver.page.getByRole('main')
  expect(await main.textContent()).toMatch(/It goes with registration 3 from now/)
  expect(await main.textContent()).toMatch(/How long it is kept is unknown/)
  await driver.page.getByText('2 new').waitFor()
  expect(await driver.look('watch', { narrow: true })).toEqual([])
  await driver.page.getByText('Price of a place here').nth(1).click()
  await driver.page.getByRole('img', { name: /falling to/ }).waitFor()
  await driver.page.getByText('As table').click()
  await driver.page.getByRole('img', { name: /falling to/ }).scrollIntoViewIfNeeded()
  expect(await driver.look('watch-course', { narrow: true })).toEqual([])
  await driver.page.getByRole('region', { name: 'Alerts' }).scrollIntoViewIfNeeded()
  expect(await driver.look('watch-alerts', { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})

test('nothing held and nothing told; wrong input is named beside its field', async () => {
  const driver = await show({ data: { block: BLOCK, places: [] } }, alertsView({ notices: [], unread: 0 }))
  await driver.page.getByText('No place is held').waitFor()
  await driver.page.getByLabel('Hours before immunity ends').fill('9999')
  await driver.page.getByText('A whole number from 0 to 720.').waitFor()
  await driver.page.getByLabel('Address', { exact: true }).fill('http://alerts.example/')
  await driver.page.getByText('It must begin with https://, unless it is of this computer.').waitFor()
  expect(await driver.look('watch-empty', { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})

test('a chain that does not answer, and a server that took nothing, are told', async () => {
  const webhook = { url: 'https://alerts.example/T0', withAddresses: true }
  const error = { code: 'alerts/not-delivered', host: 'alerts.example', reason: 'status 503' } as const
  const driver = await show(
    { error: { code: 'chain/unsupported', missing: ['SubtensorModule.Burn'] } },
    alertsView({ settings: { ...DEFAULT_ALERTS, webhook }, webhook: { atMs: Date.now(), error } }),
    { 'alerts.testWebhook': async () => err(error) },
  )
  await driver.page.getByText('The alert was not taken.').first().waitFor()
  await driver.page.getByRole('region', { name: 'Webhook' }).scrollIntoViewIfNeeded()
  expect(await driver.look('watch-failed', { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})
