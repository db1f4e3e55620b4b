import { afterAll, describe, expect, it } from 'vitest'
import { playScene, type Scene } from './fake-host.ts'
import { gaveUp } from './mine-scenes.ts'
import { everyModel } from './model-scenes.ts'
import { PageDriver } from './page-driver.ts'
import { doubt, extremes, failed, real, stale } from './scenes.ts'
import { mineByHand } from './steps.ts'
import { contradicted, unquoted } from './trade-scenes.ts'

const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A window for each scene, which its tests share: they only look. */
const windows = new Map<Scene, PageDriver>()
async function windowOf(scene: Scene): Promise<PageDriver> {
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  return driver
}

async function show(scene: Scene, width = 1280): Promise<PageDriver> {
  const driver = windows.get(scene) ?? (await windowOf(scene))
  windows.set(scene, driver)
  await driver.page.setViewportSize({ width, height: 800 })
  await driver.go('portfolio')
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
  return driver
}
const VIEWS = ['portfolio', 'subnets', 'mine', 'earnings', 'activity', 'settings', 'wallets']
/** Keys, accounts and signing. */
const ACCOUNT_VIEWS = [
  'history',
  'holdings',
  'orders',
  'addresses',
  'send',
  'receive',
  'shared-accounts',
  'proxies',
  'coldkey',
  'limits',
  'limits/log',
  'limits/messages',
  'offline',
]
const MARKET_VIEWS = ['subnets/1/detail', 'validators/1', 'network']

