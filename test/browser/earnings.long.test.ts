import { afterEach, expect, test } from 'vitest'
import { DEFAULT_ALERTS } from '../../shared/alerts/alert-settings.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import { aYear, gapsAndRed, oneEpoch } from './earnings-scenes.ts'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { extremes, failed, real } from './scenes.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function earnings(scene: Scene): Promise<PageDriver> {
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  await driver.go('earnings')
  return driver
}
const withAnswers = (answers: Scene['answers']): Scene => ({ ...real, answers: { ...real.answers, ...answers } })
const looks = async (driver: PageDriver, name: string) =>
  expect.soft(await driver.look(name, { narrow: true })).toEqual([])

test('nothing yet, and a file that cannot be read', { timeout: 120_000 }, async () => {
  const empty = await earnings(real)
  await empty.sees('No epoch yet')
  await looks(empty, 'earnings-empty')
  const broken = await earnings(failed)
  await broken.page.getByRole('alert').first().waitFor()
  await looks(broken, 'earnings-failed')
})

test('one epoch, and the largest amounts', { timeout: 120_000 }, async () => {
  const one = await earnings(withAnswers(oneEpoch))
  await one.page
    .getByRole('row', { name: /Apex.*staked/ })
    .first()
    .waitFor()
  await looks(one, 'earnings-one')
  const large = await earnings(extremes)
  await large.page.getByRole('row', { name: /121/ }).first().waitFor()
  await looks(large, 'earnings-extremes')
})

test('a year: by day, by kind, of one subnet; rows come as one scrolls', { timeout: 180_000 }, async () => {
  const driver = await earnings(withAnswers(aYear))
  await driver.page.getByRole('button', { name: '365 days' }).click()
  await driver.page
    .getByRole('row', { name: /Apex.*staked/ })
    .first()
    .waitFor()
  await looks(driver, 'earnings-year')
  await driver.page.getByRole('button', { name: 'By kind' }).click()
  await driver.page.getByRole('row', { name: /^mined/ }).waitFor()
  await driver.page.getByRole('button', { name: 'By subnet' }).click()
  await driver.page
    .getByRole('row', { name: /Apex.*staked/ })
    .first()
    .click()
  await driver.sees('Quantity, earned')
  await driver.page.getByRole('button', { name: 'Each day' }).click()
  await looks(driver, 'earnings-year-subnet')
  const scroller = driver.page.locator('.main')
  await scroller.evaluate((main) => main.scrollTo(0, main.scrollHeight / 2))
  await expect.poll(() => driver.page.getByRole('row', { name: /from events/ }).count()).toBeGreaterThan(5)
  await looks(driver, 'earnings-year-middle')
})

test('gaps and red rows say by how much and why', { timeout: 180_000 }, async () => {
  const driver = await earnings(withAnswers(gapsAndRed))
  await driver.sees('3 rows do not add up')
  await driver.page.getByRole('row', { name: /hotkey swapped/ }).waitFor()
  await driver.page.getByRole('row', { name: /dust cleared/ }).waitFor()
  await driver.page.getByRole('row', { name: /no event says why/ }).waitFor()
  await driver.page.getByRole('row', { name: /after a gap/ }).waitFor()
  await looks(driver, 'earnings-gaps')
  await driver.page.getByRole('row', { name: /no event says why/ }).scrollIntoViewIfNeeded()
  await looks(driver, 'earnings-gaps-table')
  await driver.page.getByRole('button', { name: 'Those that do not add up' }).click()
  await expect.poll(() => driver.page.locator('.epochs-table tbody tr').count()).toBe(3)
  await driver.page.getByRole('button', { name: 'Files of epochs' }).click()
  await driver.page.getByRole('button', { name: 'JSON' }).click()
  await looks(driver, 'earnings-files')
})

test('an alert of a red row says by how much, and where to look', { timeout: 120_000 }, async () => {
  const place = {
    hotkey: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
    coldkey: ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'),
    ...{ fromBlock: 9_581_774, epochBlock: 9_582_134 },
  }
  const told = [
    { kind: 'epoch-unexplained' as const, ...place, netuid: netuid(1), unexplained: -3_118_204n },
    { kind: 'epoch-unexplained' as const, ...place, netuid: netuid(0), unexplained: 7n },
  ]
  const notices = told.map((alert, at) => ({ id: 2 - at, atMs: Date.now() - at * 600_000, read: false, alert }))
  const alerts = { notices, unread: 2, settings: DEFAULT_ALERTS }
  const driver = await earnings(
    withAnswers({
      ...gapsAndRed,
      'alerts.watch': (_input, emit) => emit(alerts),
    }),
  )
  await driver.page.goto(`${driver.page.url().split('#')[0]}#/watch`)
  await driver.page.getByRole('region', { name: 'Alerts' }).scrollIntoViewIfNeeded()
  await driver.sees('An epoch does not add up')
  await looks(driver, 'earnings-alert')
})
