import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostSession, importWallet, LONG_PASSWORD, sessionWith } from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { fillPassword, giveWordsBack } from './steps.ts'
import { answer, manage, refused, startAdding, walletRow } from './wallet-steps.ts'

let host: RunningHost
let session: HostSession
let driver: PageDriver
beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  await importWallet(session)
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

const dialog = () => driver.page.getByRole('dialog')
const dialogGone = () => dialog().waitFor({ state: 'detached' })
const folder = () => join(host.data, 'out')

/** One person, one window; the steps build on each other. */
describe('wallets in the window', { timeout: 240_000 }, () => {
  let words: readonly string[] = []

  it('creates a wallet of 24 words in the vault', async () => {
    await startAdding(driver, 'New wallet')
    await driver.press('24 words')
    await driver.press('Show me the 24 words')
    await driver.page.locator('.words b').first().waitFor()
    words = await driver.page.locator('.words b').allInnerTexts()
    expect(words).toHaveLength(24)
    await driver.press('I have written them down')
    await giveWordsBack(driver, words)
    await fillPassword(driver, 'harbour', LONG_PASSWORD)
    expect.soft(await driver.inspect('wallet-save')).toEqual([])
    await driver.press('Save the wallet')
    await driver.sees('harbour was saved.')
    await walletRow(driver, 'harbour').getByText('app’s vault').waitFor()
    await walletRow(driver, 'harbour').getByText('unlocked').waitFor()
  })

  it('exports for the official tools, after the right password only', async () => {
    await manage(driver, 'harbour')
    expect.soft(await driver.inspect('wallet-manage')).toEqual([])
    await driver.press('Export for the official tools')
    await dialog().getByLabel('Into the folder').fill(folder())
    await answer(driver, 'Write the folder', 'not the password')
    await refused(driver, 'The password is wrong.', 'keys/wrong-password')
    expect(await dialog().getByLabel('Into the folder').inputValue()).toBe(folder())
    expect(await dialog().getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await answer(driver, 'Write the folder', LONG_PASSWORD)
    await dialog().getByText(join(folder(), 'harbour')).waitFor({ timeout: 120_000 })
    const coldkey = join(folder(), 'harbour', 'coldkey')
    expect(readFileSync(coldkey).subarray(0, 5).toString()).toBe('$NACL')
    expect(statSync(coldkey).mode & 0o777).toBe(0o600)
    await answer(driver, 'Done')
    await dialogGone()
  })

  it('shows the words after the right password, not for copying, and hides them when the window is left', async () => {
    await driver.press('Show the words')
    await answer(driver, 'Show the words', 'not the password')
    await refused(driver, 'The password is wrong.', 'keys/wrong-password')
    expect(await driver.page.locator('.words').count()).toBe(0)
    await answer(driver, 'Show the words', LONG_PASSWORD)
    await dialog().getByText('On paper only.').waitFor()
    const list = dialog().locator('.words')
    expect(await list.locator('b').allInnerTexts()).toEqual(words)
    expect(await list.evaluate((element) => getComputedStyle(element).userSelect)).toBe('none')
    expect(await dialog().getByRole('button', { name: /copy/i }).count()).toBe(0)
    expect.soft(await driver.inspect('wallet-reveal')).toEqual([])
    await driver.page.evaluate(() => window.dispatchEvent(new Event('blur')))
    await dialog().getByText('The words are hidden again.').waitFor()
    expect(await driver.page.locator('.words').count()).toBe(0)
    await answer(driver, 'Cancel')
    await dialogGone()
  })
})
