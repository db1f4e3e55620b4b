import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import {
  createWallet,
  fillPassword,
  getPlayMoney,
  giveWordsBack,
  openStake,
  signAndClose,
  stake,
  writeDownWords,
} from './steps.ts'

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

/** One person, one window, from the first look to earned alpha. The steps build on each other, so they run in order. */
describe('a newcomer on the practice network', { timeout: 180_000 }, () => {
  let broken = false
  beforeEach((context) => {
    // Each step needs the one before it; waiting for what cannot come would only hide the first failure.
    if (broken) context.skip()
    onTestFailed(() => {
      broken = true
    })
  })

  it('is asked for a network first, with practice as the main button', async () => {
    await driver.page.getByRole('heading', { name: 'Practice first, or use the real network?' }).waitFor()
    expect(await driver.page.title()).toBe('Welcome · Taoforge')
    expect(await driver.page.evaluate(() => location.hash)).toBe('')
    expect.soft(await driver.inspect('welcome')).toEqual([])
  })

  it('is told what is wrong with an endpoint, and nothing is chosen', async () => {
    await driver.page.getByRole('combobox', { name: 'Which real network' }).selectOption('custom')
    await driver.field('Endpoint').fill('http://example.org')
    await driver.press('Use the real network')
    await driver.sees('Begin with ws:// or wss:// and a host name.')
    await driver.field('Endpoint').fill('ws://127.0.0.1:9')
    await driver.press('Use the real network')
    await driver.page.getByRole('alert').first().waitFor()
    expect(await driver.page.getByRole('alert').first().textContent()).toContain('chain/unreachable')
  })

  it('starts practice, and the window is marked on title, band and frame', async () => {
    if (await driver.button('Choose another network').isVisible()) await driver.press('Choose another network')
    await driver.press('Start practice')
    await driver.page.getByRole('heading', { name: 'A wallet for practice' }).waitFor()
    await expect.poll(() => driver.page.title()).toBe('Your wallet · Taoforge · Practice')
    await driver.sees('Play money on this computer. Nothing here has value.')
    expect.soft(await driver.inspect('wallet-new')).toEqual([])
  })

  it('refuses words that are no wallet, and saves nothing', async () => {
    await driver.press('From words')
    await driver.field(/The words/).fill('abandon ability')
    await fillPassword(driver, 'imported')
    await driver.press('Import the wallet')
    await driver.sees('There are 2 words; a wallet has 12, 15, 18, 21 or 24.')
    await driver.field(/The words/).fill(Array.from({ length: 12 }, () => 'abandon').join(' '))
    await driver.press('Import the wallet')
    await driver.sees('These words are not a wallet.')
    await driver.sees('keys/bad-mnemonic')
    expect.soft(await driver.inspect('wallet-words-wrong')).toEqual([])
  })

  it('says when a folder holds no wallet', async () => {
    await driver.press('From a btwallet folder')
    await driver.field('Folder').fill('/nowhere/at/all')
    await driver.press('Look into the folder')
    await driver.page
      .getByText(/keys\/keyfile-missing|No wallet is in this folder/)
      .first()
      .waitFor()
    expect.soft(await driver.inspect('wallet-folder')).toEqual([])
  })

  it('asks for three words and does not take wrong ones', async () => {
    await driver.press('New wallet')
    const words = await writeDownWords(driver)
    expect(new Set(words).size).toBeGreaterThan(6)
    expect.soft(await driver.inspect('wallet-words')).toEqual([])
    await driver.press('I have written them down')
    await giveWordsBack(driver, words, (word) => `${word}x`)
    await fillPassword(driver, 'my wallet!', 'short')
    await driver.press('Save the wallet')
    await driver.sees('This is not the word at that place.')
    await driver.sees('Use letters, digits, - and _ only.')
    await driver.sees('At least 8 characters.')
    expect.soft(await driver.inspect('wallet-check-wrong')).toEqual([])
    await driver.press('Make other words')
  })

  it('creates a wallet and shows an empty portfolio', async () => {
    await createWallet(driver, 'practice')
    await driver.sees('No stake yet')
    expect.soft(await driver.inspect('portfolio-empty')).toEqual([])
  })

  it('gets play TAO', async () => {
    await getPlayMoney(driver)
    await driver.page.locator('.read', { hasText: '1000.000000000 play TAO' }).waitFor()
  })

  it('lists the subnets and finds one by name', async () => {
    await driver.go('subnets')
    await driver.page.getByRole('row', { name: /Deep pool/ }).waitFor()
    await driver.page.keyboard.press('/')
    await driver.page.keyboard.type('deep')
    await expect.poll(() => driver.page.getByRole('row').count()).toBe(2)
    await driver.page.getByRole('searchbox').fill('')
    expect.soft(await driver.inspect('subnets')).toEqual([])
  })

  it('says what is wrong with an amount', async () => {
    await openStake(driver, /Deep pool/)
    const amount = driver.field('TAO to stake')
    for (const [typed, said] of [
      ['1,5', 'Write digits, with . before the decimals'],
      ['0.0000000001', 'At most nine decimals'],
      ['5000', 'More than is available.'],
    ] as const) {
      await amount.fill(typed)
      await driver.sees(said)
      expect(await amount.inputValue()).toBe(typed)
    }
    await amount.fill('0.000001')
    await driver.sees('stake/too-small')
    expect.soft(await driver.inspect('stake-wrong')).toEqual([])
    await driver.page.keyboard.press('Escape')
    await driver.page.locator('.drawer').waitFor({ state: 'detached' })
  })

  it('shows what the bytes say before it signs, and Cancel changes nothing', async () => {
    await openStake(driver, /Deep pool/)
    await driver.field('TAO to stake').fill('25')
    await driver.sees('refused below')
    expect.soft(await driver.inspect('stake')).toEqual([])
    await driver.press('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('SubtensorModule.add_stake_limit').waitFor()
    await dialog.getByRole('row', { name: /limit_price/ }).waitFor()
    expect(await dialog.getByRole('button', { name: 'Cancel' }).evaluate((e) => e === document.activeElement)).toBe(
      true,
    )
    expect.soft(await driver.inspect('confirm')).toEqual([])
    await driver.page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await driver.go('activity')
    await driver.page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor()
    expect(await driver.page.getByRole('row', { name: /Stake/ }).count()).toBe(0)
  })

  it('stakes into two subnets', async () => {
    await stake(driver, /Deep pool/, '25')
    await stake(driver, /Practice text/, '10')
    await driver.go('portfolio')
    await driver.page.getByRole('row', { name: /Deep pool.*validator/ }).waitFor()
    await driver.page.getByRole('row', { name: /Practice text.*validator/ }).waitFor()
    // What the newest block says is told apart from what is final, for some blocks.
    await driver.page.getByText('Not all of this is final yet.').waitFor({ state: 'detached' })
    expect.soft(await driver.inspect('portfolio')).toEqual([])
  })

  it('locks with the keyboard and signs again only with the right password', async () => {
    await driver.page.keyboard.press('Control+l')
    await driver.sees('Locked')
    await driver.press('Unlock the wallet')
    await driver.page.getByRole('dialog', { name: 'Unlock practice' }).waitFor()
    expect.soft(await driver.inspect('unlock')).toEqual([])
    await driver.page.keyboard.press('Escape')
    await driver.press('Unstake from netuid 4')
    await driver.field('Alpha to unstake').fill('1')
    await driver.button('50 %').click()
    await driver.sees('refused below')
    expect.soft(await driver.inspect('unstake')).toEqual([])
    await driver.press('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByLabel('Password of practice').fill('not the password')
    await dialog.getByRole('button', { name: 'Sign and send' }).click()
    await dialog.getByText('The password is wrong.').waitFor()
    expect.soft(await driver.inspect('confirm-locked')).toEqual([])
    await dialog.getByLabel('Password of practice').fill('correct horse battery')
    await signAndClose(driver)
  })

  it('gets ready to mine with one press, and is asked before anything is spent', async () => {
    await driver.go('mine')
    await driver.page.getByRole('heading', { name: /Proposed: Practice chat with Self-test/ }).waitFor()
    await driver.sees('Nothing is spent before you confirm it.')
    expect.soft(await driver.inspect('mine-before')).toEqual([])
    await driver.press('Choose otherwise')
    await driver.sees('Name of the new hotkey')
    await driver.press('What is proposed')
    await driver.press('Mine this with play money')
    await driver.page.getByText('Register for at most').first().waitFor({ timeout: 120_000 })
    await driver.sees('All is ready. One thing is left: what it costs.')
    expect.soft(await driver.inspect('mine-confirm')).toEqual([])
  })

  it('registers what was confirmed, and serves and mines by itself', async () => {
    await driver.press(/^Register for at most/)
    await driver.page.getByRole('dialog').getByText('register_limit').first().waitFor()
    expect.soft(await driver.inspect('confirm-register')).toEqual([])
    await signAndClose(driver)
    await driver.page.getByRole('heading', { name: 'Mining', level: 1 }).waitFor({ timeout: 120_000 })
    await driver.sees('started by hand')
  })

  it('answers requests of the practice validator', async () => {
    const answered = driver.page.getByRole('row', { name: /answered/ })
    await expect.poll(() => answered.count(), { timeout: 90_000 }).toBeGreaterThan(5)
    expect.soft(await driver.inspect('mine-running')).toEqual([])
  })

  it('sees mined and staked earnings with the next epochs', async () => {
    await driver.go('earnings')
    await driver.page
      .getByRole('row', { name: /Practice chat.*mined/ })
      .first()
      .waitFor({ timeout: 120_000 })
    await driver.page
      .getByRole('row', { name: /Deep pool.*staked/ })
      .first()
      .waitFor({ timeout: 60_000 })
    expect.soft(await driver.inspect('earnings')).toEqual([])
  })

  it('keeps a record with what was expected and what happened', async () => {
    await driver.go('activity')
    await driver.page.getByRole('row', { name: /Unstake/ }).click()
    await driver.page.locator('.drawer').getByText('Expected', { exact: true }).waitFor()
    await driver.page.locator('.drawer').getByText('Happened', { exact: true }).waitFor()
    expect.soft(await driver.inspect('activity')).toEqual([])
    await driver.page.keyboard.press('Escape')
  })

  it('changes settings, and the theme follows at once', async () => {
    await driver.go('settings')
    await driver.page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' }).click()
    await expect.poll(() => driver.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await driver.page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'System' }).click()
    await expect.poll(() => driver.page.evaluate(() => document.documentElement.dataset['theme'])).toBe(undefined)
    expect.soft(await driver.inspect('settings')).toEqual([])
    await driver.go('wallets')
    await driver.page.getByRole('heading', { name: 'Wallets', level: 1 }).waitFor()
    expect.soft(await driver.inspect('wallets')).toEqual([])
  })

  it('shows the map of keys and moves between views by keys', async () => {
    await driver.page.keyboard.press('Control+1')
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await driver.page.keyboard.press('?')
    await driver.page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect.soft(await driver.inspect('keys')).toEqual([])
    await driver.page.keyboard.press('Escape')
    await driver.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('stops mining', async () => {
    await driver.go('mine')
    await driver.press('Stop')
    await driver.page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor({ timeout: 60_000 })
  })

  it('fits a narrow window without a sideways scroll of the page', async () => {
    for (const width of [900, 640]) {
      await driver.page.setViewportSize({ width, height: 800 })
      for (const view of ['portfolio', 'subnets', 'mine', 'earnings', 'activity', 'settings']) {
        await driver.go(view)
        await driver.page.waitForTimeout(300)
        const over = await driver.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(`${view} at ${width}: ${over}`).toBe(`${view} at ${width}: 0`)
      }
    }
  })

  it('never complained and never asked anything outside of this computer', () => {
    expect(driver.complaints).toEqual([])
  })
})
