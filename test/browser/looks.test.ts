import { afterEach, describe, expect, it } from 'vitest'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { extremes, real } from './scenes.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const VIEWS = [
  'portfolio',
  'subnets',
  'subnets/1',
  'mine',
  'earnings',
  'activity',
  'activity/r1',
  'settings',
  'wallets',
]

async function show(scene: Scene, size: { width?: number; height?: number } = {}): Promise<PageDriver> {
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url, size)
  closers.push(driver.close)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
  return driver
}

/** Goes through all views; `look` is a function of the page that returns what is wrong there. */
async function wrongIn(driver: PageDriver, look: () => readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const view of VIEWS) {
    await driver.go(view)
    await driver.page.locator(view.includes('/') ? '.drawer' : 'h1').waitFor()
    found.push(...(await driver.page.evaluate(look)).map((line) => `${view}: ${line}`))
  }
  return found
}

describe('looks', { timeout: 120_000 }, () => {
  it('at 200 % zoom nothing is cut off: the page does not scroll, its regions do', async () => {
    // A window of 1280 × 800 at 200 % is 640 × 400 CSS pixels.
    const driver = await show(extremes, { width: 640, height: 400 })
    const wrong = await wrongIn(driver, () => {
      const { scrollWidth, scrollHeight } = document.documentElement
      const cut = [...document.querySelectorAll('.main, .side, .drawer .body')].filter(
        (region) => region.scrollHeight > region.clientHeight + 1 && getComputedStyle(region).overflowY !== 'auto',
      )
      const foot = document.querySelector('.drawer footer, .strip')?.getBoundingClientRect()
      return [
        ...(scrollWidth > innerWidth ? [`${scrollWidth} px wide`] : []),
        ...(scrollHeight > innerHeight ? [`${scrollHeight} px high`] : []),
        ...cut.map((region) => `${region.className} is cut`),
        ...(foot && foot.bottom > innerHeight + 1 ? ['the foot is below the window'] : []),
      ]
    })
    expect(wrong).toEqual([])
    expect.soft(await driver.inspect('zoomed')).toEqual([])
  })

  it('in forced colours keeps bars, scales, marks of selection and the way to see what is off', async () => {
    const driver = await show(real)
    await driver.page.emulateMedia({ forcedColors: 'active' })
    const share = driver.page.locator('.stack i').first()
    expect(await share.evaluate((bar) => getComputedStyle(bar).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)')
    const styleOf = (selector: string, name: 'outlineStyle' | 'borderTopStyle' | 'color') =>
      driver.page
        .locator(selector)
        .first()
        .evaluate((element, key) => getComputedStyle(element)[key], name)
    expect(await styleOf('.nav a[aria-current]', 'outlineStyle')).toBe('solid')
    await driver.go('subnets/1')
    await driver.page.locator('.drawer').waitFor()
    expect(await styleOf('tr[data-selected]', 'outlineStyle')).toBe('solid')
    expect(await styleOf('.drawer .btn[aria-disabled]', 'borderTopStyle')).toBe('dashed')
    expect(await styleOf('.drawer .btn[aria-disabled]', 'color')).not.toBe(await styleOf('.drawer .btn.icon', 'color'))
  })

  it('moves for at most 240 ms, and not at all where reduced motion is asked for', async () => {
    const driver = await show(real)
    const longest = () =>
      driver.page.evaluate(() => {
        const seconds = [...document.querySelectorAll('*')].flatMap((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element)
          return `${transitionDuration}, ${animationDuration}`.split(',').map((text) => Number.parseFloat(text) || 0)
        })
        return Math.max(...seconds)
      })
    await driver.page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await longest()).toBeGreaterThan(0)
    expect(await longest()).toBeLessThanOrEqual(0.24)
    await driver.page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await longest()).toBe(0)
  })

  it('mirrors from right to left, but for amounts, addresses, scales and charts', async () => {
    const driver = await show(extremes)
    await driver.page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    const wrong = await wrongIn(driver, () => {
      const mirrored = '.amt, .nu, .addr, .scale, .chart, .stack, .bar, .bars, .bytes'
      const turned = [...document.querySelectorAll(mirrored)].filter((one) => getComputedStyle(one).direction !== 'ltr')
      const side = document.querySelector('.side')?.getBoundingClientRect()
      return [
        ...turned.map((one) => `${one.className} is turned`),
        ...(document.documentElement.scrollWidth > innerWidth ? ['too wide'] : []),
        ...(side && side.right < innerWidth - 8 ? ['the side bar stays on the left'] : []),
      ]
    })
    expect(wrong).toEqual([])
  })

  it('begins title and table of a view on one line, at any width', async () => {
    const driver = await show(real)
    for (const width of [1280, 900]) {
      await driver.page.setViewportSize({ width, height: 600 })
      for (const view of ['portfolio', 'subnets', 'subnets/1']) {
        await driver.go(view)
        await driver.page.locator('.tbl td').first().waitFor()
        const starts = await driver.page.evaluate(() =>
          ['.head h1', '.main .tbl th'].map((selector) => {
            const range = document.createRange()
            range.selectNodeContents(document.querySelector(selector) as Element)
            return Math.round(range.getBoundingClientRect().left)
          }),
        )
        expect(`${view} at ${width}: ${starts[0]}`).toBe(`${view} at ${width}: ${starts[1]}`)
      }
    }
  })
})
