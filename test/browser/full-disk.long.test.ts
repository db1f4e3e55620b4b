import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { sendPlayMoney } from '../support/chain/price-mover.ts'
import {
  freeBalance,
  type HostSession,
  importWallet,
  sessionWith,
  stateOf,
  untilFree,
  WORDS,
} from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { smallDisk } from '../support/small-disk.ts'
import { PageDriver } from './page-driver.ts'
import { fillPassword, mineByHand, openStake, signAndClose } from './steps.ts'

const disk = smallDisk(48)

/** A real file system, filled to its last byte under a running host. Its chain is elsewhere, as a real one is. */
describe.runIf(disk)('a full disk, in the window', { timeout: 120_000 }, () => {
  let network: PracticeNetwork
  let host: RunningHost
  let session: HostSession
  let driver: PageDriver
  let before: unknown
  beforeAll(async () => {
    network = await startPractice(['--block-ms', '1000', '--no-validator'])
    host = await startHost({ data: join(disk?.folder ?? '', 'data'), args: ['--network', network.ws] })
    session = await sessionWith(host)
    await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
    const { address } = await importWallet(session)
    await sendPlayMoney(network.ws, address, 100_000_000_000n)
    await untilFree(session, '100000000000')
    driver = await PageDriver.open(host.url)
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    disk?.fill()
    before = await stateOf(host, session)
  }, 120_000)
  afterAll(async () => {
    await driver?.close()
    await session?.close()
    await host?.stop()
    await network?.stop()
    disk?.remove()
  }, 60_000)

  const told = () => driver.told('The disk is full.', 'Free some space and try again.', 'storage/disk-full')
  const nothingChanged = async () => expect(await stateOf(host, session)).toEqual(before)

  it('saves no half of a wallet, and keeps what was typed', async () => {
    await driver.go('wallets')
    await driver.press('Add a wallet')
    await driver.press('From words')
    await driver.field(/The words/).fill(WORDS)
    await fillPassword(driver, 'b')
    await driver.press('Import the wallet')
    await told()
    expect(await driver.field(/The words/).inputValue()).toBe(WORDS)
    await nothingChanged()
  })

  it('begins no download that does not fit', async () => {
    await mineByHand(driver)
    const row = driver.page.locator('.pick-row', { hasText: 'SmolLM2 135M' })
    await row.getByRole('button', { name: /Download/ }).click()
    await driver.press('Accept and download')
    await told()
    await row.getByRole('button', { name: /Download/ }).waitFor()
    await nothingChanged()
  })

  it('sends nothing that it could not record; with room again the same draft goes through', async () => {
    await openStake(driver, /Deep pool/)
    await driver.field('TAO to stake').fill('5')
    await driver.sees('refused below')
    await driver.press('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Sign and send', disabled: false }).click()
    await dialog.getByText('storage/disk-full').waitFor()
    expect.soft(await driver.inspect('disk-full-sign')).toEqual([])
    await nothingChanged()
    disk?.empty()
    await dialog.getByRole('button', { name: 'Quote again' }).click()
    await signAndClose(driver)
    expect(BigInt(await freeBalance(session))).toBeLessThan(95_000_000_000n)
    expect(driver.complaints).toEqual([])
  })
})
