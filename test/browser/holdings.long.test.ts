import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  sessionWith,
  signAndSend,
  validatorOf,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { signAndClose } from './steps.ts'

const CHAT = 1

let host: RunningHost
let session: HostSession
let driver: PageDriver

const look = async (name: string) => expect.soft(await driver.look(name, { narrow: true })).toEqual([])

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000', '--root-hold', '600'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  for (let times = 0; times < 3; times++) await getRich(session, '1000000000000')
  const moves = [
    { kind: 'add', netuid: CHAT, hotkey: await validatorOf(session, CHAT), amount: '50000000000' },
    { kind: 'add', netuid: 0, hotkey: await validatorOf(session, 0), amount: '2000000000000' },
  ]
  await signAndSend(session, await session.must('staking.planMoves', { moves, tolerancePpm: 100_000 }))
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('what somebody holds, in the window', { timeout: 180_000 }, () => {
  const act = (name: string) => driver.page.getByLabel('What to do').selectOption({ label: name })
  /** The way from the position's drawer, and the action from its list. */
  async function open(action: string): Promise<void> {
    await driver.go('holdings')
    await driver.page.getByRole('link', { name: `Change what binds netuid ${CHAT}` }).click()
    await act(action)
  }
  const review = async (call: string) => {
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText(call).first().waitFor()
  }

  it('is reached from the position, and says what is free', async () => {
    await driver.press(`Unstake from netuid ${CHAT}`)
    await driver.page.getByRole('link', { name: 'Lock, auto-stake, recycle or burn' }).click()
    await driver.page.getByRole('heading', { name: 'Locks and claims', level: 1 }).waitFor()
    await driver.sees('All of it is free.')
    await driver.sees('There is one lock for each subnet')
    await look('holdings-empty')
  })

  it('locks: too much first, then a half, with the blocks at which it is free', async () => {
    await open('Lock')
    await driver.field('Alpha to lock').fill('1,5')
    await driver.sees('Write digits')
    await driver.field('Alpha to lock').fill('99999999')
    await driver.sees('More than is available.')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    await look('holdings-wrong')
    await driver.button('50 %').click()
    await driver.sees('Locked afterwards')
    await driver.sees('Network fee')
    await look('lock')
    await review('lock_stake')
    await look('confirm-lock')
    await signAndClose(driver)
    await driver.page.getByRole('row', { name: /about/ }).first().waitFor()
  })

  it('keeps the lock, and lets it decay again', async () => {
    await open('Let the lock stay or decay')
    await driver.sees('Now it is set to decay.')
    await review('set_perpetual_lock')
    await signAndClose(driver)
    await driver.sees('Not as long as the lock is perpetual.')
    await open('Let the lock stay or decay')
    await driver.sees('Now it is set to stay.')
    await look('lock-perpetual')
    await driver.page.getByRole('group', { name: 'The lock' }).getByRole('button', { name: 'Stays' }).click()
    await driver.sees('stake/nothing-to-do')
    await driver.page.getByRole('group', { name: 'The lock' }).getByRole('button', { name: 'Decays' }).click()
    await review('set_perpetual_lock')
    await signAndClose(driver)
  })

  it('moves the lock to another validator', async () => {
    await open('Move the lock')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    await driver.page.getByLabel('Move the lock to').selectOption({ index: 2 })
    await driver.sees('Its conviction begins again.')
    await look('lock-move')
    await review('move_lock')
    await signAndClose(driver)
  })

  it('sets where mined alpha goes, from the position and for any subnet', async () => {
    await open('Set where mined alpha goes')
    await driver.sees('no destination is set')
    await driver.page.getByLabel('Send it to').selectOption({ index: 1 })
    await driver.sees('Network fee')
    await look('auto-stake')
    await review('set_coldkey_auto_stake_hotkey')
    await signAndClose(driver)
    await driver.press('Choose a destination')
    await driver.page.getByLabel('Subnet', { exact: true }).selectOption({ index: 1 })
    await driver.sees('no destination is set')
    await driver.page.keyboard.press('Escape')
  })

  it('burns only what is free and only with the words typed by hand', async () => {
    await open('Burn alpha')
    await driver.sees('It cannot be undone, and you receive nothing.')
    // Half of it is locked: what is held is more than what may be destroyed.
    const { subnets } = await session.must<{ subnets: readonly { netuid: number; total: string }[] }>(
      'holdings.state',
      {},
    )
    const total = BigInt(subnets.find(({ netuid }) => netuid === CHAT)?.total ?? 0)
    await driver.field('Alpha to burn').fill(String(total / 1_000_000_000n))
    await driver.sees('More than is available.')
    await driver.field('Alpha to burn').fill('1.5')
    const words = driver.field('Type these words to go on')
    await words.fill('burn 15')
    await driver.sees('These are other words. Nothing was sent.')
    expect(await driver.button('Review and sign').getAttribute('aria-disabled')).toBe('true')
    await look('burn-wrong')
    await words.fill('')
    await words.pressSequentially(`burn 1.5 alpha of netuid ${CHAT}`)
    await driver.sees('Network fee')
    await look('burn')
    await review('burn_alpha')
    await look('confirm-burn')
    await signAndClose(driver)
    await open('Recycle alpha')
    await driver.field('Alpha to recycle').fill('0.25')
    await words.pressSequentially(`Recycle 0.25 alpha of netuid ${CHAT}`)
    await review('recycle_alpha')
    await signAndClose(driver)
  })

  it('claims from root with the fee in sight, and shows the hold', async () => {
    await driver.go('holdings')
    const owed = async () => {
      const { root } = await session.must<{ root: { owed?: string } }>('holdings.state', {})
      return BigInt(root.owed ?? 0) > 500_000n
    }
    await expect.poll(owed, { timeout: 120_000, interval: 1_000 }).toBe(true)
    await driver.page.getByRole('link', { name: 'Claim from this validator' }).click()
    await driver.sees('Paid by this claim, as stake on root')
    await driver.sees('Network fee')
    await look('claim')
    await review('claim_root_with_hotkey')
    await signAndClose(driver)
    await look('holdings')
  })

  it('lets locked alpha of others in, and keeps it out again', async () => {
    await driver.press('Take locked alpha')
    await driver.sees('Now it is refused. Afterwards it is taken.')
    await review('set_reject_locked_alpha')
    await signAndClose(driver)
    await driver.press('Refuse locked alpha')
    await review('set_reject_locked_alpha')
    await signAndClose(driver)
  })

  it('keeps what was done, as the chain tells it', async () => {
    await driver.go('activity')
    await driver.page
      .getByRole('row', { name: /Burn alpha/ })
      .first()
      .click()
    await driver.sees('What the chain says was done')
    await look('activity-burn')
    expect(driver.complaints).toEqual([])
  })
})
