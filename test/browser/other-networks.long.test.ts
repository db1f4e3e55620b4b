import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { type HostSession, importWallet, sessionWith, stateOf } from '../support/host-session.ts'
import { startInnerHost } from '../support/inner-host.ts'
import type { RunningHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'

const FINNEY = '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03'
const SLOW_START = 120_000

/** Networks that are not there, or are another than they are said to be. The host is real, and so is the other chain. */
describe('a network that is not what it should be, in the window', { timeout: 90_000 }, () => {
  let other: PracticeNetwork
  let host: RunningHost
  let session: HostSession
  let driver: PageDriver
  beforeAll(async () => {
    other = await startPractice(['--block-ms', '500', '--seed', '7', '--no-validator'])
    host = await startInnerHost(({ knownNetworks }) => ({
      knownNetworks: knownNetworks.map((known) => ({ ...known, endpoints: [other.ws] })),
    }))
    session = await sessionWith(host)
    driver = await PageDriver.open(host.url)
  }, SLOW_START)
  afterAll(async () => {
    await driver?.close()
    await session?.close()
    await host?.stop()
    await other?.stop()
  }, 60_000)

  const choose = () => driver.page.getByRole('combobox', { name: 'Which real network' })

  it('offers the networks it knows and an own endpoint, and takes no other', async () => {
    expect(await choose().getByRole('option').allTextContents()).toEqual([
      'Finney, the main network',
      'Test network',
      'Local node, ws://127.0.0.1:9944',
      'Own endpoint',
    ])
    await choose().selectOption('custom')
    await driver.field('Endpoint').fill('mars')
    await driver.press('Use the real network')
    await driver.sees('Begin with ws:// or wss:// and a host name.')
    await driver.sees('chain/bad-endpoint')
    expect(await driver.field('Endpoint').inputValue()).toBe('mars')
    expect(await session.until('network.status')).toMatchObject({ state: 'idle', label: 'No network' })
    // The page's own door does not take one either.
    expect(await session.call('network.select', { kind: 'mars' })).toMatchObject({
      ok: false,
      error: { code: 'contract/bad-input' },
    })
  })

  it('says that nobody answers at an endpoint, before a wallet is asked for', async () => {
    const before = await stateOf(host, session)
    await driver.field('Endpoint').fill('ws://127.0.0.1:9')
    await driver.press('Use the real network')
    await driver.told(
      'The network cannot be reached.',
      'You can also check the address, or choose another network.',
      'chain/unreachable',
    )
    expect(await stateOf(host, session)).toEqual(before)
    await driver.press('Choose another network')
    await choose().waitFor()
  })

  it('refuses a chain with another first block, and reads nothing from it', async () => {
    const before = await stateOf(host, session)
    await choose().selectOption('finney')
    await driver.press('Use the real network')
    await driver.told(
      'This is another network.',
      'Nothing was read from it and nothing was sent.',
      'chain/wrong-genesis',
    )
    await driver.sees(`${other.ws} has the first block ${other.genesis}, not ${FINNEY}.`)
    expect.soft(await driver.inspect('network-other')).toEqual([])
    expect(await stateOf(host, session)).toEqual(before)
  })

  it('says it in the window as well: no value of the other chain shows, and nothing can be signed', async () => {
    await importWallet(session)
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await driver.told(
      'This is another network.',
      'Nothing was read from it and nothing was sent.',
      'chain/wrong-genesis',
    )
    expect(await driver.page.locator('.main .amt').count()).toBe(0)
    await driver.go('subnets')
    await driver.page.getByRole('alert').first().waitFor()
    expect(await driver.page.getByRole('row').count()).toBe(0)
    expect(driver.complaints).toEqual([])
  })
})
