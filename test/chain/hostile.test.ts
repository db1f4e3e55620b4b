import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionState, SubmitEvent } from '../../electron/chain/chain.port.ts'
import { createPolkadotChain } from '../../electron/chain/polkadot/create-polkadot-chain.ts'
import type { ClockPort } from '../../electron/system/system.port.ts'
import { netuid, type Rao, rao } from '../../shared/units/amounts.ts'
import { TestAccount } from '../support/chain/account.ts'
import {
  must,
  never,
  realClock,
  silentLog,
  submitAndWait,
  untilBlock,
  untilState,
} from '../support/chain/chain-session.ts'
import { plannedMove } from '../support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { FaultProxy, type Faults } from '../support/fault-proxy.ts'

const TEXT = netuid(1)
const TIMESTAMP = '0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb'
const WATCH = 'author_submitAndWatchExtrinsic'
const nobody = new TestAccount().address
const ready = (state: ConnectionState) => state.state === 'ready' && !state.reconnecting
const troubled = (code: string) => (state: ConnectionState) => state.state === 'ready' && state.trouble?.code === code
const untroubled = (state: ConnectionState) => ready(state) && 'trouble' in state && state.trouble === undefined

let network: PracticeNetwork
const open: { disconnect(): Promise<void> | void }[] = []

beforeAll(async () => {
  network = await startPractice(['--block-ms', '150'])
})
afterAll(() => network.stop())
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.disconnect()
})

async function bad(faults: Faults = {}): Promise<FaultProxy> {
  const proxy = await FaultProxy.before(network.ws, faults)
  open.push({ disconnect: () => proxy.stop() })
  return proxy
}
type Chain = ReturnType<typeof createPolkadotChain>
interface Client {
  readonly clock?: ClockPort
  readonly answerMs?: number
  readonly crossCheckMs?: number
}
function client(deps: Client = {}): Chain {
  const chain = createPolkadotChain({ clock: realClock, log: silentLog, answerMs: 4_000, ...deps })
  open.push(chain)
  return chain
}
const connect = (chain: Chain, ...[first, ...others]: readonly FaultProxy[]) =>
  chain.connect({ endpoint: first?.ws ?? '', fallbacks: others.map(({ ws }) => ws), genesis: network.genesis }, never)

/** A stake that only waits for its signature. */
async function prepared(chain: Chain) {
  const account = new TestAccount()
  const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
  await untilBlock(chain, block)
  return preparedFor(chain, account, rao(1_000_000_000n))
}
async function preparedFor(chain: Chain, account: TestAccount, amount: Rao) {
  const { hotkey } = must(await chain.validators(TEXT))[0]!
  const move = { kind: 'add', netuid: TEXT, hotkey, amount, tolerancePpm: 50_000 } as const
  const plan = must(await plannedMove(chain, account.address, move))
  const { handle, payload } = must(await chain.prepareCall(account.address, plan.intent))
  return { handle, signature: account.sign(payload), plan, account }
}

/** `Timestamp.Now` in a storage answer, moved. */
const clockOff = (byMs: number) => (honest: unknown) =>
  (honest as { changes: [string, string | null][] }[]).map((set) => ({
    ...set,
    changes: set.changes.map(([key, value]) => [key, key === TIMESTAMP ? moved(value, byMs) : value]),
  }))
function moved(value: string | null, byMs: number): string {
  const bytes = Buffer.from((value ?? '').slice(2), 'hex')
  bytes.writeBigUInt64LE(bytes.readBigUInt64LE() + BigInt(byMs))
  return `0x${bytes.toString('hex')}`
}

