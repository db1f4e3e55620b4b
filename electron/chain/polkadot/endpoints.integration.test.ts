import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { must, never, realClock, silentLog, untilBlock, untilState } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import { FaultProxy, type Faults } from '../../../test/support/fault-proxy.ts'
import type { ConnectionState } from '../chain.port.ts'
import { createPolkadotChain } from './create-polkadot-chain.ts'

/** Further behind than nodes of one chain ever are. */
const BEHIND = 6
const NEW_HEADS = 'chain_newHead'
const TIMESTAMP = '0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb'

let network: PracticeNetwork
const open: { disconnect(): Promise<void> | void }[] = []
beforeAll(async () => {
  network = await startPractice(['--block-ms', '150'])
})
afterAll(() => network.stop())
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.disconnect()
})
async function node(faults: Faults = {}): Promise<FaultProxy> {
  const proxy = await FaultProxy.before(network.ws, faults)
  open.push({ disconnect: () => proxy.stop() })
  return proxy
}
function client() {
  const chain = createPolkadotChain({ clock: realClock, log: silentLog, answerMs: 4_000, crossCheckMs: 150 })
  open.push(chain)
  return chain
}
const connect = (chain: ReturnType<typeof client>, [first, ...others]: readonly FaultProxy[]) =>
  chain.connect({ endpoint: first?.ws ?? '', fallbacks: others.map(({ ws }) => ws), genesis: network.genesis }, never)

/** A node whose newest block is always some blocks behind. */
const lagging = (): Faults => {
  const older = (header: unknown) => {
    const { number } = header as { number: string }
    return { ...(header as object), number: `0x${Math.max(0, Number(number) - BEHIND).toString(16)}` }
  }
  return { items: { [NEW_HEADS]: older }, answers: { chain_getHeader: older } }
}
const goneTo = (proxy: FaultProxy) => (state: ConnectionState) =>
  state.state === 'ready' && !state.reconnecting && state.endpoint === proxy.ws
const headsOf = (state: ConnectionState) =>
  state.state === 'ready' ? (state.endpoints ?? []).map(({ endpoint, head }) => ({ endpoint, ...head })) : []
const bestOf = (state: ConnectionState) => (state.state === 'ready' ? state.best.number : 0)

test('the newest block of the endpoints that wait is looked at, three small requests each time', async () => {
  const [first, fresh, behind] = [await node(), await node(), await node(lagging())]
  const chain = client()
  must(await connect(chain, [first, fresh, behind]))
  await untilBlock(chain, BEHIND + 3)
  const known = (state: ConnectionState) =>
    headsOf(state).some(({ endpoint, stale }) => endpoint === behind.ws && stale)
  const heads = headsOf(await untilState(chain, known))
  expect(heads.map(({ endpoint, stale }) => [endpoint, stale])).toEqual([
    [first.ws, false],
    [fresh.ws, false],
    [behind.ws, true],
  ])
  const [own, , late] = heads
  expect((own?.number ?? 0) - (late?.number ?? 0)).toBeGreaterThanOrEqual(BEHIND)
  expect(late?.ageMs).toBeGreaterThan(own?.ageMs ?? 0)
  expect(new Set(fresh.methods)).toEqual(new Set(['chain_getBlockHash', 'chain_getHeader']))
})

test('of two that could step in, the one with the fresh head does, though it was named last', async () => {
  const [first, behind, fresh] = [await node(), await node(lagging()), await node()]
  const chain = client()
  must(await connect(chain, [first, behind, fresh]))
  await untilBlock(chain, BEHIND + 3)
  await untilState(chain, (state) => headsOf(state).every(({ number }) => number !== undefined))
  await first.stop()
  await untilState(chain, goneTo(fresh))
  expect(behind.methods).not.toContain('chain_subscribeNewHeads')
})

test('one whose newest block is older than ours is not gone to, until it has caught up', async () => {
  const [first, behind] = [await node(), await node(lagging())]
  const chain = client()
  must(await connect(chain, [first, behind]))
  const before = bestOf(await untilBlock(chain, BEHIND + 3))
  const bests: number[] = []
  chain.onState((state) => bests.push(bestOf(state)))
  // A node that stands still never reaches what was seen.
  behind.faults = { items: { [NEW_HEADS]: (header) => ({ ...(header as object), number: '0x1' }) } }
  await first.stop()
  await expect.poll(() => behind.methods.includes('chain_subscribeNewHeads')).toBe(true)
  const turnedAway = () => behind.connections === 0
  await expect.poll(turnedAway, { timeout: 10_000 }).toBe(true)
  expect(chain.state()).toMatchObject({ state: 'ready', reconnecting: true })
  behind.faults = {}
  await untilState(chain, goneTo(behind))
  expect(Math.min(...bests)).toBeGreaterThanOrEqual(before)
}, 20_000)

test('one whose blocks are old is left for one that is ahead of it', async () => {
  const hourAgo = (honest: unknown) =>
    (honest as { changes: [string, string | null][] }[] | undefined)?.map((set) => ({
      ...set,
      changes: set.changes.map(([key, value]) => [key, key === TIMESTAMP ? hourBefore(value) : value]),
    }))
  const kept: unknown[] = []
  const later = (header: unknown) => (kept.push(header) > BEHIND ? kept.shift() : undefined)
  const late = await node({ items: { [NEW_HEADS]: later }, answers: { state_queryStorageAt: hourAgo } })
  const fresh = await node()
  const chain = client()
  must(await connect(chain, [late, fresh]))
  await untilState(chain, goneTo(fresh))
  await untilState(chain, (state) => state.state === 'ready' && state.trouble === undefined)
})

function hourBefore(value: string | null): string {
  const bytes = Buffer.from((value ?? '').slice(2), 'hex')
  bytes.writeBigUInt64LE(bytes.readBigUInt64LE() - 3_600_000n)
  return `0x${bytes.toString('hex')}`
}
