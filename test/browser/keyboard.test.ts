import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LONG_PASSWORD, WORDS } from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'

let host: RunningHost
let driver: PageDriver
beforeAll(async () => {
  host = await startHost({ args: ['--block-ms', '1000'] })
  driver = await PageDriver.open(host.url)
}, 180_000)
afterAll(async () => {
  await driver?.close()
  await host?.stop()
}, 60_000)

/** What has the focus, by the words that a person knows it by, and whether a ring shows it. */
const focused = () =>
  driver.page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return { name: 'nothing', ring: true }
    const label = (element as HTMLInputElement).labels?.[0]?.textContent
    // A field shows the ring around its frame, a sortable head around its cell.
    const shown = [element, element.parentElement, element.parentElement?.parentElement].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one ?? document.body)
      return outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2
    })
    return { name: element.ariaLabel ?? label ?? element.textContent ?? '', ring: shown }
  })

const MOST_STOPS = 60
/** Presses Tab until something of this name has the focus; every stop on the way must show its ring. */
async function tabTo(name: string | RegExp): Promise<void> {
  const is = (text: string) => (typeof name === 'string' ? text.trim() === name : name.test(text))
  const passed: string[] = []
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    const now = await focused()
    if (!now.ring) expect.soft(`the focus on ${now.name.slice(0, 60)} cannot be seen`).toBe('seen')
    if (is(now.name)) return
    passed.push(now.name.slice(0, 40))
    await driver.page.keyboard.press('Tab')
  }
  throw new Error(`${String(name)} was not reached: ${passed.join(' | ')}`)
}
async function pressOn(name: string | RegExp): Promise<void> {
  await tabTo(name)
  await driver.page.keyboard.press('Enter')
}
const heading = (name: string) => driver.page.getByRole('heading', { name, level: 1 }).waitFor()

/** No pointer, from the first look to a stake: everything is reached, seen and done with keys. */
describe('by keys alone', { timeout: 120_000 }, () => {
  it('chooses practice and imports a wallet', async () => {
    await heading('Practice first, or use the real network?')
    await pressOn('Start practice')
    await heading('A wallet for practice')
    await pressOn('From words')
    await tabTo(/^The words/)
    await driver.page.keyboard.type(WORDS)
    await tabTo('Name of the wallet')
    await driver.page.keyboard.type('keys')
    await tabTo('Password')
    await driver.page.keyboard.type(LONG_PASSWORD)
    await tabTo('Password again')
    await driver.page.keyboard.type(LONG_PASSWORD)
    await driver.page.keyboard.press('Enter')
    await heading('Portfolio')
  })

  it('gets play money and opens a subnet from the table', async () => {
    await driver.sees('No stake yet')
    await pressOn('Get 1000 play TAO')
    await driver.sees('1000 play TAO are here.')
    await driver.page.keyboard.press('Control+2')
    await heading('Subnets')
    await driver.page.getByRole('row', { name: /Deep pool/ }).waitFor()
    await tabTo(/Root/)
    for (let steps = 0; steps < 4; steps++) await driver.page.keyboard.press('ArrowDown')
    expect((await focused()).name).toContain('Deep pool')
    await driver.page.keyboard.press('Enter')
    await driver.field('TAO to stake').waitFor()
  })

  it('stakes: the safe choice has the focus, and signing takes a step of its own', async () => {
    // In the drawer, on its first field: the amount, or the validators if they were there first.
    expect(['Validator', 'TAO to stake']).toContain((await focused()).name)
    await tabTo('TAO to stake')
    await driver.page.keyboard.type('5')
    await driver.sees('refused below')
    await pressOn('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('SubtensorModule.add_stake_limit').first().waitFor()
    expect(await focused()).toEqual({ name: 'Cancel', ring: true })
    // Signing is shut until the signer has read the bytes, too.
    await dialog.getByText('They agree.').waitFor()
    await pressOn('Sign and send')
    await dialog.getByRole('heading', { name: 'What happened' }).waitFor()
    await dialog.getByText('Difference').waitFor()
    await expect.poll(focused).toEqual({ name: 'Close', ring: true })
    await driver.page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await driver.page.locator('.drawer').waitFor({ state: 'detached' })
    // Back where it began: the next Tab goes on from the row, not from the top of the page.
    await expect.poll(async () => (await focused()).name).toContain('Deep pool')
  })

  it('locks, unlocks, and closes without harm', async () => {
    await driver.page.keyboard.press('Control+l')
    await driver.page.getByText('The wallet is locked.').waitFor({ state: 'attached' })
    await pressOn('Unlock the wallet')
    await driver.page.getByRole('dialog', { name: 'Unlock keys' }).waitFor()
    await tabTo('Password')
    await driver.page.keyboard.press('Escape')
    await driver.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toEqual({ name: 'Unlock the wallet', ring: true })
    await driver.page.keyboard.press('Enter')
    await tabTo('Password')
    await driver.page.keyboard.type(LONG_PASSWORD)
    await driver.page.keyboard.press('Enter')
    await driver.page.getByRole('dialog').waitFor({ state: 'detached' })
    await driver.button('Lock now').waitFor()
  })

  it('opens the view that the map of keys names beside each key', async () => {
    await driver.page.keyboard.press('?')
    const rows = driver.page.getByRole('dialog', { name: 'Keys' }).locator('dl > div')
    const map = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))
    await driver.page.keyboard.press('Escape')
    const views = map.filter(([key]) => key?.startsWith('Ctrl ') && key !== 'Ctrl L')
    expect(views.length).toBeGreaterThan(8)
    for (const [key, title] of views) {
      await driver.page.keyboard.press(key?.replace('Ctrl ', 'Control+') ?? '')
      await heading(title ?? '')
    }
    const bar = await driver.page.getByRole('navigation', { name: 'Main' }).getByRole('listitem').allTextContents()
    expect(bar.at(-1)).toBe('Settings')
    expect(driver.complaints).toEqual([])
  })
})