describe('what a node is taken for', () => {
  test('of another chain: refused at once, even where another endpoint is known', async () => {
    const proxy = await bad({ answers: { chain_getBlockHash: () => `0x${'11'.repeat(32)}` } })
    const answer = await connect(client(), proxy, await bad())
    expect(answer).toMatchObject({ ok: false, error: { code: 'chain/wrong-genesis', endpoint: proxy.ws } })
    // Nothing that belongs to a person was asked of it.
    expect(proxy.methods).not.toContain('state_queryStorageAt')
  })

  test.each([
    ['behind', -3_600_000, 'chain/head-too-old'],
    ['from the future', 3_600_000, 'chain/head-from-future'],
  ])('%s: it is told, until its blocks are of now', async (_name, byMs, code) => {
    const proxy = await bad({ answers: { state_queryStorageAt: clockOff(byMs) } })
    const chain = client()
    must(await connect(chain, proxy))
    expect(await untilState(chain, troubled(code))).toMatchObject({ trouble: { endpoint: proxy.ws } })
    proxy.faults = {}
    await untilState(chain, untroubled)
  })

  test('that takes no batches: it is asked one by one, and nothing is missing', async () => {
    const proxy = await bad({ noBatches: true })
    const chain = client()
    must(await connect(chain, proxy))
    const before = { calls: proxy.calls.length, frames: proxy.frames }
    const [portfolio, subnets] = await Promise.all([chain.portfolio(nobody, true), chain.subnets()])
    expect(must(portfolio)).toMatchObject({ free: 0n, positions: [] })
    expect(must(subnets).subnets.length).toBeGreaterThan(6)
    // The refusal of the first batch was enough.
    expect(proxy.frames - before.frames).toBe(proxy.calls.length - before.calls)
  })
})

describe('answers', () => {
  test('larger than any honest one close the socket instead of filling the memory', async () => {
    const proxy = await bad({ giantBytes: 48 * 1_048_576 })
    expect(await connect(client(), proxy)).toMatchObject({ ok: false, error: { code: 'chain/unreachable' } })
  })

  test('that never come are given up, and the line is opened again', async () => {
    const proxy = await bad()
    const chain = client({ answerMs: 700 })
    must(await connect(chain, proxy))
    proxy.faults = { stalled: true }
    expect(await chain.subnets()).toMatchObject({
      ok: false,
      error: { code: 'chain/unreachable', reason: expect.stringContaining('no answer to') },
    })
    await untilState(chain, (state) => state.state === 'ready' && state.reconnecting)
    proxy.faults = {}
    await untilState(chain, ready)
    expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(6)
  })

  test('of a runtime without the function are an error of that read, and of no other', async () => {
    const name = 'StakeInfoRuntimeApi_get_stake_info_for_coldkey'
    const proxy = await bad({ errors: { [name]: { code: 4003, message: `Exported method ${name} is not found` } } })
    const chain = client()
    must(await connect(chain, proxy))
    expect(await chain.portfolio(nobody, false)).toMatchObject({ ok: false, error: { code: 'chain/bad-answer' } })
    expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(6)
    expect(ready(chain.state())).toBe(true)
  })

  test('about the fee may lie: what was paid is what the chain took, and no tip was signed', async () => {
    const fee = 'TransactionPaymentApi_query_info'
    // The fee is the end of the answer: 1 rao instead of what it is.
    const proxy = await bad({ calls: { [fee]: (honest) => `${honest.slice(0, -16)}0100000000000000` } })
    const chain = client()
    must(await connect(chain, proxy))
    const { handle, signature, plan } = await prepared(chain)
    expect(plan.txFee).toBe(1n)
    expect(plan.doubts).toMatchObject([{ kind: 'fee', stated: 1n }])
    const { ended } = submitAndWait(chain, handle, signature)
    const last = (await ended).at(-1)
    expect(last).toMatchObject({ stage: 'finalized' })
    expect(last?.stage === 'finalized' && (last.outcome.feeRao ?? 0n)).toBeGreaterThan(100_000n)
  })
})