/** States that a healthy network does not reach by itself, on real doors with played services. */
describe('scenes', { timeout: 120_000 }, () => {
  it('a real network carries no mark of practice, on any view', async () => {
    const driver = await show(real)
    for (const view of [...VIEWS, ...ACCOUNT_VIEWS, ...MARKET_VIEWS]) {
      await driver.go(view)
      await driver.page.waitForTimeout(300)
      const text = await driver.page.locator('body').textContent()
      expect(`${view}: ${/\bplay\b|practice network/i.exec(text ?? '')?.[0]}`).toBe(`${view}: undefined`)
      expect(await driver.page.locator('.is-play, .u.play').count()).toBe(0)
    }
    expect(await driver.page.title()).not.toContain('Practice')
    await driver.go('mine')
    await driver.sees('Nothing is proposed here')
    expect.soft(await driver.inspect('real-proposal')).toEqual([])
    await mineByHand(driver)
    await driver.sees('Registration is closed.')
    expect.soft(await driver.inspect('real-mine')).toEqual([])
    await driver.go('portfolio')
    expect.soft(await driver.inspect('real-portfolio')).toEqual([])
    expect(driver.complaints).toEqual([])
  })

  it('a miner says what its model had no room for', async () => {
    const driver = await show(gaveUp)
    await driver.go('mine')
    await driver.sees('There was no room to load it with all 36 layers on the GPU, 2 places.')
    await driver.sees('Refused: not registered on this subnet')
    expect.soft(await driver.look('mine-gave-up')).toEqual([])
    await driver.sees('Everybody whom the adapter asks for is answered.')
    await driver.press('Change the lists')
    await driver.page.getByLabel('Answer some hotkeys only').click()
    await driver.sees('While this is empty, nobody is answered.')
    await driver.press('Cancel')
  })

  it('a model is absent, coming, waiting, checked, paused, wrong, without room, being moved, or an own file', async () => {
    const driver = await show(everyModel)
    await driver.go('models')
    await driver.sees('412 MB of 1.1 GB, 12 MB a second, 59 s left, 4 connections')
    await driver.sees('from mirror.example, a source of your own')
    await driver.press('Not here: Download 1.1 GB')
    await driver.sees('This model comes under')
    expect.soft(await driver.look('models')).toEqual([])
    await driver.press('Do not download')
    await driver.button('That fit').click()
    await driver.button('Embedding').click()
    await driver.sees('No model is like that.')
  })

  it('old values stay readable, their age is said, and signing waits', async () => {
    const driver = await show(stale)
    await driver.page
      .getByText(/block.*27 min ago, old/)
      .first()
      .waitFor()
    await driver.page.locator('.stale .read', { hasText: '654.250994077 TAO' }).waitFor()
    await driver.sees('The network cannot be reached.')
    expect.soft(await driver.inspect('state-stale')).toEqual([])
    await driver.go('subnets/1')
    await driver.sees('The chain data is old. Signing waits for a new block.')
    await driver.button('Review and sign').click({ force: true })
    expect(await driver.page.getByRole('dialog').count()).toBe(0)
  })

  it.each([1280, 640])(
    'says above every view why nothing is signed, and which nodes there are: %s px',
    async (width) => {
      const driver = await show(doubt, width)
      for (const view of ['portfolio', 'settings']) {
        await driver.go(view)
        await driver.sees('chain/sources-disagree')
        expect.soft(await driver.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        expect.soft(await driver.inspect(`state-doubt-${view}-${width}`)).toEqual([])
      }
      await driver.sees('3 of 14 requests free, 1 more each second.')
      await driver.sees('Failed lately: others are asked first. Asked without limit. Answered in 28411 ms.')
      // Nothing overlaps: what is said of a node ends before the choice below it begins.
      const [words, choice] = await driver.page.evaluate(() => {
        const said = [...document.querySelectorAll('p')].find((p) => p.textContent?.startsWith('In use.'))
        const box = said?.parentElement?.querySelector('button, select')
        return [said?.getBoundingClientRect().bottom ?? 0, box?.getBoundingClientRect().top ?? 0]
      })
      expect(choice).toBeGreaterThanOrEqual(words)
      expect(words).toBeGreaterThan(0)
    },
  )

  it('where the chain simulates nothing, a limit of one’s own is asked for before anything can be signed', async () => {
    const driver = await show(unquoted, 640)
    await driver.go('subnets/1')
    await driver.field('TAO to stake').fill('1')
    await driver.sees('Give the limit yourself.')
    await driver.sees('Enter a limit first.')
    const limit = driver.field('Most TAO for one alpha')
    await limit.fill('0,02')
    await driver.sees('Write digits, with . before the decimals')
    await driver.sees('Enter a limit first.')
    await limit.fill('0.025')
    await driver.sees('At least, if it is done')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe(null)
    expect.soft(await driver.inspect('trade-unquoted')).toEqual([])
  })

  it('where two sources disagree, both numbers stand there, and nothing is signed before somebody says so', async () => {
    const driver = await show(contradicted)
    await driver.sees('Not all of this is final yet.')
    await driver.page.getByRole('row', { name: /Free.*84\.211093558.*109\.211093558/ }).waitFor()
    expect.soft(await driver.inspect('portfolio-not-final')).toEqual([])
    await driver.go('subnets/1')
    await driver.field('TAO to stake').fill('1')
    await driver.sees('Two sources disagree.')
    const alert = driver.page.getByRole('alert').filter({ hasText: 'Two sources disagree.' })
    for (const number of ['0.072551760', '0.024183920', '0.024011304', '0.160423700', '0.001604237'])
      await alert.getByText(number).first().waitFor()
    await driver.sees('Two sources disagree. Look at both first.')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    expect.soft(await driver.inspect('trade-contradicted')).toEqual([])
    await driver.page.getByRole('checkbox', { name: /I have looked at both numbers/ }).check()
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe(null)
    expect(driver.complaints).toEqual([])
  })

  it('each view says what failed, why and what to do', async () => {
    const driver = await show(failed)
    await driver.sees('The network gave an answer that cannot be right.')
    expect.soft(await driver.inspect('state-failed')).toEqual([])
    await driver.go('subnets')
    await driver.sees('The network lacks what this needs.')
    await driver.go('earnings')
    await driver.sees('A file of the app is damaged.')
    expect.soft(await driver.inspect('state-failed-earnings')).toEqual([])
  })

  it.each([
    ['empty', real],
    ['failed', failed],
    ['extremes', extremes],
  ] as const)('has no fault on any screen of keys and accounts: %s', async (name, scene) => {
    const driver = await show(scene)
    for (const view of ACCOUNT_VIEWS) {
      await driver.go(view)
      await driver.page.waitForTimeout(300)
      expect.soft(await driver.inspect(`${name}-${view.replace('/', '-')}`)).toEqual([])
    }
    expect(driver.complaints).toEqual([])
  })

  it('shows what strangers say of subnets and validators as text, in its place, without a link or a picture', async () => {
    const driver = await show(extremes)
    for (const view of MARKET_VIEWS) {
      await driver.go(view)
      await driver.page.locator('.main .tbl td').first().waitFor()
      const text = await driver.page.locator('.main').textContent()
      expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/u)
      expect(await driver.page.locator('.main :is(img, iframe, a[href^="http"])').count()).toBe(0)
      expect.soft(await driver.inspect(`extremes-${view.replaceAll('/', '-')}`)).toEqual([])
    }
    await driver.go('validators/1')
    await driver.sees('keeps all')
    await driver.sees('sets no weights')
    expect(driver.complaints).toEqual([])
  })

  it('says why a claim would pay nothing, and offers none where nothing is owed', async () => {
    const driver = await show(real)
    await driver.go('holdings')
    await driver.sees('Nothing is owed now.')
    await driver.page.getByRole('link', { name: 'Claim from this validator' }).click()
    await driver.told('The chain would pay nothing.', 'Wait until more has come together.', 'root/below-threshold')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    expect.soft(await driver.inspect('real-holdings-claim')).toEqual([])
  })

  it('shows what is bound with its block, what nobody tells as unknown, and why an action is not there', async () => {
    const driver = await show(extremes)
    await driver.go('holdings')
    const rows = driver.page.locator('.main tbody tr')
    await rows
      .filter({ hasText: /about .*block/ })
      .first()
      .waitFor()
    await rows.filter({ hasText: 'Not as long as the lock is perpetual.' }).waitFor()
    await rows.filter({ hasText: 'unknown' }).first().waitFor()
    const why = 'Not offered: runtime 475 of this network has no call'
    await driver.sees(`${why} claim_root_with_hotkey.`)
    await driver.page.getByRole('link', { name: 'Change what binds netuid 1', exact: true }).click()
    await driver.page.getByLabel('What to do').selectOption({ label: 'Burn alpha' })
    await driver.sees(`${why} burn_alpha.`)
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    expect.soft(await driver.inspect('extremes-holdings-burn')).toEqual([])
  })

  it('says unknown instead of a total while a price is missing', async () => {
    const driver = await show(extremes)
    await driver.page.locator('.read', { hasText: 'unknown' }).waitFor()
    expect(await driver.page.locator('.pf-top').textContent()).not.toMatch(/\b0\.000 000 000/)
    expect.soft(await driver.inspect('extremes-portfolio')).toEqual([])
  })

  it('keeps hostile names in their line, marked and without effect', async () => {
    const driver = await show(extremes)
    await driver.go('subnets')
    await driver.sees('name of another subnet')
    await driver.sees('mixed alphabets')
    await driver.sees('symbol is like TAO')
    const heights = await driver.page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.clientHeight))
    expect(Math.max(...heights)).toBeLessThan(48)
    const text = await driver.page.locator('tbody').textContent()
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/u)
    expect.soft(await driver.inspect('extremes-subnets')).toEqual([])
    await driver.page.getByRole('row', { name: /Targon|Tаrgon/ }).click()
    await driver.page.locator('.drawer').waitFor()
    expect(await driver.page.locator('.drawer b').count()).toBe(0)
    expect.soft(await driver.inspect('extremes-stake')).toEqual([])
  })

  it.each([1280, 900, 640])('fits %d px with the longest names and numbers', async (width) => {
    const driver = await show(extremes, width)
    for (const view of [...VIEWS, ...ACCOUNT_VIEWS, ...MARKET_VIEWS]) {
      await driver.go(view)
      await driver.page.waitForTimeout(300)
      const over = await driver.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(`${view}: ${over}`).toBe(`${view}: 0`)
    }
    await driver.go('activity/r1')
    await driver.sees('The chain refused: SubtensorModule.SlippageTooHigh.')
    expect.soft(await driver.inspect(`extremes-activity-${width}`)).toEqual([])
  })

  it('says so when the host goes away, and keeps what it showed', async () => {
    const host = await playScene(real)
    const driver = await PageDriver.open(host.url)
    closers.push(driver.close)
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await host.stop()
    await driver.sees('app does not answer, trying again')
    await driver.page.locator('.stale .read').waitFor()
  })

  it('asks for the full address when the token is missing', async () => {
    const host = await playScene(real)
    closers.push(host.stop)
    const driver = await PageDriver.open(host.url.replace(/#.*/, ''))
    closers.push(driver.close)
    await driver.sees('Open the address that the app printed at its start')
    expect.soft(await driver.inspect('no-token')).toEqual([])
  })
})
