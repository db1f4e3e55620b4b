import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { signAndClose } from './steps.ts'

const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
/** The first eight bytes of BOB's key, then others. */
const IMITATION = '5FHneW46xGXgscmpiWnnrv8BMtyLjbgiq6sBomZrqJfpD1sH'

let host: RunningHost
let driver: PageDriver
const ask = async (channel: string, input: object, env = {}) => {
  const { json } = await taoforge([channel, JSON.stringify(input), '--data', host.data], { env })
  expect(json.error).toBeUndefined()
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  const chosen = await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  expect(chosen.json).toMatchObject({ ok: true })
  await ask('wallet.importWords', { name: 'harbour' }, { ...PASSWORD, TAOFORGE_WORDS: WORDS })
  await ask('wallet.unlock', { name: 'harbour' }, PASSWORD)
  await ask('practice.playMoney', { amount: '100000000000' })
  driver = await PageDriver.open(host.url)
  await driver.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await host?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('sending and receiving in the window', { timeout: 180_000 }, () => {
  it('shows the own address as code, groups and copy, marked as play money', async () => {
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await driver.page.getByRole('link', { name: 'Receive' }).click()
    await driver.sees('Play money only.')
    await driver.page.getByRole('img', { name: 'QR code of a practice address. It cannot be paid.' }).waitFor()
    await driver.press('Copy the address')
    const check = driver.field('Paste it here to check the clipboard')
    await check.press('Control+V')
    await driver.sees('The clipboard holds exactly this address.')
    await check.fill('5DfhSomethingElseEntirely')
    await driver.sees('The clipboard holds something else.')
    expect.soft(await driver.inspect('receive')).toEqual([])
  })

  it('gives an address a name', async () => {
    await driver.go('addresses')
    await driver.press('Add an address')
    await driver.field('Address').fill(BOB.slice(0, -1))
    await driver.sees('It is too short')
    await driver.field('Address').fill(BOB)
    await driver.field('Name').fill('Exchange deposit')
    await driver.press('Save')
    await driver.page.getByRole('button', { name: 'Remove Exchange deposit' }).waitFor()
    expect.soft(await driver.inspect('addresses')).toEqual([])
  })

  it('flags a paste that is not what was copied', async () => {
    await driver.go('send')
    await driver.page.evaluate((text) => navigator.clipboard.writeText(text), BOB)
    await driver.field('Recipient').press('Control+V')
    await driver.sees('This is not the address that you copied here.')
    await driver.sees('known as')
  })

  it('sends, with the whole recipient in the confirm screen', async () => {
    await driver.field('TAO to send').fill('1000')
    await driver.sees('More than is available.')
    await driver.field('TAO to send').fill('60')
    await driver.press('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('Balances.transfer_keep_alive').waitFor()
    expect(await dialog.locator('.addr.grouped').first().textContent()).toContain(BOB)
    expect(await dialog.textContent()).not.toMatch(/5FHn eW46 …/)
    expect.soft(await driver.inspect('send-confirm')).toEqual([])
    await signAndClose(driver)
    await expect.poll(() => driver.field('Recipient').inputValue()).toBe('')
  })

  it('keeps an imitation shut until it was typed; pasting does nothing', async () => {
    await driver.field('Recipient').fill(IMITATION)
    await driver.field('TAO to send').fill('1')
    await driver.sees('This address imitates one that you know. It is a different account.')
    expect(await driver.page.locator('.addr .diff').count()).toBe(18)
    const typed = driver.field(/Type the whole address/)
    await driver.page.evaluate((text) => navigator.clipboard.writeText(text), IMITATION)
    await typed.press('Control+V')
    await driver.sees('Pasting does nothing here.')
    expect(await typed.inputValue()).toBe('')
    await typed.pressSequentially(BOB.slice(0, 16))
    await driver.sees('You hold another address: group 4 differs. Nothing was sent.')
    expect.soft(await driver.inspect('send-alike')).toEqual([])
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    await typed.fill('')
    await typed.pressSequentially(IMITATION)
    await driver.sees('All 12 groups agree.')
    await expect.poll(() => driver.button('Review and sign').getAttribute('aria-disabled')).toBe(null)
    await driver.field('Recipient').fill('')
  })

  it('closes the account only with the name of the wallet, and says what stays', async () => {
    await driver.field('Recipient').fill(BOB)
    await driver.page.getByText('Send everything and close this account').click()
    await driver.sees('The chain forgets an account that holds nothing.')
    await driver.page.getByText('The recipient gets').waitFor()
    const close = driver.button('Review closing this account')
    expect(await close.getAttribute('aria-disabled')).toBe('true')
    await driver.field(/type the name of this wallet/).fill('harbour')
    await close.click()
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('Balances.transfer_all').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect.soft(await driver.inspect('send-close')).toEqual([])
    expect(driver.complaints).toEqual([])
  })
})
