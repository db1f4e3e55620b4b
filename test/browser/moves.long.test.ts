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
import { openStake, signAndClose, signToTheEnd } from './steps.ts'

interface Position {
  readonly netuid: number
  readonly valueAtSpot?: string
}
interface Portfolio {
  readonly free: string
  readonly positions: readonly Position[]
}

const CHAT = 2
const SHALLOW = 3
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'

let host: RunningHost
let session: HostSession
let driver: PageDriver

const portfolio = async (): Promise<Portfolio> => {
  const { data } = await session.until<{ data?: Portfolio }>('portfolio.watch', (view) => view.data !== undefined)
  return data ?? { free: '0', positions: [] }
}
const held = async () => (await portfolio()).positions.map(({ netuid }) => netuid)
/** TAO for one alpha, as a person would type it. */
async function priceOf(netuid: number, change: number): Promise<string> {
  const moves = [{ kind: 'add', netuid, hotkey: await validatorOf(session, netuid), amount: '10000000' }]
  const { steps } = await session.must<{ steps: readonly { priceTo: string }[] }>('staking.planMoves', {
    moves,
    tolerancePpm: 500_000,
  })
  return ((Number(steps[0]?.priceTo) / 1e9) * change).toFixed(9)
}
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
  const choose = (group: string, name: string) =>
    driver.page.getByRole('group', { name: group, exact: true }).getByRole('button', { name }).click()
  const way = (name: string) => choose('What to do', name)

  it('unstakes a part, refusals first', async () => {
    await driver.press('Unstake from netuid 4')
    await driver.field('Alpha to unstake').fill('9999999')
    await driver.sees('More than is available.')
    await look('moves-wrong')
    await driver.page.getByRole('group', { name: 'Unit' }).getByRole('button', { name: /TAO/ }).click()
    await driver.field('Alpha to unstake').fill('0.5')
    await choose('At the limit', 'A part')
    await driver.sees('As much as fits within the limit is traded.')
    await driver.sees('refused below')
    await look('moves-unstake')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('A part may be done, up to the limit.').first().waitFor()
    await driver.page.keyboard.press('Escape')
  })

  it('moves to another validator: no trade', async () => {
    await way('Move')
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
    await way('Swap')
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
    await way('Give')
    await driver.field('Recipient (coldkey)').fill(BOB.slice(0, -1))
    await driver.sees('It is too short')
    await driver.field('Recipient (coldkey)').fill(BOB)
    await driver.sees('first time')
    await driver.button('25 %').click()
    await driver.sees('It cannot be undone.')
    await driver.sees('Arrives')
    await driver.show('Recipient (coldkey)')
    await look('give')
    await driver.press('Review and sign')
    await signAndClose(driver)
  })

  it('buys up to a limit of one’s own: all or nothing is refused, a part is bought, and the rest stays', async () => {
    const limit = await priceOf(SHALLOW, 1.05)
    await openStake(driver, /Shallow pool/)
    await driver.field('TAO to stake').fill('5')
    await choose('How the price limit is given', 'Own price')
    await driver.field('Most TAO for one alpha').fill('0')
    await driver.sees('A limit above 0, please')
    await driver.field('Most TAO for one alpha').fill(await priceOf(SHALLOW, 0.9))
    await driver.sees('stake/price-moved')
    await driver.field('Most TAO for one alpha').fill(limit)
    await driver.sees('stake/impact-too-large')
    await look('partial-refused')
    await choose('At the limit', 'A part')
    await driver.sees('a small part, at the limit')
    await driver.sees('Only a part will be done.')
    await driver.show('Only a part will be done.')
    await look('partial')
    const before = BigInt((await portfolio()).free)
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('A part may be done, up to the limit.').first().waitFor()
    const compared = await signToTheEnd(driver, () => look('partial-happened'))
    expect(compared).toMatch(/Given.+ of .+: the rest stayed/)
    expect(compared).toContain('as foreseen')
    const [record] = await session.until<readonly { outcome?: { stakeAdded?: { taoRao: string } } }[]>('activity.watch')
    const bought = BigInt(record?.outcome?.stakeAdded?.taoRao ?? 0)
    expect(bought).toBeGreaterThan(500_000_000n)
    expect(bought).toBeLessThan(4_000_000_000n)
    // What was not bought is free still: only what was bought, and the fee, is gone.
    expect(before - BigInt((await portfolio()).free)).toBeLessThan(bought + 10_000_000n)
    expect(await held()).toContain(SHALLOW)
  })

  it('takes all of a position: refused where the pool is shallow, then by a limit of one’s own', async () => {
    await driver.go('portfolio')
    await driver.page
      .getByRole('button', { name: `Unstake from netuid ${SHALLOW}` })
      .first()
      .click()
    await way('Take all')
    await driver.sees('stake/impact-too-large')
    await look('take-all-refused')
    await choose('How the price limit is given', 'Own price')
    await driver.field('Least TAO for one alpha').fill('0.01.2')
    await driver.sees('Write digits')
    await driver.field('Least TAO for one alpha').fill(await priceOf(SHALLOW, 0.5))
    await driver.sees('All costs against the spot price')
    await look('take-all')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('remove_stake_full_limit').first().waitFor()
    const compared = await signToTheEnd(driver)
    expect(compared).toContain('as foreseen')
    expect(compared).not.toContain('the rest stayed')
    await driver.page.getByRole('button', { name: `Unstake from netuid ${SHALLOW}` }).waitFor({ state: 'detached' })
    expect(await held()).not.toContain(SHALLOW)
  })

  it('sweeps what is small, and leaves the rest where it is', async () => {
    const moves = [{ kind: 'add', netuid: CHAT, hotkey: await validatorOf(session, CHAT), amount: '20000000' }]
    await signAndSend(session, await session.must('staking.planMoves', { moves, tolerancePpm: 100_000 }))
    await driver.page.getByRole('button', { name: `Unstake from netuid ${CHAT}` }).waitFor()
    const others = (await held()).filter((netuid) => netuid !== CHAT)
    await driver.press('Exit everything')
    await choose('What to leave', 'Small ones only')
    await driver.field('Worth less than, TAO').fill('0,05')
    await driver.sees('Write digits, with . before the decimals')
    await driver.field('Worth less than, TAO').fill('0.000001')
    await driver.sees('stake/nothing-to-do')
    await look('sweep-nothing')
    await driver.field('Worth less than, TAO').fill('0.05')
    await driver.sees('it is not small')
    await look('sweep')
    await driver.press('Review and sign')
    const compared = await signToTheEnd(driver)
    expect(compared.match(/as foreseen/g)).toHaveLength(1)
    await driver.page.getByRole('button', { name: `Unstake from netuid ${CHAT}` }).waitFor({ state: 'detached' })
    expect((await held()).sort()).toEqual(others.sort())
  })

  it('rebalances: wrong shares first, then several moves in one call, and the shares are there', async () => {
    await driver.press('Rebalance')
    const shares = driver.field(/^Share of/)
    await shares.first().fill('101')
    await driver.sees('Together the shares are more than 100 %.')
    await shares.first().fill('1e1')
    await driver.sees('as a percentage, with at most two decimals')
    await look('rebalance-wrong')
    await driver.page.getByLabel('Another subnet').selectOption({ label: '2 Practice chat' })
    await driver.button('Add').and(driver.page.locator(':not([aria-disabled])')).click()
    for (const share of await shares.all()) await share.fill('0')
    await driver.field('Share of 1 Practice text, %').fill('20')
    await driver.field('Share of 4 Deep pool, %').fill('50')
    await driver.field('Share of 2 Practice chat, %').fill('30')
    await driver.sees('Receives, expected')
    await driver.show('Receives, expected')
    await look('rebalance')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('Brings the portfolio to the shares that you want').waitFor()
    await look('confirm-rebalance')
    expect(await signToTheEnd(driver)).toContain('as foreseen')
    const { positions } = await portfolio()
    const worth = (netuid?: number) =>
      positions
        .filter((position) => netuid === undefined || position.netuid === netuid)
        .reduce((sum, { valueAtSpot }) => sum + Number(valueAtSpot ?? Number.NaN), 0)
    // Fees, impact and an epoch lie between what was wanted and what is there.
    for (const [netuid, share] of [
      [1, 0.2],
      [4, 0.5],
      [CHAT, 0.3],
    ] as const)
      expect(Math.abs(worth(netuid) / worth() - share)).toBeLessThan(0.04)
  })

  it('exits everything, then says that there is nothing more to do', async () => {
    await driver.press('Exit everything')
    await driver.sees('Receives, expected')
    await look('exit')
    await driver.press('Review and sign')
    await driver.page.getByRole('dialog').getByText('force_batch').first().waitFor()
    await look('confirm-exit')
    const positions = (await held()).length
    const compared = await signToTheEnd(driver)
    expect(compared.match(/as foreseen/g)).toHaveLength(positions)
    await driver.sees('No stake yet')
    expect(await held()).toEqual([])
    expect(await driver.button('Exit everything').count()).toBe(0)
  })

  it('keeps predicted beside happened', async () => {
    await driver.go('activity')
    await driver.page
      .getByRole('row', { name: /Moves of stake/ })
      .first()
      .click()
    await driver.sees('as foreseen')
    await look('activity-moves')
    expect(driver.complaints).toEqual([])
  })
})
