import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ok } from '../../../shared/result.ts'
import { netuid, rao } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import {
  must,
  never,
  newChain,
  submitAndWait,
  untilBlock,
  untilState,
} from '../../../test/support/chain/chain-session.ts'
import { MeddlingProxy } from '../../../test/support/chain/meddling-proxy.ts'
import { plannedMove } from '../../../test/support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import type { ConnectionState } from '../chain.port.ts'

let network: PracticeNetwork
let proxy: MeddlingProxy
let chain: ReturnType<typeof newChain>
const TEXT = netuid(1)
const ready = (state: ConnectionState) => state.state === 'ready' && !state.reconnecting
const reconnecting = (state: ConnectionState) => state.state === 'ready' && state.reconnecting

beforeAll(async () => {
  network = await startPractice()
})
afterAll(() => network.stop())
beforeEach(async () => {
  proxy = await MeddlingProxy.before(network.ws)
  chain = newChain()
})
afterEach(async () => {
  await chain.disconnect()
  await proxy.stop()
})
const connect = () => chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never)

describe('connecting', () => {
  test.each(['http://127.0.0.1:1', 'ws://', 'nonsense', ''])('refuses the endpoint %j', async (endpoint) => {
    expect(await chain.connect({ endpoint }, never)).toEqual({
      ok: false,
      error: { code: 'chain/bad-endpoint', endpoint },
    })
    expect(chain.state()).toMatchObject({ state: 'failed' })
  })

  test('says which endpoint cannot be reached', async () => {
    const free = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as { port: number }
    await new Promise((resolve) => free.close(resolve))
    const endpoint = `ws://127.0.0.1:${port}`
    expect(await chain.connect({ endpoint }, never)).toMatchObject({
      ok: false,
      error: { code: 'chain/unreachable', endpoint },
    })
  })

  test('refuses another chain than the chosen one', async () => {
    const expected = `0x${'00'.repeat(32)}`
    const answer = await chain.connect({ endpoint: network.ws, genesis: expected }, never)
    const error = { code: 'chain/wrong-genesis', endpoint: network.ws, expected, actual: network.genesis }
    expect(answer).toEqual({ ok: false, error })
    expect(await chain.subnets()).toEqual({ ok: false, error: { code: 'chain/not-connected' } })
  })

  test('can be cancelled, and is idle again', async () => {
    const stop = new AbortController()
    const answer = chain.connect({ endpoint: proxy.ws }, stop.signal)
    stop.abort()
    expect(await answer).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
    expect(chain.state()).toEqual({ state: 'idle' })
  })

  test('before connecting, and after leaving, every read says so', async () => {
    const refused = { ok: false, error: { code: 'chain/not-connected' } }
    expect(await chain.subnets()).toEqual(refused)
    must(await connect())
    await chain.disconnect()
    expect(await chain.epochFacts()).toEqual(refused)
    expect(chain.state()).toEqual({ state: 'idle' })
  })

  test('changing the chain leaves the first one: its heads are heard no more', async () => {
    const other = await startPractice(['--block-ms', '120', '--seed', '99'])
    try {
      must(await connect())
      must(await chain.connect({ endpoint: other.ws, genesis: other.genesis }, never))
      const endpoints = new Set<string>()
      chain.onState((state) => state.state === 'ready' && endpoints.add(state.endpoint))
      const now = chain.state()
      const state = await untilBlock(chain, now.state === 'ready' ? now.best.number + 3 : 8)
      expect(state).toMatchObject({ facts: { genesis: other.genesis } })
      expect([...endpoints]).toEqual([other.ws])
    } finally {
      await other.stop()
    }
  })
})

