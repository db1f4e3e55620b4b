import { afterAll, describe, expect, it } from 'vitest'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { emptyWallets, manyWallets, unreadWallets, unsureWallets, withoutPrice } from './portfolio-scenes.ts'

const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
async function show(scene: Scene): Promise<PageDriver> {
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
  return driver
}
const rowOf = (driver: PageDriver, name: string | RegExp) => driver.page.getByRole('row', { name })
const HEADS = ['Alpha', 'locked of it', 'At spot', 'If sold now', 'Cost', 'Gain', 'Yield, a year', 'of all its alpha']

describe('the portfolio', { timeout: 120_000 }, () => {
  it('shows every figure of a position in the table at 1280, and in its drawer at any width', async () => {
    const driver = await show(manyWallets)
    await driver.sees('14.1 %')
    const table = driver.page.locator('.positions')
    for (const head of HEADS) expect(await table.getByText(head).first().isVisible(), head).toBe(true)
    expect(await table.evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0)
    expect(await table.getByText('realised').first().isVisible()).toBe(true)
    expect(await driver.page.locator('tfoot').getByText('left earlier').isVisible()).toBe(true)
    await driver.page.setViewportSize({ width: 640, height: 800 })
    await rowOf(driver, /Apex/).click()
    await driver.page.getByText('All figures of this position').click()
    const drawer = driver.page.locator('.drawer')
    for (const text of [
      'Locked, cannot leave now',
      'Cost',
      'Unrealised gain',
      'Realised gain so far',
      '14.1 %',
      '6 d 12 h',
    ])
      expect(await drawer.getByText(text).first().isVisible(), text).toBe(true)
    await drawer.getByText('Alpha earned ÷ (stake × time)').waitFor()
    await drawer.getByText('A sale takes the lots that were acquired first').waitFor()
    expect.soft(await driver.look('portfolio-figures')).toEqual([])
    expect(driver.complaints).toEqual([])
  })

  it('adds up all wallets, whichever way they are grouped, and reaches them by keys', async () => {
    const driver = await show(manyWallets)
    await driver.page.getByRole('link', { name: 'All wallets' }).press('Enter')
    await driver.page.getByRole('heading', { name: 'All wallets', level: 1 }).waitFor()
    for (const by of ['Wallet', 'Validator', 'Subnet']) {
      await driver.press(by)
      await driver.page.getByRole('table', { name: `Positions of all wallets by ${by.toLowerCase()}` }).waitFor()
      await rowOf(driver, /Sum of the rows.*534\.330793325/).waitFor()
    }
    // Two wallets hold the same with the same validator: one group of both.
    await rowOf(driver, /1 α Apex 300\.079799844/).waitFor()
    await driver.press('Wallet')
    expect.soft(await driver.look('portfolio-all', { narrow: true })).toEqual([])
    expect(driver.complaints).toEqual([])
  })

  it('never makes a sum smaller in silence: unknown, and at least what is known', async () => {
    const driver = await show(unsureWallets)
    await driver.go('portfolio/all')
    const total = driver.page.locator('.main .read')
    await total.getByText('unknown').waitFor()
    await total.getByText(/at least/).waitFor()
    await rowOf(driver, /vault, watched.*unknown.*at least/)
      .first()
      .waitFor()
  })

  it('leads to locks and claims without a position, and says what could not be read', async () => {
    const driver = await show(emptyWallets)
    await driver.sees('No stake yet')
    await driver.page.getByRole('link', { name: 'Locks and claims' }).press('Enter')
    await driver.page.getByRole('heading', { name: 'Locks and claims', level: 1 }).waitFor()
    await driver.go('portfolio/all')
    await driver.sees('None of these wallets has a position.')
    const failing = await show(unreadWallets)
    await failing.go('portfolio/all')
    await failing.sees('The network gave an answer that cannot be right.')
    expect(await failing.button('Try again').count()).toBe(1)
  })

  it('has one price in ordinary money everywhere, with its source, and invents none', async () => {
    const driver = await show(manyWallets)
    for (const view of ['portfolio', 'portfolio/all', 'history', 'activity', 'subnets', 'subnets/1/detail']) {
      await driver.go(view)
      await driver.page
        .locator('.main .fiat', { hasText: /≈ .*EUR/ })
        .first()
        .waitFor()
      await driver.page
        .locator('.main')
        .getByText(/by prices\.example at/)
        .first()
        .waitFor()
    }
    await driver.go('send')
    await driver.page
      .getByRole('textbox', { name: 'Recipient' })
      .fill('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
    await driver.field('TAO to send').fill('1')
    await driver.sees('≈ 312.45 EUR, by prices.example at')
    await driver.page.locator('dd', { hasText: '1.000014000' }).getByText('≈ 312.45 EUR').waitFor()
    const without = await show(withoutPrice)
    for (const view of ['portfolio', 'history', 'activity', 'subnets']) {
      await without.go(view)
      await without.page.locator('.main .fiat', { hasText: 'unknown' }).first().waitFor()
      expect(await without.page.locator('.main').textContent()).not.toContain('≈')
      await without.page.locator('.main').getByText('the source gave no price').waitFor()
    }
  })

  it('keeps what is offered beside a received payment in the window, also beside a drawer', async () => {
    const driver = await show(manyWallets)
    for (const width of [1280, 900]) {
      await driver.page.setViewportSize({ width, height: 800 })
      await driver.go('activity/t1')
      await driver.page.locator('.drawer').waitFor()
      const copy = await driver.page.getByRole('button', { name: 'Copy the address' }).boundingBox()
      const main = await driver.page.locator('.main').boundingBox()
      if (!copy || !main) throw new Error('not drawn')
      expect(copy.x + copy.width).toBeLessThanOrEqual(main.x + main.width)
    }
  })
})
