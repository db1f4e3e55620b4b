import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  getRich,
  type HostSession,
  importWallet,
  sessionWith,
  signAndSend,
  validatorOf,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { signAndClose } from './steps.ts'

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'

let host: RunningHost
let session: HostSession
let driver: PageDriver

const look = async (name: string) => expect.soft(await driver.look(name)).toEqual([])

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: 'correct horse battery' })
  await getRich(session)
  const [one, four] = [await validatorOf(session, 1), await validatorOf(session, 4)]
  const moves = [
    { kind: 'add', netuid: 1, hotkey: one, amount: '5000000000' },
    { kind: 'add', netuid: 4, hotkey: four, amount: '5000000000' },
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
describe('every move of a position in the window', { timeout: 180_000 }, () => {
  const choose = (way: string) =>
    driver.page.getByRole('group', { name: 'What to do' }).getByRole('button', { name: way }).click()

  it('unstakes a part, refusals first', async () => {
    await driver.press('Unstake from netuid 4')
    await driver.field('Alpha to unstake').fill('9999999')
    await driver.sees('More than is available.')
    await look('moves-wrong')
    await driver.page.getByRole('group', { name: 'Unit' }).getByRole('button', { name: /TAO/ }).click()
    await driver.field('Alpha to unstake').fill('0.5')
    await driver.page.getByRole('group', { name: 'At the limit' }).getByRole('button', { name: 'A part' }).click()
    await driver.sees('As much as fits within the limit is traded.')
    await driver.sees('refused below')
    await look('moves-unstake')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('A part may be done, up to the limit.').first().waitFor()
    await driver.page.keyboard.press('Escape')
  })

  it('moves to another validator: no trade', async () => {
    await choose('Move')
    await driver.field('Alpha to move').fill('0.000001')
    await driver.sees('stake/too-small')
    await driver.button('50 %').click()
    await driver.sees('No trade happens: the alpha arrives as it leaves.')
    await driver.sees('All costs against the spot price')
    await look('move')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('Moves alpha to another validator of the same subnet.').waitFor()
    await signAndClose(driver)
  })

  it('swaps to another subnet: the trap of the second leg, then both legs', async () => {
    await driver.page.getByRole('button', { name: 'Unstake from netuid 4' }).first().click()
    await choose('Swap')
    await driver.field('Alpha to swap').fill('0.006')
    await driver.sees('stake/second-leg-lost')
    await look('swap-refused')
    await driver.button('50 %').click()
    await driver.sees('At least')
    await look('swap')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('swap_stake_limit').first().waitFor()
    await look('confirm-swap')
    await signAndClose(driver)
  })

  it('gives to another coldkey with the checks of sending', async () => {
    await driver.page.getByRole('button', { name: 'Unstake from netuid 1' }).first().click()
    await choose('Give')
    await driver.field('Recipient (coldkey)').fill(BOB.slice(0, -1))
    await driver.sees('It is too short')
    await driver.field('Recipient (coldkey)').fill(BOB)
    await driver.sees('first time')
    await driver.button('25 %').click()
    await driver.sees('It cannot be undone.')
    await look('give')
    await driver.press('Review and sign')
    await signAndClose(driver)
  })

  it('takes all of a position', async () => {
    await driver.page.getByRole('button', { name: 'Unstake from netuid 1' }).first().click()
    await choose('Take all')
    await driver.sees('All costs against the spot price')
    await look('take-all')
    await driver.page.keyboard.press('Escape')
  })

  it('rebalances: wrong shares first, then a plan of several moves', async () => {
    await driver.press('Rebalance')
    const shares = driver.field(/^Share of/)
    await shares.first().fill('101')
    await driver.sees('Together the shares are more than 100 %.')
    for (const share of await shares.all()) await share.fill('10')
    await shares.first().fill('60')
    await driver.sees('Receives, expected')
    await look('rebalance')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('Brings the portfolio to the shares that you want').waitFor()
    await look('confirm-rebalance')
    await driver.page.keyboard.press('Escape')
  })

  it('exits everything, then says that there is nothing more to do', async () => {
    await driver.press('Exit everything')
    await driver.page
      .getByRole('group', { name: 'What to leave' })
      .getByRole('button', { name: 'Small ones only' })
      .click()
    await driver.field('Worth less than, TAO').fill('0.000001')
    await driver.sees('stake/nothing-to-do')
    await look('sweep-nothing')
    await driver.page.getByRole('group', { name: 'What to leave' }).getByRole('button', { name: 'Everything' }).click()
    await driver.sees('Receives, expected')
    await look('exit')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('force_batch').first().waitFor()
    await look('confirm-exit')
    await signAndClose(driver)
    await driver.sees('No stake yet')
  })

  it('keeps predicted beside happened', async () => {
    await driver.go('activity')
    await driver.page
      .getByRole('row', { name: /Moves of stake/ })
      .first()
      .click()
    await driver.sees('as foreseen')
    await look('activity-moves')
  })
})
