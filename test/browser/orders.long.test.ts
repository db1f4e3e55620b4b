import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OrderFile, Relayer } from '../support/chain/relayer.ts'
import {
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  sessionWith,
  signAndSend,
  validatorOf,
  WORDS,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { signAndClose } from './steps.ts'

let host: RunningHost
let session: HostSession
let driver: PageDriver
let relayer: Relayer

const look = async (name: string) => expect.soft(await driver.look(name)).toEqual([])

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await session.must('wallet.importWords', {
    name: 'edward',
    words: WORDS,
    password: LONG_PASSWORD,
    cryptoType: 'ed25519',
  })
  await importWallet(session)
  await session.must('wallet.select', { name: 'a' })
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  await getRich(session)
  const moves = [{ kind: 'add', netuid: 4, hotkey: await validatorOf(session, 4), amount: '5000000000' }]
  await signAndSend(session, await session.must('staking.planMoves', { moves, tolerancePpm: 100_000 }))
  const { endpoint } = await session.until<{ endpoint?: string }>('network.status', (status) =>
    Boolean(status.endpoint),
  )
  relayer = await Relayer.join(endpoint ?? '')
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await relayer?.close()
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('limit orders in the window', { timeout: 180_000 }, () => {
  const kind = (name: string) =>
    driver.page.getByRole('group', { name: 'Kind of order' }).getByRole('button', { name }).click()
  const price = () => driver.field('Limit price, TAO for one alpha')
  const dialog = () => driver.page.getByRole('dialog')
  const row = (text: RegExp) => driver.page.getByRole('row', { name: text })
  async function fresh(view = 'orders'): Promise<void> {
    await driver.go('portfolio')
    await driver.page.reload()
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await driver.go(view)
    await driver.page.getByRole('heading', { name: 'Limit orders', level: 1 }).waitFor()
  }

  it('says that the chain has them switched off, and what an order is', async () => {
    await driver.page.getByRole('link', { name: 'Limit orders' }).click()
    await driver.sees('Somebody has to carry')
    await driver.told('Limit orders are switched off.', 'Nothing was signed.', 'order/switched-off')
    await driver.sees('No order yet')
    await driver.button('New order').click({ force: true })
    expect(await driver.page.locator('.drawer').count()).toBe(0)
    await look('orders-off')
    expect(await relayer.switchOrders(true)).toBe('done')
  })

  it('refuses a key that the chain takes no orders from', async () => {
    await session.must('wallet.select', { name: 'edward' })
    await fresh()
    await driver.told('This key cannot sign orders.', 'sr25519 coldkey', 'order/key-type')
    await session.must('wallet.select', { name: 'a' })
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    await fresh()
  })

  it('says what is wrong with what was typed, and signs nothing of it', async () => {
    await driver.press('New order')
    await driver.sees('Fill in the place, the amount and the price first.')
    await driver.field('TAO to spend').fill('9999999')
    await price().fill('0,02')
    await driver.sees('More than is available.')
    await driver.sees('Write digits, with . before the decimals')
    await driver.page.getByRole('group', { name: 'Who may carry it out' }).getByText('Relayers by name').click()
    await driver.field('Addresses of relayers').fill('bob')
    await driver.sees('bob is no address')
    await look('orders-wrong')
    await driver.button('Review and sign').click({ force: true })
    expect(await dialog().count()).toBe(0)
    await driver.page.getByRole('group', { name: 'Who may carry it out' }).getByText('Anybody').click()
    await kind('Stop-loss')
    await driver.sees('So none can be set.')
    await driver.sees('Position')
    await kind('Buy')
  })

  it('signs a purchase whose price is there: shown to the byte, kept, and given to nobody', async () => {
    await driver.field('TAO to spend').fill('2')
    await price().fill('1')
    await driver.sees('The price is there already.')
    await look('orders-new')
    await session.must('wallet.lock', {})
    await driver.press('Review and sign')
    await dialog().getByText('Your signature is enough.').waitFor()
    await dialog()
      .getByText(/The \d+ bytes that are signed/)
      .waitFor()
    await look('orders-confirm')
    await dialog().getByRole('textbox', { name: 'Password of a' }).fill('wrong password')
    await dialog().getByRole('button', { name: 'Sign the order' }).click()
    await dialog().getByText('keys/wrong-password').waitFor()
    await dialog().getByRole('textbox', { name: 'Password of a' }).fill(LONG_PASSWORD)
    await dialog().getByRole('button', { name: 'Sign the order' }).click()
    await driver.page.getByRole('heading', { name: 'The order is signed' }).waitFor()
    await dialog().getByRole('button', { name: 'Show the file' }).click()
    const text = await dialog().locator('textarea').inputValue()
    await look('orders-signed')
    await dialog().getByRole('button', { name: 'Close' }).last().click()
    await row(/open Buy/).waitFor()
    expect(await relayer.execute(JSON.parse(text) as OrderFile, '//Bob')).toBe('done')
    await row(/done Buy/).waitFor()
  })

  it('hides a trade until it is in a block, says so, and lets a person choose the open', async () => {
    await driver.go('subnets/4')
    await driver.field('TAO to stake').fill('1')
    await driver.sees('refused below')
    await driver.press('Review and sign')
    await dialog().getByText('until it is in a block, so that nobody can trade before it').waitFor()
    await look('shield-hidden')
    await dialog().getByRole('button', { name: 'Send it in the open' }).click()
    await dialog().getByText('Visible to everybody. You turned it off for this one.').waitFor()
    await look('shield-open')
    await dialog().getByRole('button', { name: 'Hide it' }).click()
    await dialog().getByText('Hidden', { exact: true }).waitFor()
    await signAndClose(driver)
    const records = await session.until<readonly { stage: string; carrierHash?: string }[]>('activity.watch')
    expect(records[0]).toMatchObject({ carrierHash: expect.stringMatching(/^0x/) })
    await driver.go('orders')
  })

  it('takes back a stop-loss; what another relayer began stays, what is too old is over', async () => {
    await driver.go('subnets/4/detail')
    await driver.page.getByRole('link', { name: 'Limit order', exact: true }).click()
    await driver.field('TAO to spend').waitFor()
    await kind('Stop-loss')
    await driver.button('25 %').click()
    await price().fill('0.0005')
    await driver.sees('nothing; to cancel it later costs a network fee')
    await look('orders-stop')
    await driver.press('Review and sign')
    await dialog().getByRole('button', { name: 'Sign the order' }).click()
    await driver.page.getByRole('heading', { name: 'The order is signed' }).waitFor()
    await dialog().getByRole('button', { name: 'Close' }).last().click()
    await row(/open Stop-loss/).click()
    await driver.press('Cancel the order')
    await signAndClose(driver)
    await row(/cancelled Stop-loss/).waitFor()
    const sale = { type: 'TakeProfit', netuid: 4, hotkey: await validatorOf(session, 4), limitPrice: '1000' }
    const bob = relayer.addressOf('//Bob')
    const parts = { ...sale, amount: '2000000000', relayers: [bob], partialFills: true, expiryMs: Date.now() + 9e7 }
    const { orderId } = await session.must<{ orderId: string }>('orders.sign', parts)
    const { text } = await session.must<{ text: string }>('orders.export', { orderId })
    expect(await relayer.execute(JSON.parse(text) as OrderFile, '//Bob', 500_000_000n)).toBe('done')
    await session.must('orders.sign', { ...sale, amount: '1000000000', expiryMs: Date.now() + 2_000 })
    await row(/partly done Take profit/).waitFor()
    await row(/expired Take profit/).waitFor()
    await row(/partly done Take profit/).click()
    await driver.sees('A part was carried out: the chain cancels no such order.')
    await look('orders')
    for (const width of [900, 640]) {
      await driver.page.setViewportSize({ width, height: 800 })
      expect.soft(await driver.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await look(`orders-${width}`)
    }
    await driver.page.setViewportSize({ width: 1280, height: 800 })
    expect(driver.complaints).toEqual([])
  })
})