describe('several endpoints', () => {
  test('when one dies, the next goes on with what was sent', async () => {
    const [first, second] = [await bad(), await bad()]
    const chain = client()
    must(await connect(chain, first, second))
    const { handle, signature } = await prepared(chain)
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    await first.stop()
    expect((await ended).at(-1)).toMatchObject({
      stage: 'finalized',
      outcome: { stakeAdded: { taoRao: 1_000_000_000n } },
    })
    expect(chain.state()).toMatchObject({ state: 'ready', endpoint: second.ws })
  })

  test('when one refuses for too many requests, the next is asked', async () => {
    const [first, second] = [await bad(), await bad()]
    const chain = client()
    must(await connect(chain, first, second))
    first.faults = { errors: { state_call: { code: 429, message: 'Too many requests' } } }
    expect(await chain.subnets()).toMatchObject({
      ok: false,
      error: { code: 'chain/rate-limited', endpoint: first.ws },
    })
    await untilState(chain, (state) => ready(state) && state.state === 'ready' && state.endpoint === second.ws)
    expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(6)
  })

  test('one of another chain is never gone to', async () => {
    const [first, liar, last] = [
      await bad(),
      await bad({ answers: { chain_getBlockHash: () => `0x${'11'.repeat(32)}` } }),
      await bad(),
    ]
    const chain = client()
    must(await connect(chain, first, liar, last))
    await first.stop()
    await untilState(chain, (state) => ready(state) && state.state === 'ready' && state.endpoint === last.ws)
    expect(chain.state()).toMatchObject({ facts: { genesis: network.genesis } })
    expect(liar.methods).not.toContain('state_queryStorageAt')
  })

  test('that tell different final blocks: it is told while it lasts', async () => {
    const other = await bad({
      answers: { chain_getBlockHash: (honest, { params }) => (params[0] === 0 ? honest : `0x${'22'.repeat(32)}`) },
    })
    const first = await bad()
    const chain = client({ crossCheckMs: 200 })
    must(await connect(chain, first, other))
    expect(await untilState(chain, troubled('chain/sources-disagree'))).toMatchObject({
      endpoint: first.ws,
      trouble: { endpoint: first.ws, other: other.ws },
    })
    other.faults = {}
    await untilState(chain, untroubled)
  })
})

test('after sleep the socket is opened anew at once', async () => {
  let offsetMs = 0
  const ticks = new Set<() => void>()
  const clock: ClockPort = {
    ...realClock,
    nowMs: () => Date.now() + offsetMs,
    every: (_periodMs, run) => {
      ticks.add(run)
      return () => void ticks.delete(run)
    },
  }
  const proxy = await bad()
  const chain = client({ clock })
  must(await connect(chain, proxy))
  const greetings = () => proxy.methods.filter((method) => method === 'chain_subscribeNewHeads').length
  for (const tick of ticks) tick()
  expect(greetings()).toBe(1)
  offsetMs = 10 * 60_000
  for (const tick of ticks) tick()
  await expect.poll(greetings).toBe(2)
})

describe('what was sent', () => {
  const WATCHED = 'author_extrinsicUpdate'

  test('and whose block another one replaced waits again, and is found again', async () => {
    const proxy = await bad()
    const chain = client()
    must(await connect(chain, proxy))
    const { handle, signature } = await prepared(chain)
    // Nothing more is told after the block is said to be gone.
    proxy.faults = {
      items: {
        [WATCHED]: (said) => {
          const { finalized } = said as { finalized?: string }
          return finalized === undefined ? said : { retracted: finalized }
        },
      },
    }
    const events = await submitAndWait(chain, handle, signature).ended
    expect(stagesOf(events)).toEqual(['sending', 'in-pool', 'in-block', 'in-pool', 'in-block', 'finalized'])
  })

  test.each(['dropped', 'invalid'])('and is said to be %s is looked for until its era is over', async (said) => {
    const proxy = await bad({ items: { [WATCHED]: () => said } })
    const chain = client()
    must(await connect(chain, proxy))
    const { handle, signature } = await prepared(chain)
    const events = await submitAndWait(chain, handle, signature).ended
    // It was in a block all the while.
    expect(events.at(-1)).toMatchObject({ stage: 'finalized' })
  })

  test('and is invalid because another one used its nonce has failed once that is final', async () => {
    const [proxy, honest] = [await bad(), client()]
    must(await connect(honest, await bad()))
    const { handle, signature, account } = await prepared(honest)
    const other = await preparedFor(honest, account, rao(2_000_000_000n))
    const chain = client()
    must(await connect(chain, proxy))
    proxy.faults = { keeps: { [WATCH]: { result: 'kept' } } }
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    proxy.say(JSON.stringify({ jsonrpc: '2.0', method: WATCHED, params: { subscription: 'kept', result: 'invalid' } }))
    expect((await submitAndWait(honest, other.handle, other.signature).ended).at(-1)?.stage).toBe('finalized')
    const told = await ended
    // Said at once, and called a failure only when it is one.
    expect(told[2]).toMatchObject({
      stage: 'doubted',
      error: { code: 'chain/pool-refused' },
      untilBlock: JSON.parse(handle).lastBlock,
    })
    expect(told.at(-1)).toMatchObject({ stage: 'failed', error: { code: 'chain/pool-refused' } })
    // Its life is not over: that is not why.
    const state = chain.state()
    expect(state.state === 'ready' && state.best.number).toBeLessThan(JSON.parse(handle).lastBlock)
  })
})

