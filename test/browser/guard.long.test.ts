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

const OTHER_WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const HARBOUR = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV' as Ss58
const DAILY = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX' as Ss58
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty' as Ss58
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' as Ss58

interface Guard {
  readonly alarms: readonly string[]
  readonly swaps: readonly { readonly stage: string; readonly swap: { readonly coldkey: string } }[]
}

let host: RunningHost
let session: HostSession
let driver: PageDriver
let endpoint = ''
const heading = () => driver.page.getByRole('heading', { name: /Someone has announced a move of everything/ })

/** A wallet that is unlocked and holds play money. */
async function wallet(name: string, words: string): Promise<void> {
  await session.must('wallet.importWords', { name, words, password: LONG_PASSWORD })
  await session.must('wallet.unlock', { name, password: LONG_PASSWORD })
  await session.must('wallet.select', { name })
  await getRich(session)
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '500'] })
  session = await sessionWith(host)
  const status = await session.until<{ state: string; endpoint: string }>('network.status', (s) => s.state === 'ready')
  endpoint = status.endpoint
  await wallet('daily', OTHER_WORDS)
  await wallet('harbour', WORDS)
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person, one window, one chain; the steps build on each other. */
describe('safety around keys in the window', { timeout: 240_000 }, () => {
  it('grants a permission, with what it may do as the chain tells it', async () => {
    await driver.go('wallets')
    await driver.go('proxies')
    await driver.sees('Nobody but the coldkey itself.')
    await driver.field('Account that may act').fill(DAILY)
    await driver.page.getByText('May make only these').first().waitFor()
    await driver.page.getByRole('combobox', { name: 'Kind of proxy' }).selectOption('Any')
    await driver.sees('can move TAO')
    await driver.page.getByRole('combobox', { name: 'Kind of proxy' }).selectOption('Staking')
    await driver.press('Review the grant')
    await driver.page.getByRole('dialog').getByText('Proxy.add_proxy').first().waitFor()
    await signAndClose(driver)
    await driver.page.getByRole('button', { name: `Take back Staking from ${DAILY}` }).waitFor()
    await driver.page.locator('summary', { hasText: 'May make only these' }).first().click()
    await driver.sees('SubtensorModule.add_stake')
    expect.soft(await driver.inspect('proxies')).toEqual([])
  })

  it('lets the daily wallet stake for the cold one, and not send', async () => {
    await session.must('wallet.select', { name: 'daily' })
    expect(await session.call('proxy.actFor', { account: BOB })).toMatchObject({
      ok: false,
      error: { code: 'proxy/not-granted' },
    })
    await driver.page.getByText('Set up a daily account').click()
    await driver.field('Coldkey that stays cold').fill(HARBOUR)
    await driver.press('Look for the permission on the chain')
    await driver.sees('The permission is there.')
    expect.soft(await driver.inspect('daily-account')).toEqual([])
    const via = { kind: 'proxy', real: HARBOUR }
    const hotkey = await validatorOf(session, 2)
    const stake = { kind: 'add-stake', hotkey, netuid: 2, amount: '5000000000', limitPrice: '1000000000000' }
    await signAndSend(session, await session.must('account.plan', { via, intent: stake }))
    const held = await session.must<{ positions: readonly object[] }>('portfolio.get', { coldkey: HARBOUR })
    expect(held.positions).toMatchObject([{ netuid: 2, hotkey }])
    const transfer = { kind: 'transfer', to: BOB, amount: '1000000000' }
    expect(await session.call('account.plan', { via, intent: transfer })).toMatchObject({
      ok: false,
      error: { code: 'proxy/may-not', proxyType: 'Staking', call: 'Balances.transfer_keep_alive' },
    })
  })

  it('makes an account without a key, and removes it only when its beginning is typed', async () => {
    await driver.press('Make an account without a key')
    await signAndClose(driver)
    await driver.sees('Block, extrinsic')
    await driver.page.getByRole('button', { name: 'Remove', exact: true }).click()
    const review = driver.button('Review the removal')
    expect(await review.getAttribute('aria-disabled')).toBe('true')
    const field = driver.field(/To remove it, type its first 8 characters/)
    const name = await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '')
    await field.fill(name.trim().slice(-8))
    await review.click()
    await driver.page.getByRole('dialog').getByText('Proxy.kill_pure').first().waitFor()
    await driver.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  })

  it('covers the window when somebody else announces a move, starts on its heading, and Enter does nothing', async () => {
    await signElsewhere(endpoint, WORDS, { kind: 'announce-coldkey-swap', newColdkey: BOB })
    await heading().waitFor()
    expect(await driver.page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await driver.page.keyboard.press('Enter')
    await driver.page.keyboard.press('Escape')
    await heading().waitFor()
    expect(await driver.page.getByRole('heading', { name: 'Check before you sign' }).count()).toBe(0)
    await driver.sees('blocks left, until block')
    await driver.page.getByText('at spot, of it').waitFor()
    expect.soft(await driver.inspect('alarm')).toEqual([])
  })

  it('shrinks to a bar, and takes no other call meanwhile', async () => {
    await driver.page.getByRole('button', { name: /Keep as a bar on top/ }).click()
    await heading().waitFor({ state: 'detached' })
    await driver.sees('someone announced a move of everything in harbour')
    await session.must('wallet.select', { name: 'harbour' })
    await driver.go('proxies')
    await driver.page.getByRole('button', { name: `Take back Staking from ${DAILY}` }).click()
    await driver.sees('The chain would refuse this now.')
    expect.soft(await driver.inspect('alarm-bar')).toEqual([])
    await driver.press('Open the alarm')
    await heading().waitFor()
  })

  it('believes “this was me” only with the address whose hash is on the chain', async () => {
    await driver.press('Enter the new address')
    const field = driver.field('Address of the new coldkey')
    await field.fill(ALICE)
    await driver.press('Compare with the chain')
    await driver.sees('This is not the coldkey that was announced.')
    await heading().waitFor()
    await field.fill(BOB)
    await driver.press('Compare with the chain')
    await heading().waitFor({ state: 'detached' })
    await driver.sees('harbour moves to another coldkey.')
    expect((await session.until<Guard>('account.guard')).alarms).toEqual([])
  })

  it('clears it once the chain lets it, then announces and carries out a move of its own', async () => {
    await driver.go('coldkey')
    await driver.sees('Everything moves to')
    expect.soft(await driver.inspect('coldkey')).toEqual([])
    await driver.page.getByRole('button', { name: 'Clear the announcement', disabled: false }).click()
    await signAndClose(driver)
    await driver.field('New coldkey').fill(DAILY)
    expect(await driver.button('Review the announcement').getAttribute('aria-disabled')).toBe('true')
    await driver.page.getByRole('checkbox').check()
    await driver.press('Review the announcement')
    await signAndClose(driver)
    await driver.sees('Everything moves to')
    expect(await heading().count()).toBe(0)
    await driver.page.getByRole('button', { name: 'Carry out the change', disabled: false }).click()
    await signAndClose(driver)
    await driver.field('New coldkey').waitFor()
    const moved = await session.must<{ positions: readonly object[] }>('portfolio.get', { coldkey: DAILY })
    expect(moved.positions).toMatchObject([{ netuid: 2 }])
  })

  it('disputes: the coldkey is frozen, for the one who announced, too', async () => {
    await signElsewhere(endpoint, OTHER_WORDS, { kind: 'announce-coldkey-swap', newColdkey: BOB })
    await heading().waitFor()
    await driver.press('Dispute and freeze')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('SubtensorModule.dispute_coldkey_swap').first().waitFor()
    expect.soft(await driver.inspect('alarm-confirm')).toEqual([])
    await signAndClose(driver)
    await heading().waitFor({ state: 'detached' })
    await driver.sees('The coldkey is frozen')
    const guard = await session.until<Guard>('account.guard', ({ swaps }) => swaps[0]?.stage === 'disputed')
    expect(guard).toMatchObject({ alarms: [], swaps: [{ stage: 'disputed', swap: { coldkey: DAILY } }] })
    await expect(signElsewhere(endpoint, OTHER_WORDS, { kind: 'clear-coldkey-swap' })).rejects.toThrow('refused')
    expect(driver.complaints).toEqual([])
  })
})
