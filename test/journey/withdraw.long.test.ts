import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import { must, never, newChain } from '../support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { sendPlayMoney } from '../support/chain/price-mover.ts'
import {
  createMiner,
  type HostSession,
  importWallet,
  registerMiner,
  sessionWith,
  untilFree,
} from '../support/host-session.ts'
import { type OwnHost, startHost } from '../support/running-host.ts'

// A network of which the host does not know that it is for practice: there an address is taken back.

let network: PracticeNetwork
let host: OwnHost
let session: HostSession
const chain = newChain()

beforeAll(async () => {
  network = await startPractice(['--block-ms', '400', '--no-validator'])
  host = await startHost({ args: ['--network', network.ws] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  must(await chain.connect({ endpoint: network.ws }, never))
}, 120_000)
afterAll(async () => {
  await chain.disconnect()
  await session?.close()
  await host?.stop()
  await network?.stop()
}, 60_000)

test('the end of the app takes the address of its miner off the chain', { timeout: 180_000 }, async () => {
  const { address } = await importWallet(session)
  await sendPlayMoney(network.ws, address, 100_000_000_000n)
  await untilFree(session, '100000000000')
  const hotkey = await createMiner(session)
  await registerMiner(session, hotkey)
  const byHand = { adapter: 'http-chat', understood: true, modelId: 'self-test', port: 0 }
  await session.must('mining.start', { netuid: 2, hotkey, ...byHand, publicIp: '8.8.8.8' })
  const miner = await session.until<MiningStatus>('mining.status', ({ state }) => state === 'mining')
  expect(miner.listensFor).toBeDefined()
  const now = async () => must(await chain.minerSnapshot(netuid(2), ss58(hotkey)))
  const { axon, servingRateLimit } = await now()
  expect(axon).toMatchObject({ ip: '8.8.8.8' })
  // The chain takes no second announcement before.
  while ((await now()).block <= (axon?.block ?? 0) + servingRateLimit) await new Promise((on) => setTimeout(on, 200))
  await host.stop()
  while ((await now()).axon) await new Promise((on) => setTimeout(on, 200))
  expect((await now()).uid).toBe(miner.uid)
})
