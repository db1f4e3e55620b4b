import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  OFFICIAL_WALLET,
  sessionWith,
  WORDS,
} from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { fillPassword } from './steps.ts'
import { answer, closeDrawer, manage, refused, startAdding, walletRow } from './wallet-steps.ts'

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const OTHER_WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const SEED = `0x${'07'.repeat(32)}`
/** Of the wallet that the official package wrote. */
const OFFICIAL_PASSWORD = 'testpassword'

let host: RunningHost
let session: HostSession
let driver: PageDriver
beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  await importWallet(session)
  await session.must('wallet.importWords', { name: 'harbour', words: OTHER_WORDS, password: LONG_PASSWORD })
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

/** One person, one window; the steps build on each other. */
describe('wallets in the window', { timeout: 240_000 }, () => {
  it('removes, restores under another name where the old one is taken, and renames', async () => {
    await manage(driver, 'harbour')
    await driver.press('Remove')
    await answer(driver, 'Move to the trash')
    await driver.sees('harbour is in the trash.')
    await driver.press('Restore harbour')
    expect.soft(await driver.inspect('wallet-trash')).toEqual([])
    await dialog().getByLabel('Name').fill('a')
    await answer(driver, 'Restore')
    await refused(driver, 'The name is taken.', 'keys/name-taken')
    expect(await dialog().getByLabel('Name').inputValue()).toBe('a')
    await dialog().getByLabel('Name').fill('quay')
    await answer(driver, 'Restore')
    await driver.sees('quay is back.')
    await manage(driver, 'quay')
    await driver.press('Rename')
    await dialog().getByLabel('New name').fill('pier')
    await answer(driver, 'Rename')
    await driver.sees('quay is now called pier.')
    await driver.page.getByRole('complementary', { name: 'pier' }).waitFor()
    expect(await driver.page.getByRole('region', { name: 'Trash' }).count()).toBe(0)
  })

  it('changes the password: the old one no longer opens, the new one does', async () => {
    await driver.press('Change the password')
    await dialog().getByLabel('Password now').fill(LONG_PASSWORD)
    await dialog().getByLabel('New password', { exact: true }).fill('another long one')
    await dialog().getByLabel('New password again').fill('another long one')
    await answer(driver, 'Change the password')
    await driver.sees('pier has a new password.')
    await session.must('wallet.lock')
    await driver.press('Unlock pier')
    await answer(driver, 'Unlock', LONG_PASSWORD)
    await refused(driver, 'The password is wrong.', 'keys/wrong-password')
    expect.soft(await driver.inspect('unlock-wallet')).toEqual([])
    await answer(driver, 'Unlock', 'another long one')
    await dialogGone()
    await driver.button('Lock all wallets').waitFor()
  })

  it('goes out to polkadot.js and comes back in', async () => {
    await driver.press('Export for polkadot.js')
    await answer(driver, 'Make the file', 'another long one')
    const json = await dialog()
      .getByLabel(/Save this text as/)
      .inputValue()
    expect(JSON.parse(json)).toMatchObject({ encoding: { content: ['pkcs8', 'sr25519'] } })
    await answer(driver, 'Done')
    await closeDrawer(driver)
    await startAdding(driver, 'From polkadot.js')
    await driver.field('or its text').fill('{"address":1}')
    await driver.press('Look into the file')
    await driver.page.getByRole('alert').getByText('keys/').waitFor()
    await driver.field('or its text').fill(json)
    await driver.press('Look into the file')
    await driver.page.getByLabel('Password of the file').fill('not the password')
    await fillPassword(driver, 'back', LONG_PASSWORD)
    await driver.press('Import this account')
    await driver.sees('The password is wrong.')
    expect(await driver.field('Name of the wallet').inputValue()).toBe('back')
    expect(await driver.page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
    expect.soft(await driver.inspect('wallet-polkadot')).toEqual([])
    await driver.page.getByLabel('Password of the file').fill('another long one')
    await fillPassword(driver, 'back', LONG_PASSWORD)
    await driver.press('Import this account')
    await driver.sees('back was saved.')
  })

  it('suggests words, cleans what is pasted, and names a wrong word by its place', async () => {
    await startAdding(driver, 'From words')
    const field = driver.field(/The words/)
    await field.fill('bott')
    await driver.press('bottom')
    expect(await field.inputValue()).toBe('bottom ')
    const wrong = WORDS.replace('obey', 'obay').split(' ')
    await field.fill(wrong.map((word, at) => `${at + 1}. ${word.toUpperCase()},`).join('\n'))
    await driver.sees('12 words read. Numbers, punctuation, capital letters and hidden characters were left out.')
    await fillPassword(driver, 'edwards', LONG_PASSWORD)
    await driver.page.getByLabel('Key type').selectOption('ed25519')
    await driver.press('Import the wallet')
    const next = 'Compare with what you wrote down. Nothing was saved.'
    await driver.told('These words are not a wallet.', next, 'keys/bad-mnemonic')
    await driver.sees('Word 3 is not in the list of 2048 words.')
    expect.soft(await driver.inspect('wallet-words-place')).toEqual([])
    await driver.press('Take obey as word 3')
    expect(await field.inputValue()).toBe(WORDS)
    await driver.press('Import the wallet')
    await driver.sees('edwards was saved.')
    await walletRow(driver, 'edwards').getByText('ed25519').waitFor()
  })

  it('asks which account a seed is meant to be', async () => {
    await startAdding(driver, 'From a seed or key')
    const secret = driver.field(/Seed, private key/)
    await secret.fill('0x0707')
    await driver.press('Look which account it is')
    await driver.page.getByRole('alert').getByText('keys/unsupported').waitFor()
    await secret.fill(SEED)
    await driver.press('Look which account it is')
    await driver.sees('It can be one of these. Choose the address that you know.')
    await fillPassword(driver, 'seeded', LONG_PASSWORD)
    await driver.press('Import this account')
    await driver.sees('Choose an address.')
    expect.soft(await driver.inspect('wallet-seed')).toEqual([])
    await driver.page.getByRole('radio', { name: /ed25519/ }).check()
    await driver.press('Import this account')
    await driver.sees('seeded was saved.')
    await manage(driver, 'seeded')
    await driver.sees('The key file holds no words')
    expect(await driver.button('Show the words').getAttribute('aria-disabled')).toBe('true')
    await closeDrawer(driver)
  })

  it('says why a $NACL file is weaker, and converts it', async () => {
    cpSync(OFFICIAL_WALLET, join(host.data, 'from', 'official'), { recursive: true })
    await startAdding(driver, 'From a btwallet folder')
    await driver.field('Folder').fill(join(host.data, 'nothing'))
    await driver.press('Look into the folder')
    await driver.told(
      'A key file is missing.',
      'Choose the folder of a wallet: it holds coldkey and coldkeypub.txt.',
      'keys/keyfile-missing',
    )
    await driver.field('Folder').fill(join(host.data, 'from'))
    await driver.press('Look into the folder')
    await driver.press('Choose official')
    await driver.press('Copy this wallet')
    await driver.sees('official was saved.')
    await walletRow(driver, 'official').getByText('$NACL').waitFor()
    await manage(driver, 'official')
    await driver.sees('Every file of this format is sealed with the same salt')
    expect.soft(await driver.inspect('wallet-weak')).toEqual([])
    await driver.press('Convert to the app’s vault')
    await answer(driver, 'Convert to the vault', 'not the password')
    await dialog().getByRole('progressbar').waitFor()
    await refused(driver, 'The password is wrong.', 'keys/wrong-password')
    await answer(driver, 'Convert to the vault', OFFICIAL_PASSWORD)
    await driver.sees('official is now kept as a vault.')
    await walletRow(driver, 'official').getByText('app’s vault').waitFor()
    expect(await driver.page.getByText('Every file of this format').count()).toBe(0)
    await closeDrawer(driver)
  })

  it('keeps hotkeys: sealed, unlocked apart, renamed, removed and had back', async () => {
    await manage(driver, 'a')
    await driver.press('Add a hotkey')
    await dialog().getByLabel('Name of the hotkey').fill('rig')
    await dialog().getByRole('button', { name: 'Encrypted' }).click()
    await dialog().getByLabel('Password of the hotkey', { exact: true }).fill(LONG_PASSWORD)
    await dialog().getByLabel('Password of the hotkey again').fill(LONG_PASSWORD)
    expect.soft(await driver.inspect('wallet-hotkey')).toEqual([])
    await answer(driver, 'Create the hotkey')
    await driver.sees('Hotkey rig was saved.')
    await driver.press('Unlock hotkey rig')
    await dialog().getByLabel('Password of the hotkey').fill(LONG_PASSWORD)
    await answer(driver, 'Unlock')
    await dialogGone()
    await driver.press('Lock hotkey rig')
    await driver.button('Unlock hotkey rig').waitFor()
    await driver.press('Add a hotkey')
    await dialog().getByLabel('Name of the hotkey').fill('rig')
    await answer(driver, 'Create the hotkey')
    await refused(driver, 'The name is taken.', 'keys/name-taken')
    await dialog().getByLabel('Name of the hotkey').fill('seeded')
    await dialog().getByRole('button', { name: 'From words, seed or key' }).click()
    await dialog().getByLabel('Words, seed or private key').fill(SEED)
    await answer(driver, 'Look which account it is')
    await dialog()
      .getByRole('radio', { name: /sr25519/ })
      .check()
    await answer(driver, 'Import the hotkey')
    await driver.sees('Hotkey seeded was saved.')
    await driver.press('Rename hotkey seeded')
    await dialog().getByLabel('New name').fill('miner')
    await answer(driver, 'Rename')
    await driver.sees('The hotkey is now called miner.')
    await driver.press('Remove hotkey miner')
    await answer(driver, 'Move to the trash')
    await driver.sees('Hotkey miner is in the trash.')
    await driver.press('Restore miner of a')
    await answer(driver, 'Restore')
    await driver.sees('miner is back.')
    await driver.button('Rename hotkey miner').waitFor()
    expect.soft(await driver.inspect('wallet-hotkeys')).toEqual([])
    await closeDrawer(driver)
  })

  it('watches an account: it looks watched everywhere, and offers nothing that needs its key', async () => {
    await startAdding(driver, 'Watch only')
    await driver.field(/Address, or the text/).fill(BOB.slice(0, -1))
    await driver.field('Name of the wallet').fill('bob')
    await driver.press('Watch this account')
    await driver.page.getByRole('alert').getByText('chain/bad-address').waitFor()
    expect(await driver.field(/Address, or the text/).inputValue()).toBe(BOB.slice(0, -1))
    await driver.field(/Address, or the text/).fill(BOB)
    await driver.press('Watch this account')
    await driver.sees('bob was saved.')
    await walletRow(driver, 'bob').getByText('watch only').waitFor()
    await driver.sees('Watched, without its key')
    const drawer = await manage(driver, 'bob')
    await driver.sees('its key is not on this computer')
    expect(await drawer.getByRole('button', { name: /unlock|words|password|polkadot/i }).count()).toBe(0)
    expect.soft(await driver.inspect('wallet-watched')).toEqual([])
    await closeDrawer(driver)
    expect.soft(await driver.inspect('wallet-list')).toEqual([])
  })

  it('deletes for good with the password only', async () => {
    await manage(driver, 'back')
    await driver.press('Remove')
    await answer(driver, 'Move to the trash')
    await driver.press('Delete for good: back')
    await answer(driver, 'Delete for good', 'not the password')
    await refused(driver, 'The password is wrong.', 'keys/wrong-password')
    expect.soft(await driver.inspect('wallet-delete')).toEqual([])
    await answer(driver, 'Delete for good', LONG_PASSWORD)
    await driver.sees('back was deleted for good.')
    expect(await driver.button('Restore back').count()).toBe(0)
    expect(driver.complaints).toEqual([])
  })
})
