import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { raoPerAlpha, type Ss58 } from '../../shared/units/amounts.ts'
import { signElsewhere } from '../support/chain/other-client.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { sendPlayMoney } from '../support/chain/price-mover.ts'
import { type HostSession, LONG_PASSWORD, sessionWith, signAndSend, WORDS } from '../support/host-session.ts'
import { type OwnHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'

const PEOPLE = {
  ann: WORDS,
  ben: 'old leopard transfer rib spatial phone calm indicate online fire caution review',
} as const
type Who = keyof typeof PEOPLE
/** Where Ann has stake, with two validators of the first. The dearest is left first. */
const NETUIDS = [1, 2, 3, 4, 0]

interface Queue {
  readonly id: string
  readonly now: string
  readonly items: readonly {
    readonly state: string
    readonly move: { readonly kind: string; readonly netuid: number; readonly hotkey: string }
    readonly error?: { readonly code: string }
  }[]
}

// The chain is a process of its own: it goes on while the host is dead, as a real one does.
let network: PracticeNetwork
let host: OwnHost
let session: HostSession
let driver: PageDriver
const address: Record<string, Ss58> = {}
/** Of Ben, before the list. */
let nonce = 0

async function become(name: Who): Promise<void> {
  await session.must('wallet.select', { name })
  await session.must('wallet.unlock', { name, password: LONG_PASSWORD })
}
async function start(data?: string): Promise<void> {
  const again = data === undefined ? {} : { data }
  host = await startHost({ args: ['--network', network.ws], ...again })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
}
const queue = async (): Promise<Queue> => {
  const [first] = await session.until<readonly Queue[]>('staking.queues')
  if (!first) throw new Error('there is no list')
  return first
}
const until = (wanted: (queue: Queue) => boolean) =>
  session.until<readonly Queue[]>('staking.queues', ([first]) => first !== undefined && wanted(first))
const count = ({ items }: Queue, state: string) => items.filter((item) => item.state === state).length
const positions = async () =>
  (await session.must<{ positions: readonly object[] }>('portfolio.get', { coldkey: address['ann'] })).positions
/** How many transactions of this account are in blocks, as the node itself counts them. */
async function nonceOf(who: Who): Promise<number> {
  const socket = new WebSocket(network.ws)
  await once(socket, 'open')
  const method = 'system_accountNextIndex'
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [address[who]] }))
  const [answer] = await once(socket, 'message')
  socket.close()
  return (JSON.parse(String(answer)) as { result: number }).result
}
const look = async (name: string) => expect.soft(await driver.look(name)).toEqual([])
const list = () => driver.page.getByRole('region', { name: 'Lists of moves' })

beforeAll(async () => {
  network = await startPractice(['--block-ms', '1000'])
  await start()
  for (const [name, words] of Object.entries(PEOPLE)) {
    const made = await session.must<{ address: Ss58 }>('wallet.importWords', { name, words, password: LONG_PASSWORD })
    address[name] = made.address
    await sendPlayMoney(network.ws, made.address, 100_000_000_000n)
  }
  await become('ann')
  const validators = await session.must<readonly { hotkey: string }[]>('subnets.validators', { netuid: 1 })
  const places = [
    ...(await Promise.all(
      NETUIDS.map(async (netuid) => {
        const [first] = await session.must<readonly { hotkey: string }[]>('subnets.validators', { netuid })
        return { netuid, hotkey: first?.hotkey }
      }),
    )),
    { netuid: 1, hotkey: validators[1]?.hotkey },
  ]
  const moves = places.map((place, at) => ({ kind: 'add', ...place, amount: String((at + 1) * 100_000_000) }))
  await signAndSend(session, await session.must('staking.planMoves', { moves, tolerancePpm: 100_000 }))
  const grant = { kind: 'add-proxy', delegate: address['ben'], proxyType: 'Staking', delay: 0 }
  await signAndSend(session, await session.must('account.plan', { via: { kind: 'direct' }, intent: grant }))
  await session.must('settings.change', { tolerancePpm: 50_000 })
  await become('ben')
  await session.must('proxy.actFor', { account: address['ann'] })
  driver = await PageDriver.open(host.url)
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
  await network?.stop()
}, 60_000)