describe('what never left', () => {
  const found = ['sending', 'doubted', 'in-block', 'finalized']
  const tooMany = { error: { code: 429, message: 'Too many requests' } }
  const watched = ({ methods }: FaultProxy) => methods.filter((method) => method === WATCH).length

  test('as the only endpoint says, which refuses more requests, is doubted and no failure', async () => {
    const proxy = await bad()
    const chain = client()
    must(await connect(chain, proxy))
    const { handle, signature } = await prepared(chain)
    proxy.faults = { keeps: { [WATCH]: tooMany } }
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    const untilBlock = JSON.parse(handle).lastBlock
    const events = await ended
    expect(events[1]).toEqual({
      stage: 'doubted',
      error: { code: 'chain/rate-limited', endpoint: proxy.ws },
      untilBlock,
    })
    // Given away once more, the same bytes are taken.
    expect(stagesOf(events)).toEqual(['sending', 'doubted', 'in-pool', 'in-block', 'finalized'])
  })

  test('as a gateway says that passed it on is found in its block', async () => {
    const proxy = await bad({ errors: { [WATCH]: tooMany.error } })
    const chain = client()
    must(await connect(chain, proxy))
    const { handle, signature } = await prepared(chain)
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    // The pool that has it may say so, when it is given the same bytes once more.
    expect(stagesOf(await ended).filter((stage) => stage !== 'in-pool')).toEqual(found)
  })

  test('as one endpoint says is followed when the next one says that it is in the pool already', async () => {
    const [first, second] = [
      await bad({ errors: { [WATCH]: tooMany.error } }),
      await bad({ keeps: { [WATCH]: { error: { code: 1013, message: 'Already imported' } } } }),
    ]
    const chain = client()
    must(await connect(chain, first, second))
    const { handle, signature } = await prepared(chain)
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    expect(stagesOf(await ended).filter((stage) => stage !== 'in-pool')).toEqual(found)
    expect([first, second].map(watched)).toEqual([1, 1])
  })

  test('is sent to another endpoint that takes it', async () => {
    const [first, second] = [await bad(), await bad()]
    const chain = client()
    must(await connect(chain, first, second))
    const { handle, signature } = await prepared(chain)
    first.faults = { keeps: { [WATCH]: tooMany } }
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    expect(stagesOf(await ended)).toEqual(['sending', 'in-pool', 'in-block', 'finalized'])
    expect([first, second].map(watched)).toEqual([1, 1])
  })

  test('as every endpoint says, all of which refuse more requests, is doubted', async () => {
    const both = [await bad(), await bad()]
    const chain = client()
    must(await connect(chain, ...both))
    const { handle, signature } = await prepared(chain)
    for (const one of both) one.faults = { keeps: { [WATCH]: tooMany } }
    const { accepted, events } = submitAndWait(chain, handle, signature)
    must(await accepted)
    expect(stagesOf(events).slice(0, 2)).toEqual(['sending', 'doubted'])
    expect(both.map(watched)).toEqual([1, 1])
  })

  test('because its turn did not come has failed, and is not sent later', async () => {
    let offsetMs = 0
    // What watches for sleep is left out: it would open the line anew.
    const clock: ClockPort = { ...realClock, nowMs: () => Date.now() + offsetMs, every: () => () => undefined }
    const proxy = await bad()
    const chain = client({ clock })
    must(await connect(chain, proxy))
    const { handle, signature } = await prepared(chain)
    const { ws: endpoint } = proxy
    must(await chain.connect({ endpoint, genesis: network.genesis, allowances: { [endpoint]: 0.0001 } }, never))
    // After such a refusal nothing is left of the allowance.
    proxy.faults = { keeps: { state_call: tooMany } }
    expect(await chain.subnets()).toMatchObject({ ok: false, error: { code: 'chain/rate-limited' } })
    proxy.faults = {}
    const { accepted, events } = submitAndWait(chain, handle, signature)
    await expect.poll(() => stagesOf(events)).toEqual(['sending'])
    offsetMs = 61_000
    expect(await accepted).toMatchObject({ ok: false, error: { code: 'chain/over-budget', endpoint } })
    expect(stagesOf(events)).toEqual(['sending'])
    expect(watched(proxy)).toBe(0)
  })
})

const stagesOf = (events: readonly SubmitEvent[]) => events.map(({ stage }) => stage)
