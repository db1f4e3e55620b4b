import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  registerMiner,
  sessionWith,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { signAndClose } from './steps.ts'

let host: RunningHost
let session: HostSession
let driver: PageDriver
let old: string
let fresh: string

const look = async (name: string) => expect.soft(await driver.look(name, { narrow: true })).toEqual([])

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  await getRich(session, '1000000000000')
  old = await createMiner(session)
  await registerMiner(session, old)
  const made = await session.must<{ address: string }>('wallet.createHotkey', { wallet: 'a', name: 'fresh' })
  fresh = made.address
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('places of own hotkeys, in the window', { timeout: 180_000 }, () => {
  const pick = (label: string, value: string) => driver.page.getByLabel(label).selectOption(value)
  const review = async (call: string) => {
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText(call).first().waitFor()
  }
  const placesOf = async (hotkey: string) =>
    (await session.must<readonly { mine: readonly { hotkey: string }[] }[]>('mining.options', {})).filter(({ mine }) =>
      mine.some((one) => one.hotkey === hotkey),
    ).length

  it('refuse before anything is paid, in words', async () => {
    await driver.go('holdings')
    await driver.press('Replace a hotkey')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    await pick('The hotkey that has the places', fresh)
    await pick('The hotkey that gets them', old)
    await driver.sees(/has no place on any subnet/)
    await look('replace-hotkey-wrong')
  })

  it('go to another hotkey, on one subnet', async () => {
    await pick('The hotkey that has the places', old)
    await pick('The hotkey that gets them', fresh)
    await driver.page.getByLabel('Where', { exact: true }).selectOption({ index: 1 })
    await driver.sees('Price of the change')
    await look('replace-hotkey')
    await review('swap_hotkey_v2')
    await look('confirm-replace-hotkey')
    await signAndClose(driver)
    expect(await placesOf(old)).toBe(0)
    expect(await placesOf(fresh)).toBe(1)
  })

  it('on root are bought with the price in sight', async () => {
    await driver.press('Take a seat on root')
    await pick('The hotkey that gets the seat', fresh)
    await driver.sees('Price of the seat now')
    await look('root-seat')
    await review('root_register')
    await driver.sees('The call knows no limit')
    await signAndClose(driver)
    await driver.press('Take a seat on root')
    await pick('The hotkey that gets the seat', fresh)
    await driver.sees('This hotkey has a place already.')
    expect(driver.complaints).toEqual([])
  })
})
