import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { KnownPlaceList, ListedPlace } from '../../shared/registration/place-list.ts'
import type { ManyPlan } from '../../shared/registration/plan-many.ts'
import { ok } from '../../shared/result.ts'
import { netuid, rao, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { sendPlayMoney } from '../support/chain/price-mover.ts'
import { type HostSession, importWallet, LONG_PASSWORD, sessionWith } from '../support/host-session.ts'
import { type OwnHost, startHost } from '../support/running-host.ts'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'

interface List {
  readonly id: string
  readonly now: string
  readonly mostCost: string
  readonly places: readonly {
    readonly state: string
    readonly uid?: number
    readonly hotkey: string
    readonly paid?: string
  }[]
}

// The chain is a process of its own: it goes on while the host is dead, as a real one does.
let network: PracticeNetwork
let host: OwnHost
let session: HostSession
let driver: PageDriver
let address: Ss58

async function start(data?: string): Promise<void> {
  host = await startHost({ args: ['--network', network.ws], ...(data === undefined ? {} : { data }) })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
}
const lists = () => session.until<readonly List[]>('registration.lists')
const newest = async (): Promise<List> => {
  const last = (await lists()).at(-1)
  if (!last) throw new Error('there is no list')
  return last
}
const untilNewest = (wanted: (list: List) => boolean) =>
  session.until<readonly List[]>('registration.lists', (all) => {
    const last = all.at(-1)
    return last !== undefined && wanted(last)
  })
const count = ({ places }: List, state: string) => places.filter((place) => place.state === state).length
/** How many transactions of the account are in blocks, as the node itself counts them. */
async function nonce(): Promise<number> {
  const socket = new WebSocket(network.ws)
  await once(socket, 'open')
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'system_accountNextIndex', params: [address] }))
  const [answer] = await once(socket, 'message')
  socket.close()
  return (JSON.parse(String(answer)) as { result: number }).result
}
const uids = async (): Promise<readonly string[]> => {
  const options = await session.must<readonly { netuid: number; mine: readonly { hotkey: string }[] }[]>(
    'mining.options',
    {},
  )
  return (options.find(({ netuid }) => netuid === 2)?.mine ?? []).map(({ hotkey }) => hotkey)
}
const look = async (name: string) => expect.soft(await driver.look(name, { narrow: true })).toEqual([])
const panel = () => driver.page.getByRole('region', { name: 'Lists of registrations' })
const dialog = () => driver.page.getByRole('dialog')
const tick = (name: RegExp) => driver.page.getByRole('checkbox', { name }).check()

beforeAll(async () => {
  network = await startPractice(['--block-ms', '1500'])
  await start()
  address = (await importWallet(session)).address as Ss58
  await sendPlayMoney(network.ws, address, 900_000_000_000n)
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
  await network?.stop()
}, 60_000)

