import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkStatus } from '../../shared/contract/app.contract.ts'
import { type HostSession, importWallet, sessionWith } from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { getPlayMoney, stake } from './steps.ts'

/** Enough for a course of prices that is more than a dot. */
const BLOCKS_OF_LIFE = 150

let host: RunningHost
let session: HostSession
let driver: PageDriver
beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '250'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  await importWallet(session, 'harbour')
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 120_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** Screens of a network that has lived for a while, as the docs show them. */
describe('markets and history of a network in use', { timeout: 180_000 }, () => {
  it('carries stake in two subnets for some epochs', async () => {
    await getPlayMoney(driver)
    await stake(driver, /Deep pool/, '25')
    await stake(driver, /Practice text/, '10')
    await session.until<NetworkStatus>('network.status', ({ best }) => (best?.number ?? 0) >= BLOCKS_OF_LIFE)
  })

  it.each([
    ['subnets/4/detail', 'subnet-detail'],
    ['validators/4', 'validators'],
    ['network', 'network'],
    ['history', 'history'],
  ])('has no fault on %s', async (view, name) => {
    await driver.go(view)
    await driver.page.locator('.main h1').waitFor()
    await expect.poll(() => driver.page.locator('.main [aria-busy="true"]').count()).toBe(0)
    expect.soft(await driver.inspect(name)).toEqual([])
    expect(driver.complaints).toEqual([])
  })
})
