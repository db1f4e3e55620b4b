import { afterAll, beforeAll, expect, test } from 'vitest'
import { ss58 } from '../../shared/units/amounts.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { sendPlayMoney } from '../support/chain/price-mover.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import {
  type HostSession,
  importWallet,
  sessionWith,
  signAndSend,
  untilFree,
  validatorOf,
} from '../support/host-session.ts'
import { type OwnHost, startHost } from '../support/running-host.ts'

// A list whose trades go hidden, over a line that breaks each time just when the node takes one.
const SUBMIT = 'author_submitExtrinsic'
let network: PracticeNetwork
let node: FaultProxy
let host: OwnHost
let session: HostSession

beforeAll(async () => {
  // No faster: by default nothing is hidden where blocks come faster than one a second.
  network = await startPractice(['--block-ms', '1000'])
  node = await FaultProxy.before(network.ws)
  host = await startHost({ args: ['--network', node.ws] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  const { address } = await importWallet(session)
  await sendPlayMoney(network.ws, ss58(address), 100_000_000_000n)
  await untilFree(session, '100000000000')
}, 120_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
  await node?.stop()
  await network?.stop()
}, 60_000)

interface Listed {
  readonly items: readonly { readonly state: string; readonly error?: { readonly code: string } }[]
}
interface Kept {
  readonly stage: string
  readonly kind: string
  readonly carrierHash?: string
}

test('no trade of a list is called open or failed because its answer was lost: each is done once', async () => {
  const moves = await Promise.all(
    [1, 2].map(async (netuid) => ({
      kind: 'add',
      netuid,
      hotkey: await validatorOf(session, netuid),
      amount: '2000000000',
    })),
  )
  await signAndSend(session, await session.must('staking.planMoves', { moves, tolerancePpm: 100_000 }))
  const plan = await session.must<object>('staking.planExit', { tolerancePpm: 200_000, oneByOne: true })
  // Of the purchase: while it is not final, it is sent again on each new line.
  const broken = new Set(node.calls.filter(({ method }) => method === SUBMIT).map(({ params }) => params[0]))
  expect(broken.size).toBe(1)
  node.faults = {
    answers: {
      // The second time is the same cover again, on the next line.
      [SUBMIT]: (honest, { params }) => {
        if (!broken.has(params[0])) node.cut()
        broken.add(params[0])
        return honest
      },
    },
  }
  const { items } = await session.must<Listed>('staking.startQueue', { plan, via: { kind: 'direct' } })
  expect(items.map(({ state, error }) => [state, error])).toEqual([
    ['done', undefined],
    ['done', undefined],
  ])
  expect(broken.size).toBe(3)
  const hidden = (await session.until<readonly Kept[]>('activity.watch')).filter(({ carrierHash }) => carrierHash)
  // The purchase that made the positions, and the two of the list.
  expect(hidden.map(({ stage }) => stage)).not.toContain('failed')
  expect(hidden).toHaveLength(3)
  await session.until<{ data?: { positions: readonly object[] } }>(
    'portfolio.watch',
    ({ data }) => data?.positions.length === 0,
  )
}, 120_000)
