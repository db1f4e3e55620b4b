import { truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { selfTestModel } from '../../electron/models/self-test-model.ts'
import { buyMuch } from '../support/chain/price-mover.ts'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  registerMiner,
  sessionWith,
  stateOf,
  tornWallet,
  WORDS,
} from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { fillPassword, mineByHand, openStake } from './steps.ts'

let host: RunningHost
let session: HostSession
let driver: PageDriver
let before: unknown
let miner = ''

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  await importWallet(session)
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 180_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

const nothingChanged = async () => expect(await stateOf(host, session)).toEqual(before)
const radio = (name: RegExp) => driver.page.getByRole('radio', { name })

/** Every kind of bad input in the window of a real host: its message and code, what to do, and that nothing changed. */
describe('bad input in the window', { timeout: 120_000 }, () => {
  // Each case begins with a fresh page: a dialog that one leaves open must not hide the next.
  beforeEach(async () => {
    await driver.page.reload()
    await driver.page.getByRole('navigation', { name: 'Main' }).waitFor()
    before = await stateOf(host, session)
  })

  it('not enough TAO for a place to mine', async () => {
    await mineByHand(driver)
    miner = await createMiner(session)
    before = await stateOf(host, session)
    await driver.told('The balance is too low.', 'Get more TAO to this account first.', 'register/balance-too-low')
    await driver.button(/^Register/).click({ force: true })
    expect(await driver.page.getByRole('dialog').count()).toBe(0)
    await nothingChanged()
  })

  it('not enough TAO for a stake: the amount stays as it was typed', async () => {
    await getRich(session)
    before = await stateOf(host, session)
    await openStake(driver, /Deep pool/)
    const amount = driver.field('TAO to stake')
    await amount.fill('100')
    await driver.sees('More than is available. Enter less.')
    await driver.sees('stake/balance-too-low')
    await driver.sees('Correct the amount first.')
    expect(await amount.inputValue()).toBe('100')
    await driver.button('Review and sign').click({ force: true })
    expect(await driver.page.getByRole('dialog').count()).toBe(0)
    await driver.page.keyboard.press('Escape')
    await nothingChanged()
  })

  it('a subnet that has not started', async () => {
    await openStake(driver, /Not started/)
    await driver.field('TAO to stake').fill('1')
    const next = 'Choose another subnet, or wait.'
    await driver.told('This subnet has not started.', next, 'stake/subnet-not-started')
    await driver.page.keyboard.press('Escape')
    await nothingChanged()
  })

  it('the price moved while the confirm screen was open: the chain refuses, and so does a new quote', async () => {
    await openStake(driver, /Shallow pool/)
    await driver.field('TAO to stake').fill('0.01')
    await driver.sees('refused below')
    await driver.press('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('SubtensorModule.add_stake_limit').waitFor()
    const { endpoint } = await session.until<{ endpoint: string }>('network.status')
    await buyMuch(endpoint, 3, 5_000_000_000n)
    await dialog.getByRole('button', { name: 'Sign and send' }).click()
    await dialog
      .getByText(/SlippageTooHigh|[Pp]rice/)
      .first()
      .waitFor()
    await dialog.getByRole('alert').first().waitFor()
    await dialog.getByRole('button', { name: 'Quote again' }).click()
    await dialog.getByText('The price is past your limit.').waitFor()
    await dialog.getByText('Nothing was sent. Quote again, or allow a wider limit.').waitFor()
    await dialog.getByText('stake/price-moved').waitFor()
    expect.soft(await driver.inspect('price-moved')).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await driver.field('TAO to stake').inputValue()).toBe('0.01')
    await driver.page.keyboard.press('Escape')
    const { staked } = (await stateOf(host, session)) as { staked: readonly number[] }
    expect(staked).toEqual([])
  })

  it('a wrong password', async () => {
    await driver.press('Lock now')
    await driver.press('Unlock the wallet')
    before = await stateOf(host, session)
    const dialog = driver.page.getByRole('dialog', { name: 'Unlock a' })
    await dialog.getByLabel('Password').fill('another long one')
    await dialog.getByRole('button', { name: 'Unlock' }).click()
    await dialog.getByText('The password is wrong.').waitFor()
    await dialog.getByText('Try again. There is no reset.').waitFor()
    await dialog.getByText('keys/wrong-password').waitFor()
    expect.soft(await driver.inspect('unlock-wrong')).toEqual([])
    await nothingChanged()
    await dialog.getByLabel('Password').fill(LONG_PASSWORD)
    await dialog.getByRole('button', { name: 'Unlock' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  it('wrong words: what was typed stays, no wallet is made', async () => {
    await driver.go('wallets')
    await driver.press('Add a wallet')
    await driver.press('From words')
    const typed = WORDS.replace('obey', 'obay')
    await driver.field(/The words/).fill(typed)
    await fillPassword(driver, 'b')
    await driver.press('Import the wallet')
    const next = 'Compare with what you wrote down. Nothing was saved.'
    await driver.told('These words are not a wallet.', next, 'keys/bad-mnemonic')
    await driver.sees(/ is not in the list of 2048 words\./)
    expect(await driver.field(/The words/).inputValue()).toBe(typed)
    await nothingChanged()
  })

  it('a truncated keyfile', async () => {
    const folder = tornWallet(host.data)
    await driver.go('wallets')
    await driver.press('Add a wallet')
    await driver.press('From a btwallet folder')
    await driver.field('Folder').fill(folder)
    await driver.press('Look into the folder')
    await driver.press('Choose torn')
    await driver.press('Copy this wallet')
    await driver.told('A key file cannot be read.', 'Use a copy of it, or its words.', 'keys/keyfile-broken')
    await nothingChanged()
  })

  it('a port that is taken: the port stays as it was typed, nothing is announced', async () => {
    await session.must('models.makeSelfTest')
    await registerMiner(session, miner)
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    before = await stateOf(host, session)
    await mineByHand(driver)
    await radio(/Self-test/).check()
    await driver.field('Port').fill(String(port))
    await driver.press('Start mining')
    await driver.told('The port is taken.', 'Choose another port, or stop that program.', 'mining/port-taken')
    expect(await driver.field('Port').inputValue()).toBe(String(port))
    await nothingChanged()
    await new Promise((resolve) => taken.close(resolve))
  })

  it('a model file that is cut off', async () => {
    const file = join(host.data, 'model.gguf')
    writeFileSync(file, selfTestModel().subarray(0, 200_000))
    await mineByHand(driver)
    await driver.press('Use a GGUF file of this computer')
    await driver.field('Path of the GGUF file').fill(file)
    await driver.press('Add the file')
    await driver.told('The model file is broken.', 'Download it again, or choose another file.', 'model/broken')
    await driver.sees(/the file is cut off: 200000 of \d+ bytes/)
    expect(await driver.field('Path of the GGUF file').inputValue()).toBe(file)
    await nothingChanged()
  })

  it('a model that is too large for the memory is marked before and refused at the start', async () => {
    const file = join(host.data, 'model.gguf')
    // A real head, and a tail of a terabyte that no disk holds: its size alone says that no memory takes it.
    writeFileSync(file, selfTestModel())
    truncateSync(file, 1024 ** 4)
    await mineByHand(driver)
    await driver.press('Use a GGUF file of this computer')
    await driver.field('Path of the GGUF file').fill(file)
    await driver.press('Add the file')
    await driver.page.locator('.pick-row', { hasText: 'own file' }).getByText('does not fit').waitFor()
    await radio(/own file/).check()
    before = await stateOf(host, session)
    await driver.field('Port').fill('0')
    await driver.press('Start mining')
    const next = 'Choose a smaller one, or close other programs.'
    await driver.told('The model is too large for this computer.', next, 'model/too-large')
    expect.soft(await driver.inspect('mine-too-large')).toEqual([])
    await nothingChanged()
  })

  it('never made the page itself complain', () => {
    expect(driver.complaints).toEqual([])
  })
})