/** One person, one window; the steps build on each other. */
describe('several hotkeys, in the window', { timeout: 240_000 }, () => {
  it('are made and ticked; wrong numbers and names make nothing', async () => {
    await driver.go('mine')
    const otherwise = driver.button('Choose otherwise')
    await otherwise.or(driver.button('What is proposed')).first().waitFor()
    if (await otherwise.isVisible()) await otherwise.click()
    await driver.page.getByRole('link', { name: 'Several hotkeys' }).click()
    await driver.sees('Choose a subnet.')
    expect(await driver.button(/^Register/).getAttribute('aria-disabled')).toBe('true')
    await driver.field('How many').fill('33')
    await driver.sees('A whole number from 1 to 32.')
    await driver.field('Name of the new hotkeys').fill('')
    await driver.sees('They need a name.')
    await look('several-wrong')
    await driver.field('Name of the new hotkeys').fill('../miner')
    await driver.field('How many').fill('2')
    await driver.press('Create and tick them')
    await driver.page.getByRole('alert').waitFor()
    await look('several-bad-name')
    await driver.field('Name of the new hotkeys').fill('miner')
    await driver.field('How many').fill('5')
    await driver.press('Create and tick them')
    await driver.page.getByRole('checkbox', { name: /miner-5/ }).waitFor()
    expect(await driver.page.getByRole('checkbox', { name: /miner-/, checked: true }).count()).toBe(5)
    await driver.page.getByRole('checkbox', { name: /miner-5/ }).uncheck()
  })

  it('have one plan, in which each makes the next one dearer, and a sum that has to be typed', async () => {
    await driver.page.getByLabel('Subnet', { exact: true }).selectOption('2')
    await driver.sees('All together at most')
    await look('several-plan')
    // The money of a network that nobody called play is taken for real.
    expect(await driver.button(/^Register/).getAttribute('aria-disabled')).toBe('true')
    await tick(/I expect to lose this money/)
    await driver.press(/^Register 4 for at most/)
    await dialog()
      .getByText(/Type it yourself/)
      .waitFor()
    const agree = dialog().getByRole('button', { name: 'Agree and begin' })
    expect(await agree.getAttribute('aria-disabled')).toBe('true')
    await driver.field('All together at most, TAO').fill('much')
    await dialog().getByText('An amount of TAO, as 0.25.').waitFor()
    await driver.field('All together at most, TAO').fill('0.000001')
    await dialog().getByText('All together may cost more than that.').waitFor()
    await look('several-agree-too-little')
    expect(await lists()).toEqual([])
    await dialog().getByRole('button', { name: 'Cancel' }).click()
  })

  it('are begun with the password, not with a wrong one, and stop half way', async () => {
    await session.must('wallet.lock', {})
    const before = await nonce()
    await driver.press(/^Register 4 for at most/)
    await driver.field('All together at most, TAO').fill('800')
    await dialog()
      .getByLabel(/^Password/)
      .fill('not the one')
    // As with a keyboard alone: Enter in a field agrees.
    await dialog()
      .getByLabel(/^Password/)
      .press('Enter')
    await dialog().getByText('keys/wrong-password').waitFor()
    await look('several-agree-wrong-password')
    expect(await lists()).toEqual([])
    await dialog()
      .getByLabel(/^Password/)
      .fill(LONG_PASSWORD)
    await dialog()
      .getByLabel(/^Password/)
      .press('Enter')
    await dialog().waitFor({ state: 'detached' })
    await panel()
      .getByText(/^[1-3] of 4 registered/)
      .waitFor()
    await panel().getByRole('button', { name: 'Stop' }).click()
    await look('several-stopping')
    await panel().getByRole('button', { name: 'Go on' }).waitFor()
    const stopped = await newest()
    const done = count(stopped, 'done')
    expect([stopped.now, count(stopped, 'waiting')]).toEqual(['resting', 4 - done])
    expect(done).toBeLessThan(4)
    expect(await nonce()).toBe(before + done)
    expect(await uids()).toHaveLength(done)
    await look('several-stopped')
  })

  it('are still there after the page is loaded again, and in sight on the view of the mine', async () => {
    await driver.page.reload()
    await panel().getByText('It rests. Nothing more is bought until you go on').waitFor()
    await driver.page.getByRole('link', { name: 'Back to Mine' }).click()
    await driver.sees(/Several hotkeys: [1-3] of 4 are registered/)
    await look('several-note')
    await driver.page.getByRole('link', { name: 'Look at them' }).click()
    await panel().waitFor()
  })

  it('are killed with the host half way; the next start says how far they are, and nothing is bought twice', async () => {
    const before = await nonce()
    const had = count(await newest(), 'done')
    await panel().getByRole('button', { name: 'Go on' }).click()
    await untilNewest(({ places }) => places.some(({ state }) => state === 'sending'))
    await host.crash()
    await driver.close()
    await start(host.data)
    expect((await newest()).now).toBe('resting')
    driver = await PageDriver.open(`${host.url}`)
    await driver.go('mine')
    await driver.page.getByRole('link', { name: 'Look at them' }).click()
    await panel().getByRole('button', { name: 'Unlock to go on' }).waitFor()
    await look('several-after-crash')
    await panel().getByRole('button', { name: 'Unlock to go on' }).click()
    await dialog()
      .getByLabel(/^Password/)
      .fill(LONG_PASSWORD)
    await dialog()
      .getByLabel(/^Password/)
      .press('Enter')
    await dialog().waitFor({ state: 'detached' })
    await panel().getByRole('button', { name: 'Go on' }).click()
    // One whose end is not known yet holds the others back; its block is waited for.
    await expect
      .poll(
        async () => {
          const list = await newest()
          if (list.now === 'resting' && count(list, 'done') < 4)
            await session.call('registration.runMany', { id: list.id })
          return count(list, 'done')
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBe(4)
    await panel().getByText('It is through.').waitFor()
    await look('several-through')
    const { places, mostCost } = await newest()
    expect(new Set(places.map(({ uid }) => uid)).size).toBe(4)
    expect(await nonce()).toBe(before + 4 - had)
    expect([...(await uids())].toSorted()).toEqual(places.map(({ hotkey }) => hotkey).toSorted())
    const paid = places.map(({ paid: one }) => BigInt(one ?? 0)).reduce((all, one) => all + one)
    expect(paid > 0n && paid <= BigInt(mostCost)).toBe(true)
  })

  it('are put away; of a list that is given again nothing is paid for who has a place', async () => {
    await panel().getByRole('button', { name: 'Put away' }).click()
    await panel().waitFor({ state: 'detached' })
    await driver.page.getByLabel('Subnet', { exact: true }).selectOption('2')
    await tick(/miner-5/)
    await driver.sees('All together at most')
    await driver.page.getByText('has uid').first().waitFor()
    await look('several-again')
    expect(driver.complaints).toEqual([])
  })
})

describe('several hotkeys, as a chain may answer', { timeout: 90_000 }, () => {
  const [wallet] = real.wallets.wallets
  const hotkey = wallet?.hotkeys[0]?.address
  if (!wallet || !hotkey) throw new Error('the scene has a hotkey')
  const others = [
    ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'),
    ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y'),
    ss58('5HpG9w8EBLe5XCrbczpwq5TSXvedjrBGCwqxK1iQ7qUsSWFc'),
  ]
  const price = { price: rao(382_114_090n), limitPrice: rao(496_748_317n), mostCost: rao(496_886_531n) }
  const show = async (answers: Scene['answers']) => {
    const host = await playScene({ ...real, answers: { ...real.answers, ...answers } })
    const window = await PageDriver.open(host.url)
    await window.go('mine/several')
    return { window, stop: () => window.close().then(host.stop) }
  }

  it('each place of a list says what became of it, and why', async () => {
    const place = (at: number, more: Partial<ListedPlace>): ListedPlace => ({
      ...{ hotkey: others[at] ?? hotkey, ...price, state: 'waiting' },
      ...more,
    })
    const list: KnownPlaceList = {
      ...{ id: 'l', genesis: real.network.facts?.genesis ?? '', coldkey: wallet.address, netuid: netuid(8) },
      ...{ tolerancePpm: 300_000, mostCost: rao(1_987_546_124n), startedAtMs: Date.now(), now: 'resting' },
      places: [
        place(3, { state: 'done', preparedId: 'a', uid: 212, block: 9_583_200, paid: 381_000_000n }),
        place(0, {
          state: 'failed',
          preparedId: 'b',
          error: { code: 'register/no-place', netuid: netuid(8), places: 256, kept: 10 },
        }),
        place(1, {
          state: 'sending',
          preparedId: 'c',
          error: { code: 'register/on-its-way', netuid: netuid(8), hotkey: others[1] ?? hotkey },
        }),
        place(2, {
          error: { code: 'register/price-above-limit', price: rao(500_000_000n), limit: rao(496_748_317n) },
        }),
      ],
      broken: { code: 'storage/disk-full', path: '/home/ann/.taoforge/taoforge.sqlite', neededBytes: 0 },
    }
    const { window, stop } = await show({ 'registration.lists': (_input, emit) => emit([list]) })
    for (const code of ['register/no-place', 'register/on-its-way', 'register/price-above-limit', 'storage/disk-full'])
      await window.sees(code)
    await window.sees('The block took its network fee, and nothing for the place.')
    expect.soft(await window.look('several-states', { narrow: true })).toEqual([])
    expect(window.complaints).toEqual([])
    await stop()
  })

  it.each<[string, number | undefined, RegExp]>([
    ['bound', 32_768, /What is bound becomes alpha on this hotkey/],
    ['unsaid', undefined, /this version of the chain does not say/],
  ])('a plan says what of the price is bound: %s', async (name, share, words) => {
    const mostBound = share === undefined ? undefined : rao(248_374_158n)
    const plan: ManyPlan = {
      ...{ netuid: netuid(8), coldkey: wallet.address, atBlock: 9_583_214, tolerancePpm: 300_000, have: [] },
      buys: [{ hotkey, ...price, mostBound }],
      ...{ mostCost: price.mostCost, txFees: rao(138_214n), mostBound, freeAfterAtMost: rao(9_000_000_000n) },
      ...{ freePlaces: 0, immunityBlocks: 4_096 },
      ...(share === undefined ? {} : { collateral: { share, freesPpm: 1_000_000 } }),
    }
    const { window, stop } = await show({ 'registration.planMany': async () => ok(plan) })
    await window.page.getByLabel('Subnet', { exact: true }).selectOption({ index: 1 })
    await window.page
      .getByRole('checkbox', { name: new RegExp(wallet.hotkeys[0]?.name ?? '') })
      .first()
      .check()
    await window.sees(words)
    await window.sees(/1 of yours replaces somebody else/)
    expect.soft(await window.look(`several-${name}`, { narrow: true })).toEqual([])
    expect(window.complaints).toEqual([])
    await stop()
  })
})
