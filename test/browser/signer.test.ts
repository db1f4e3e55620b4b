import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostSession, sessionWith } from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'

const PASSWORD = 'a long enough one'
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const DAVE = '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy'
const TAO = 1_000_000_000n

let host: RunningHost
let session: HostSession
let driver: PageDriver
const dialog = () => driver.page.getByRole('dialog')
const main = () => driver.page.getByRole('main')
const setLimits = (policy: object) => session.must('signer.setPolicy', { wallet: 'w', policy })

/** Types a transfer and opens the confirm screen. */
async function review(tao: string, to = BOB) {
  await driver.go('send')
  await driver.field('Recipient').fill(to)
  await driver.field('TAO to send').fill(tao)
  await driver.press('Review and sign')
  await dialog().getByText('They agree.').waitFor()
}
const cancel = async () => {
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await dialog().waitFor({ state: 'detached' })
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  session = await sessionWith(host)
  await session.until('network.status', (status: { state: string }) => status.state === 'ready')
  await session.must('wallet.importWords', { name: 'w', words: WORDS, password: PASSWORD })
  await session.must('wallet.unlock', { name: 'w', password: PASSWORD })
  await session.must('practice.playMoney', { amount: String(100n * TAO) })
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('the signer in the window', { timeout: 180_000 }, () => {
  it('says that no limits were set, refuses what it cannot read, and tightens at once', async () => {
    await driver.go('limits')
    await driver.sees('No limits were ever set.')
    await driver.press('Set limits')
    await driver.field('Most TAO per transaction').fill('1,5')
    await driver.sees('Write digits')
    await driver.field('Most TAO per transaction').fill('10')
    await driver.field('Most TAO in any 24 hours').fill('12')
    await driver.sees('It counts at once.')
    expect.soft(await driver.inspect('limits-form')).toEqual([])
    await driver.press('Save the limits')
    await driver.sees('The limits were saved.')
    await driver.page.getByRole('img', { name: /0.0* TAO signed for|0 TAO signed for/ }).waitFor()
  })

  it('shows the signer’s own reading, and shuts signing where the limits do not allow it', async () => {
    await review('11')
    await dialog().getByText('as the signer reads them').waitFor()
    await dialog()
      .getByText(/metadata hash o(n|ff)/)
      .waitFor()
    await dialog().getByText('This is more than your signing rules allow at once.').waitFor()
    const sign = dialog().getByRole('button', { name: 'Sign and send' })
    expect(await sign.getAttribute('aria-disabled')).toBe('true')
    expect.soft(await driver.inspect('confirm-refused')).toEqual([])
    await dialog().getByRole('link', { name: 'Look at the limits' }).click()
    await driver.page.getByRole('heading', { name: 'Signing limits', level: 1 }).waitFor()
  })

  it('shows the signer’s refusal when a limit came after the dialog was opened', async () => {
    await review('2')
    await setLimits({ mostPerTransaction: String(TAO), mostPerDay: String(12n * TAO) })
    await dialog().getByRole('button', { name: 'Sign and send' }).click()
    await dialog().getByText('policy/per-transaction').waitFor()
    await dialog().getByRole('link', { name: 'Look at the limits' }).first().waitFor()
    await cancel()
  })

  it.each([
    ['a recipient', { recipients: [DAVE] }, 'Your signing rules do not allow this recipient.'],
    ['a kind', { kinds: ['add-stake'] }, 'Your signing rules do not allow this kind of transaction.'],
  ])('says why %s is not allowed', async (_name, more, words) => {
    const before = await session.must<{ policy: object }>('signer.policy', { wallet: 'w' })
    await setLimits({ ...before.policy, ...more })
    await review('0.5')
    await dialog().getByText(words).waitFor()
    await cancel()
  })

  it('loosening asks for the password, says when it counts, and can be called off', async () => {
    await driver.go('limits')
    await driver.press('Change the limits')
    await driver.page.getByRole('group', { name: 'Allowed recipients' }).getByRole('button', { name: 'Any' }).click()
    await driver.page.getByRole('group', { name: 'Allowed kinds' }).getByRole('button', { name: 'Any' }).click()
    await driver.sees('That part needs your password and counts after')
    expect(await driver.button('Save the limits').getAttribute('aria-disabled')).toBe('true')
    await driver.page.getByLabel('Password of w').fill('not the password')
    await driver.press('Save the limits')
    await driver.sees('The password is wrong.')
    await driver.page.getByLabel('Password of w').fill(PASSWORD)
    await driver.press('Save the limits')
    await driver.sees('Looser limits wait')
    expect.soft(await driver.inspect('limits')).toEqual([])
    await driver.press('Keep the limits as they are')
    await driver.page.getByRole('heading', { name: 'Looser limits wait' }).waitFor({ state: 'detached' })
  })

  it('the log tells of what was refused, and is exported as text', async () => {
    await driver.go('limits/log')
    await driver.sees('each follows from the one before')
    await main()
      .getByRole('row', { name: /policy\/per-transaction/ })
      .first()
      .click()
    await driver.sees('Hash of the bytes')
    expect.soft(await driver.inspect('audit')).toEqual([])
    await driver.page.keyboard.press('Escape')
    await driver.press('Export')
    await expect.poll(() => dialog().getByRole('textbox').inputValue()).toContain('"code":"policy/per-transaction"')
    await dialog().getByRole('button', { name: 'CSV' }).click()
    await expect.poll(() => dialog().getByRole('textbox').inputValue()).toMatch(/^seq,atMs,what,decision,code/)
    await dialog().getByRole('button', { name: 'Close' }).last().click()
  })

  it('signs a text with the mark, refuses plainly what could be a hash, and says which form fits', async () => {
    await driver.go('limits/messages')
    const text = driver.page.getByLabel('Text', { exact: true })
    await text.fill('x'.repeat(32))
    await driver.press('Plain')
    await driver.press('Sign the text')
    await driver.sees('signer/not-a-message')
    await text.fill('hello')
    await driver.press('With the <Bytes> mark')
    await driver.press('Sign the text')
    await driver.sees('<Bytes>hello</Bytes>')
    const signature = await main()
      .getByText(/^0x[0-9a-f]{128}$/)
      .textContent()
    const address = (await session.until<{ active: { address: string } }>('wallet.state')).active.address
    await driver.field('Address that should have signed').fill(address)
    await driver.page.getByLabel('Text to verify').fill('hello')
    await driver.field('Signature').fill(signature ?? '')
    await driver.press('Verify the signature')
    await driver.sees('over the text with the <Bytes> mark around it')
    expect.soft(await driver.inspect('messages')).toEqual([])
    await driver.page.getByLabel('Text to verify').fill('hello ')
    await driver.press('Verify the signature')
    await driver.sees('This address did not sign this text.')
  })

  it('locked: shown unverified; changed from outside: loud, and nothing is signed', async () => {
    await driver.go('limits')
    await session.must('wallet.lock')
    await driver.sees('Not verified: the wallet is locked.')
    const file = join(host.data, 'practice', 'wallets', 'w', 'signer-state.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(String(12n * TAO), String(90n * TAO)))
    await session.must('wallet.unlock', { name: 'w', password: PASSWORD })
    await driver.sees('These limits were changed from outside. Nothing is signed.')
    await driver.button('Set limits anew').waitFor()
    expect.soft(await driver.inspect('limits-tampered')).toEqual([])
    await review('0.5')
    await dialog().getByText('changed from outside: nothing is signed.').waitFor()
    expect(await dialog().getByRole('button', { name: 'Sign and send' }).getAttribute('aria-disabled')).toBe('true')
    await cancel()
    expect(driver.complaints).toEqual([])
  })
})

describe('a delay', { timeout: 180_000 }, () => {
  it('takes two steps: the first begins the wait, the second signs', async () => {
    await session.must('wallet.importWords', {
      name: 'late',
      words: 'old leopard transfer rib spatial phone calm indicate online fire caution review',
      password: PASSWORD,
    })
    await session.must('wallet.select', { name: 'late' })
    await session.must('wallet.unlock', { name: 'late', password: PASSWORD })
    await session.must('practice.playMoney', { amount: String(10n * TAO) })
    const policy = { delay: { above: String(TAO), waitMs: 4_000 } }
    await session.must('signer.setPolicy', { wallet: 'late', policy })
    await review('2')
    await dialog().getByText('It waits:').waitFor()
    await dialog().getByRole('button', { name: 'Sign, or begin the wait' }).click()
    await dialog().getByText('Step 1 of 2: the wait has begun.').waitFor()
    expect(await dialog().getByRole('button', { name: 'Quote again' }).getAttribute('aria-disabled')).toBe('true')
    await dialog().getByText('The wait is over. Quote again, then sign.').waitFor()
    await dialog().getByRole('button', { name: 'Quote again' }).click()
    await dialog().getByText('They agree.').waitFor()
    await dialog().getByRole('button', { name: 'Sign, or begin the wait' }).click()
    await dialog().getByRole('heading', { name: 'What happened' }).waitFor()
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click()
    await dialog().waitFor({ state: 'detached' })
  })

  it('shows an account plan with every field, and the signer’s reading of it', async () => {
    await driver.go('wallets')
    await driver.go('proxies')
    await driver.sees('Nobody but the coldkey itself.')
    await driver.field('Account that may act').fill(BOB)
    await driver.page.getByText('May make only these').first().waitFor()
    await driver.press('Review the grant')
    await dialog().getByText('They agree.').waitFor()
    for (const name of ['What it does', 'Proxy', 'Kind of proxy', 'Delay', 'Signs and pays', 'Deposit', 'Your limits'])
      await dialog()
        .locator('dt', { hasText: new RegExp(`^${name}$`) })
        .waitFor()
    await dialog().getByText('It waits:').waitFor()
    expect.soft(await driver.inspect('confirm-account')).toEqual([])
    await cancel()
    expect(driver.complaints).toEqual([])
  })
})