describe('a broken line', () => {
  test('is opened again: the old facts stay visible meanwhile, then heads go on', async () => {
    must(await connect())
    const asked = proxy.methods.filter((method) => method === 'state_call').length
    const down = untilState(chain, reconnecting)
    proxy.cut()
    await down
    expect(await chain.subnets()).toMatchObject({ ok: false, error: { code: 'chain/unreachable' } })
    const back = await untilState(chain, ready)
    const from = back.state === 'ready' ? back.best.number : 0
    await untilBlock(chain, from + 2)
    expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(6)
    // The runtime is the same, so its metadata is not fetched again: the only new calls are those of `subnets`.
    const after = proxy.methods.filter((method) => method === 'state_call').length
    expect(after - asked).toBe(2)
  })

  test('another chain behind the same address ends the connection', async () => {
    must(await connect())
    proxy.meddle = (request, answer) =>
      request.method === 'chain_getBlockHash' ? { ...answer, result: `0x${'11'.repeat(32)}` } : answer
    const failed = untilState(chain, (state) => state.state === 'failed')
    proxy.cut()
    expect(await failed).toMatchObject({ error: { code: 'chain/wrong-genesis', expected: network.genesis } })
  })

  test('a runtime upgrade brings new metadata, on the line that is open', async () => {
    let subscription: unknown
    proxy.meddle = ({ method }, answer) => {
      if (method === 'state_subscribeRuntimeVersion') subscription = answer.result
      return answer
    }
    must(await connect())
    const metadataReads = () => proxy.calls.filter((call) => call === 'Metadata_metadata_at_version').length
    expect(metadataReads()).toBe(1)
    const params = { subscription, result: { specVersion: 999 } }
    proxy.shout(JSON.stringify({ jsonrpc: '2.0', method: 'state_runtimeVersion', params }))
    await expect.poll(metadataReads).toBe(2)
    expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(6)
  })

  async function prepared() {
    must(await connect())
    const account = new TestAccount()
    const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
    await untilBlock(chain, block)
    const { hotkey } = must(await chain.validators(TEXT))[0]!
    const move = { kind: 'add', netuid: TEXT, hotkey, amount: rao(1_000_000_000n), tolerancePpm: 50_000 } as const
    const { intent } = must(await plannedMove(chain, account.address, move))
    const { handle, payload } = must(await chain.prepareCall(account.address, intent))
    return { handle, signature: account.sign(payload), account }
  }

  test('a transaction that was in the pool when the line broke is found in the blocks', async () => {
    const { handle, signature, account } = await prepared()
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    proxy.cut()
    const last = (await ended).at(-1)
    expect(last).toMatchObject({ stage: 'finalized', outcome: { stakeAdded: { taoRao: 1_000_000_000n } } })
    await untilState(chain, ready)
    expect(must(await chain.portfolio(account.address, false)).positions).toHaveLength(1)
  })

  test('a transaction whose acceptance was lost with the line is not called a failure', async () => {
    const { handle, signature } = await prepared()
    proxy.meddle = (request, answer) => {
      if (request.method !== 'author_submitAndWatchExtrinsic') return answer
      proxy.meddle = (_request, other) => other
      proxy.cut()
      return undefined
    }
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    expect(await accepted).toMatchObject({ ok: true, value: { txHash: expect.stringMatching(/^0x/) } })
    expect((await ended).at(-1)).toMatchObject({ stage: 'finalized' })
  })

  test('leaving the chain ends what was followed, with an open end', async () => {
    const { handle, signature } = await prepared()
    proxy.meddle = (request, answer) => (request.method === 'chain_getBlock' ? undefined : answer)
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    await chain.disconnect()
    expect((await ended).at(-1)).toEqual({ stage: 'left' })
  })
})

