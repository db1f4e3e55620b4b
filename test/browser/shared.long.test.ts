import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostSession, LONG_PASSWORD, sessionWith, signAndSend, WORDS } from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { openStake, signAndClose } from './steps.ts'

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
/** A minute: longer than it takes to see that it still runs. */
const DELAY_BLOCKS = 60
const PEOPLE = [
  ['ann', WORDS],
  ['ben', 'old leopard transfer rib spatial phone calm indicate online fire caution review'],
  ['cleo', 'legal winner thank year wave sausage worth useful legal winner thank yellow'],
] as const

let host: RunningHost
let session: HostSession
let driver: PageDriver
const address: Record<string, string> = {}

async function become(name: string): Promise<void> {
  await session.must('wallet.select', { name })
  await session.must('wallet.unlock', { name, password: LONG_PASSWORD })
}
const freeOf = async (coldkey: string) =>
  BigInt((await session.must<{ free: string }>('portfolio.get', { coldkey })).free)
const shared = async () =>
  (await session.must<readonly { address: string }[]>('multisig.list'))[0]?.address ?? 'no shared account'
const band = () => driver.page.getByRole('region', { name: 'Acting for another account' })
const treasury = () => driver.page.getByRole('listitem', { name: 'Treasury' })

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  session = await sessionWith(host)
  await session.must('network.select', { kind: 'practice' })
  for (const [name, words] of PEOPLE) {
    const made = await session.must<{ address: string }>('wallet.importWords', { name, words, password: LONG_PASSWORD })
    address[name] = made.address
    await become(name)
    await session.must('practice.playMoney', { amount: '100000000000' })
  }
  // Blocks pass between a proposal and its end, and the pool's price moves meanwhile.
  await session.must('settings.change', { tolerancePpm: 50_000 })
  await become('ann')
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** Three people at one window; the steps build on each other. */
describe('shared accounts and acting for others, in the window', { timeout: 240_000 }, () => {
  it('makes an account of three, its address shown before it is remembered', async () => {
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await driver.page.getByRole('link', { name: 'Shared accounts' }).click()
    await driver.sees('No shared account yet')
    await driver.press('Add a shared account')
    expect(await driver.button('Remember this account').getAttribute('aria-disabled')).toBe('true')
    await driver.field('Name').fill('Treasury')
    for (const name of ['ben', 'cleo']) {
      await driver.page.getByLabel('A member that you know').selectOption({ label: name })
      await driver.button('Add this member').and(driver.page.locator(':not([aria-disabled])')).click()
      await driver.button(`Remove ${name}`).waitFor()
    }
    await driver.page.getByRole('region', { name: 'Its address' }).waitFor()
    expect.soft(await driver.inspect('shared-add')).toEqual([])
    await driver.press('Remember this account')
    await treasury().getByText('2 of 3 approve').waitFor()
    await treasury().getByText('It holds nothing yet.').waitFor()
    expect(await treasury().textContent()).toContain(await shared())
  })

  it('proposes a transfer, marked as the account’s on every screen', async () => {
    const request = { to: await shared(), amount: '20000000000' }
    await signAndSend(session, await session.must('transfer.plan', request))
    await driver.press('Propose sending from Treasury')
    await band().getByText('Treasury').waitFor()
    await driver.field('Recipient').fill(BOB)
    await driver.field('TAO to send').fill('30')
    await driver.sees('More than is available.')
    await driver.field('TAO to send').fill('3')
    await driver.sees('Deposit of the signer, comes back')
    expect.soft(await driver.inspect('acting-send')).toEqual([])
    await driver.press('Review and sign')
    const dialog = driver.page.getByRole('dialog')
    await dialog.getByText('Multisig.as_multi').first().waitFor()
    expect(await dialog.textContent()).toContain(await shared())
    expect.soft(await driver.inspect('acting-confirm')).toEqual([])
    await signAndClose(driver)
    await driver.go('shared-accounts')
    await treasury().getByText('You approved. It waits for the others.').waitFor()
    await treasury().getByText('Balances.transfer_keep_alive').first().waitFor()
    await band().waitFor()
    expect.soft(await driver.inspect('shared-account')).toEqual([])
  })

  it('another wallet acts for itself again, and carries the operation out', async () => {
    const before = await freeOf(BOB)
    await become('ben')
    await band().waitFor({ state: 'detached' })
    await treasury().getByRole('button', { name: 'Carry out' }).click()
    await signAndClose(driver)
    await treasury().getByText('No operation waits for approvals.').waitFor()
    expect((await freeOf(BOB)) - before).toBe(3_000_000_000n)
  })

  it('stakes from the account, whose positions the portfolio then shows', async () => {
    await driver.press('Propose a stake from Treasury')
    await band().waitFor()
    await openStake(driver, /Deep pool/)
    await driver.field('TAO to stake').fill('5')
    await driver.sees('Deposit of the signer, comes back')
    expect.soft(await driver.inspect('acting-stake')).toEqual([])
    await driver.press('Review and sign')
    await signAndClose(driver)
    await become('cleo')
    await driver.go('shared-accounts')
    await treasury().getByRole('button', { name: 'Carry out' }).click()
    await signAndClose(driver)
    await driver.press('Its portfolio: Treasury')
    await band().waitFor()
    await driver
      .button(/^Unstake/)
      .first()
      .waitFor()
    expect(await driver.button(/^Get 1000/).count()).toBe(0)
    expect.soft(await driver.inspect('acting-portfolio')).toEqual([])
    await driver.press(/Act for .* again/)
    await band().waitFor({ state: 'detached' })
  })

  it('as a delayed proxy announces first, says when, and carries out then', async () => {
    await become('ann')
    const intent = { kind: 'add-proxy', delegate: address['cleo'], proxyType: 'Staking', delay: DELAY_BLOCKS }
    await signAndSend(session, await session.must('account.plan', { via: { kind: 'direct' }, intent }))
    await become('cleo')
    await driver.go('shared-accounts')
    const field = driver.field('Account that granted this wallet a proxy')
    await field.fill(address['ben'] ?? '')
    await driver.press('Ask the chain and remember it')
    await driver.sees('proxy/not-granted')
    await field.fill(address['ann'] ?? '')
    await driver.press('Ask the chain and remember it')
    await driver.press(`Act for it: ${address['ann']}`)
    await band().getByText('as its proxy').waitFor()
    await openStake(driver, /Deep pool/)
    await driver.field('TAO to stake').fill('2')
    await driver.sees('This signature announces it.')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('Proxy.announce').first().waitFor()
    await signAndClose(driver)
    await driver.go('shared-accounts')
    const announced = driver.page.getByRole('region', { name: 'Announced calls' })
    await announced.getByText('Can be carried out from block').waitFor()
    expect(await announced.getByRole('button', { name: 'Carry out' }).getAttribute('aria-disabled')).toBe('true')
    expect.soft(await driver.inspect('proxy-announced')).toEqual([])
    await announced.getByText('The delay is over: it can be carried out.').waitFor({ timeout: 150_000 })
    await announced.getByRole('button', { name: 'Carry out' }).click()
    await driver.page.getByRole('dialog').getByText('Proxy.proxy_announced').first().waitFor()
    await signAndClose(driver)
    await announced.waitFor({ state: 'detached' })
    const { positions } = await session.must<{ positions: readonly object[] }>('portfolio.get', {
      coldkey: address['ann'],
    })
    expect(positions).toHaveLength(1)
    expect(driver.complaints).toEqual([])
  })
})