/** Ben leaves every position of Ann as her proxy, who may not make batches: each move is signed by itself. */
describe('a list of moves in the window', { timeout: 240_000 }, () => {
  it('is offered where one call cannot carry them, and is not begun while the wallet is locked', async () => {
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await driver.go('shared-accounts')
    await driver.press(`Act for it: ${address['ann']}`)
    await driver.press('Exit everything')
    await driver.sees('Each move is signed by itself.')
    await driver.sees('Network fees, one for each')
    await look('queue-offered')
    await session.must('wallet.lock', {})
    await driver.press('Sign all 6, one after the other')
    await driver.sees('keys/locked')
    await look('queue-refused')
    expect(await session.until<readonly Queue[]>('staking.queues')).toEqual([])
    expect(await positions()).toHaveLength(6)
    await become('ben')
  })

  it('stops between two moves, and nothing happens until one goes on', async () => {
    nonce = await nonceOf('ben')
    await driver.press('Sign all 6, one after the other')
    await list()
      .getByText(/^[1-5] of 6 done/)
      .waitFor()
    await list().getByRole('button', { name: 'Stop' }).click()
    await list().getByRole('button', { name: 'Go on' }).waitFor()
    const stopped = await queue()
    expect(stopped.now).toBe('resting')
    const done = count(stopped, 'done')
    expect(count(stopped, 'waiting')).toBe(6 - done)
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(6)
    expect(await nonceOf('ben')).toBe(nonce + done)
    expect(await positions()).toHaveLength(6 - done)
    await driver.show('List of moves')
    await look('queue')
  })

  it('is killed with the host while a move is on its way; the next start knows how far it is', async () => {
    await list().getByRole('button', { name: 'Go on' }).click()
    await until(({ items }) => items.some(({ state }) => state === 'sending'))
    await host.crash()
    await driver.close()
    await start(host.data)
    const { now, items } = await queue()
    expect(now).toBe('resting')
    expect(items.filter(({ state }) => state === 'sending')).toHaveLength(1)
    driver = await PageDriver.open(host.url)
    await list().getByRole('button', { name: 'Go on' }).waitFor()
    await look('queue-after-crash')
  })

  it('goes on: one that somebody else sold meanwhile is not done, the others are, and nothing is done twice', async () => {
    const { items } = await queue()
    const gone = items.findLast(({ state }) => state === 'waiting')
    expect(gone).toBeDefined()
    const limitPrice = raoPerAlpha(1n)
    const { netuid, hotkey } = gone!.move as never
    const sold = await signElsewhere(network.ws, PEOPLE.ann, { kind: 'remove-stake-full', netuid, hotkey, limitPrice })
    expect(sold).toMatchObject({ stage: 'finalized' })
    await list().getByRole('button', { name: 'Go on' }).click()
    await driver.sees('keys/')
    await look('queue-locked')
    await become('ben')
    await list().getByRole('button', { name: 'Go on' }).click()
    await list().getByText('5 of 6 done').waitFor({ timeout: 90_000 })
    await list().getByText('not done').waitFor()
    await list().getByRole('button', { name: 'Go on' }).waitFor({ state: 'detached' })
    await look('queue-through')
    const through = await queue()
    expect(through.items.find(({ state }) => state === 'failed')).toMatchObject({
      move: gone?.move,
      error: { code: 'stake/not-enough-alpha' },
    })
    expect(await positions()).toEqual([])
    // The one that failed was never signed.
    expect(await nonceOf('ben')).toBe(nonce + 5)
    const records = await session.until<readonly { signer: string; stage: string }[]>('activity.watch')
    expect(records.filter(({ signer, stage }) => signer === address['ben'] && stage !== 'failed')).toHaveLength(5)
  })

  it('is put away', async () => {
    await list().getByRole('button', { name: 'Put away' }).click()
    await list().waitFor({ state: 'detached' })
    expect(await session.until<readonly Queue[]>('staking.queues')).toEqual([])
    expect(driver.complaints).toEqual([])
  })
})