describe('a node that lies', () => {
  const hotkey = new TestAccount().address
  const request = { netuid: TEXT, hotkey, amount: rao(1_000_000_000n), tolerancePpm: 5_000 }
  const reads: readonly [string, () => Promise<{ ok: boolean }>][] = [
    ['subnets', () => chain.subnets()],
    ['validators', () => chain.validators(TEXT)],
    ['callers', () => chain.callers(TEXT)],
    ['portfolio', () => chain.portfolio(hotkey, true)],
    ['movesSnapshot', () => chain.movesSnapshot(hotkey, () => ok([{ kind: 'add', ...request }]), {})],
    ['registerSnapshot', () => chain.registerSnapshot(hotkey, request)],
    ['minerSnapshot', () => chain.minerSnapshot(TEXT, hotkey)],
    ['epochFacts', () => chain.epochFacts()],
    ['uidsOf', () => chain.uidsOf([hotkey])],
  ]
  const lies: readonly [string, (result: unknown) => unknown][] = [
    ['answers that end one byte early', (result) => cutOff(result)],
    ['answers with a byte too many', (result) => (typeof result === 'string' ? `${result}00` : 'nonsense')],
    ['answers of another type', () => 7],
    ['answers that are no hex', () => '0xzz'],
    ['null', () => null],
  ]
  // Two state answers carry everything: calls and storage queries.
  test.each(lies)('%s become chain/bad-answer in every read', async (_name, lie) => {
    must(await connect())
    proxy.meddle = ({ method }, answer) =>
      method === 'state_call' || method === 'state_queryStorageAt' || method === 'state_getKeysPaged'
        ? { ...answer, result: lie(answer.result) }
        : answer
    for (const [name, read] of reads) {
      const answer = await read()
      expect(answer, name).toMatchObject({ ok: false, error: { code: 'chain/bad-answer' } })
    }
  })

  test('a storage key that the answer leaves out is not taken for zero', async () => {
    must(await connect())
    proxy.meddle = ({ method }, answer) =>
      method === 'state_queryStorageAt' ? { ...answer, result: [{ block: '0x00', changes: [] }] } : answer
    expect(await chain.portfolio(hotkey, false)).toMatchObject({
      ok: false,
      error: { code: 'chain/bad-answer', what: 'System.Account was not answered' },
    })
  })

  test('frames that are no JSON-RPC are passed over', async () => {
    must(await connect())
    let first = true
    proxy.meddle = (_request, answer) => {
      if (!first) return answer
      first = false
      proxy.shout('this is not JSON')
      proxy.shout('[]')
      proxy.shout('null')
      proxy.shout('{"jsonrpc":"2.0","method":"x"}')
      proxy.shout('{"jsonrpc":"2.0","id":"constructor","result":1}')
      proxy.shout('{"jsonrpc":"2.0","method":"x","params":{"subscription":"never-asked","result":{}}}')
      return answer
    }
    expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(6)
  })

  test('metadata that is none fails the connection', async () => {
    proxy.meddle = ({ method }, answer) => (method === 'state_call' ? { ...answer, result: '0x010400' } : answer)
    expect(await connect()).toMatchObject({ ok: false, error: { code: 'chain/bad-answer', what: 'metadata' } })
  })

  test('an error of the node keeps its words', async () => {
    must(await connect())
    proxy.meddle = ({ method }, answer) => (method === 'state_call' ? refusing(answer, -32_000, 'not today') : answer)
    expect(await chain.callers(TEXT)).toEqual({
      ok: false,
      error: { code: 'chain/bad-answer', what: 'state_call: not today' },
    })
  })

  test('an endpoint that is asked too much is told apart', async () => {
    must(await connect())
    proxy.meddle = ({ method }, answer) => (method === 'state_call' ? refusing(answer, 429, 'slow down') : answer)
    expect(await chain.callers(TEXT)).toEqual({
      ok: false,
      error: { code: 'chain/rate-limited', endpoint: proxy.ws },
    })
  })
})

const refusing = ({ id }: { id?: number }, code: number, message: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })

/** Drops the last byte of every hex string in an answer. */
function cutOff(result: unknown): unknown {
  if (typeof result === 'string') return result.slice(0, -2)
  if (!Array.isArray(result)) return result
  return result.map((item) => {
    if (typeof item === 'string') return item.slice(0, -2)
    const { changes = [] } = item as { changes?: [string, string | null][] }
    return { ...item, changes: changes.map(([key, value]) => [key, value === null ? '0x' : value.slice(0, -2)]) }
  })
}
