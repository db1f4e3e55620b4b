import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ss58 } from '../../shared/units/amounts.ts'
import { signElsewhere } from '../support/chain/other-client.ts'
import {
  getRich,
  type HostSession,
  LONG_PASSWORD,
  sessionWith,
  signAndSend,
  validatorOf,
  WORDS,
} from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { signAndClose } from './steps.ts'

const PEOPLE = {
  harbour: WORDS,
  daily: 'old leopard transfer rib spatial phone calm indicate online fire caution review',
  vault: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
} as const
type Who = keyof typeof PEOPLE
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty' as Ss58
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' as Ss58
/** Long enough to look at what was announced, and to reject it. */
const DELAY_BLOCKS = 600

interface Guard {
  readonly alarms: readonly string[]
  readonly swaps: readonly { readonly stage: string; readonly swap: { readonly coldkey: string } }[]
}

let host: RunningHost
let session: HostSession
let driver: PageDriver
let endpoint = ''
const address: Record<string, string> = {}

const dialog = () => driver.page.getByRole('dialog')
const heading = () => driver.page.getByRole('heading', { name: /Someone has announced a move of everything/ })
const several = () => driver.page.getByRole('navigation', { name: 'Coldkeys under alarm' })
const announceElsewhere = (who: Who, newColdkey: Ss58) =>
  signElsewhere(endpoint, PEOPLE[who], { kind: 'announce-coldkey-swap', newColdkey })

async function become(name: Who): Promise<void> {
  await session.must('wallet.select', { name })
  await session.must('wallet.unlock', { name, password: LONG_PASSWORD })
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '500'] })
  session = await sessionWith(host)
  const status = await session.until<{ state: string; endpoint: string }>('network.status', (s) => s.state === 'ready')
  endpoint = status.endpoint
  for (const [name, words] of Object.entries(PEOPLE)) {
    const made = await session.must<{ address: string }>('wallet.importWords', { name, words, password: LONG_PASSWORD })
    address[name] = made.address
    await become(name as Who)
    await getRich(session)
  }
  // From here on this computer only watches it: its words are elsewhere.
  await session.must('wallet.remove', { name: 'vault' })
  await session.must('wallet.importWatchOnly', { name: 'vault', source: address['vault'] })
  await become('harbour')
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person with three coldkeys, one of them only watched; the steps build on each other. */
describe('what others announce in the name of an account', { timeout: 240_000 }, () => {
  it('a call that a proxy announced is rejected, and cannot be made any more', async () => {
    const grant = { kind: 'add-proxy', delegate: address['daily'], proxyType: 'Staking', delay: DELAY_BLOCKS }
    await signAndSend(session, await session.must('account.plan', { via: { kind: 'direct' }, intent: grant }))
    await become('daily')
    await session.must('proxy.actFor', { account: address['harbour'] })
    const hotkey = await validatorOf(session, 1)
    const stake = { kind: 'add-stake', hotkey, netuid: 1, amount: '5000000000', limitPrice: '1000000000000' }
    const via = { kind: 'proxy', real: address['harbour'] }
    await signAndSend(session, await session.must('account.plan', { via, intent: stake }))
    await become('harbour')
    await driver.go('wallets')
    await driver.page.getByRole('link', { name: 'Who may act' }).click()
    const against = driver.page.getByRole('region', { name: 'Announced in the name of this account' })
    await against.getByText(/It can be made in \d+ blocks?/).waitFor()
    expect(await against.textContent()).toContain(address['daily']?.slice(0, 4))
    expect.soft(await driver.inspect('proxies-announced')).toEqual([])
    await against.getByRole('button', { name: 'Reject' }).click()
    await dialog().getByText('Proxy.reject_announcement').first().waitFor()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await dialog().waitFor({ state: 'detached' })
    await against.waitFor()
    await against.getByRole('button', { name: 'Reject' }).click()
    await dialog().getByText('Proxy.reject_announcement').first().waitFor()
    await signAndClose(driver)
    await against.waitFor({ state: 'detached' })
    const left = await session.must<{ facts: { announced: readonly object[] } }>('proxy.view', {
      account: address['daily'],
    })
    expect(left.facts.announced).toEqual([])
  })

  it('two coldkeys under alarm are told apart, the most urgent first; a third covers the window again', async () => {
    await announceElsewhere('harbour', BOB)
    await heading().waitFor()
    await announceElsewhere('daily', BOB)
    await several().getByText('2 coldkeys are under alarm.').waitFor()
    expect(await several().getByRole('button', { pressed: true }).textContent()).toBe('harbour')
    await several().getByRole('button', { name: 'daily' }).click()
    await driver.page.locator('#alarm-lead').getByText('the coldkey of daily').waitFor()
    expect.soft(await driver.inspect('alarm-several')).toEqual([])
    await driver.press(/Keep as a bar on top/)
    await heading().waitFor({ state: 'detached' })
    await driver.sees('1 other coldkey is under alarm, too.')
    await announceElsewhere('vault', ALICE)
    await several().getByText('3 coldkeys are under alarm.').waitFor()
  })

  it('each is answered by itself: one was me, one is disputed, one is disputed where its key is', async () => {
    await several().getByRole('button', { name: 'daily' }).click()
    await driver.press('Enter the new address')
    const field = driver.field('Address of the new coldkey')
    await field.fill(ALICE)
    await driver.press('Compare with the chain')
    await driver.sees('This is not the coldkey that was announced.')
    await field.fill(BOB)
    await driver.press('Compare with the chain')
    await several().getByText('2 coldkeys are under alarm.').waitFor()
    expect(await several().getByRole('button', { name: 'daily' }).count()).toBe(0)

    await several().getByRole('button', { name: 'harbour' }).click()
    await driver.press('Dispute and freeze')
    await dialog().getByText('SubtensorModule.dispute_coldkey_swap').first().waitFor()
    expect(await dialog().textContent()).toContain(address['harbour']?.slice(4, 8))
    await signAndClose(driver)
    await several().waitFor({ state: 'detached' })
    await driver.page.locator('#alarm-lead').getByText('the coldkey of vault').waitFor()

    await driver.sees('The key of this coldkey is not in this app.')
    await driver.press('Dispute and freeze')
    await driver.page.getByRole('heading', { name: 'Sign on another device' }).waitFor()
    expect.soft(await driver.inspect('alarm-elsewhere')).toEqual([])
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await heading().waitFor()
    await signElsewhere(endpoint, PEOPLE.vault, { kind: 'dispute-coldkey-swap' })
    await heading().waitFor({ state: 'detached' })

    const { alarms, swaps } = await session.until<Guard>('account.guard', (guard) => guard.alarms.length === 0)
    expect(alarms).toEqual([])
    const stages = Object.fromEntries(swaps.map(({ stage, swap }) => [swap.coldkey, stage]))
    expect(stages[address['harbour'] ?? '']).toBe('disputed')
    expect(stages[address['vault'] ?? '']).toBe('disputed')
    expect(stages[address['daily'] ?? '']).not.toBe('disputed')
    await driver.sees('Announced changes in all: 3.')
    expect.soft(await driver.inspect('alarm-settled')).toEqual([])
    expect(driver.complaints).toEqual([])
  })
})
