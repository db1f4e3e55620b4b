import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { netuid, rao } from '../../../../shared/units/amounts.ts'
import { TestAccount } from '../../../../test/support/chain/account.ts'
import { must, never, newChain, submitAndWait, untilBlock } from '../../../../test/support/chain/chain-session.ts'
import { MeddlingProxy } from '../../../../test/support/chain/meddling-proxy.ts'
import { plannedMove } from '../../../../test/support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../../../../test/support/chain/practice-network.ts'
import type { SubmitEvent, TransactionTrace } from '../../chain.port.ts'

let network: PracticeNetwork
let proxy: MeddlingProxy
let chain: ReturnType<typeof newChain>
const TEXT = netuid(1)
const AMOUNT = rao(1_000_000_000n)

beforeAll(async () => {
  // 128 blocks of an era pass in some seconds.
  network = await startPractice(['--block-ms', '60'])
})
afterAll(() => network.stop())
beforeEach(async () => {
  proxy = await MeddlingProxy.before(network.ws)
  chain = newChain()
  must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
})
afterEach(async () => {
  await chain.disconnect()
  await proxy.stop()
})

async function prepared() {
  const account = new TestAccount()
  const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
  await untilBlock(chain, block)
  const { hotkey } = must(await chain.validators(TEXT))[0]!
  const move = { kind: 'add', netuid: TEXT, hotkey, amount: AMOUNT, tolerancePpm: 50_000 } as const
  const { intent } = must(await plannedMove(chain, account.address, move))
  const { handle, payload } = must(await chain.prepareCall(account.address, intent))
  return { handle, signature: account.sign(payload), account }
}

const traceIn = (events: readonly SubmitEvent[]): TransactionTrace => {
  const [first] = events
  if (first?.stage !== 'sending') throw new Error('it was not sent')
  return first.trace
}

/** Sends, and has it final; what follows it again knows nothing but its trace. */
async function sent() {
  const { handle, signature, account } = await prepared()
  const events = await submitAndWait(chain, handle, signature).ended
  const last = events.at(-1)
  if (last?.stage !== 'finalized') throw new Error(`it ended ${last?.stage}`)
  return { trace: traceIn(events), account, outcome: last.outcome }
}

async function followed(trace: TransactionTrace, account: TestAccount): Promise<readonly SubmitEvent[]> {
  const events: SubmitEvent[] = []
  const ended = Promise.withResolvers<void>()
  must(
    await chain.follow(trace, account.address, (event) => {
      events.push(event)
      if (event.stage === 'finalized' || event.stage === 'failed' || event.stage === 'left') ended.resolve()
    }),
  )
  await ended.promise
  return events
}

test('finds what an earlier program sent, with the facts of its events', async () => {
  const { trace, account, outcome } = await sent()
  expect(outcome.block).toBeGreaterThanOrEqual(trace.firstBlock)
  expect(outcome.block).toBeLessThanOrEqual(trace.lastBlock)
  const events = await followed(trace, account)
  expect(events).toEqual([
    { stage: 'in-block', outcome },
    { stage: 'finalized', outcome },
  ])
  expect(outcome).toMatchObject({ feeRao: expect.any(BigInt), stakeAdded: { taoRao: AMOUNT } })
  // Asking twice tells the same.
  expect(await followed(trace, account)).toEqual(events)
})

test('a block that another one replaced is read again', async () => {
  const { trace, account, outcome } = await sent()
  const other = { hash: '' }
  let lies = 0
  proxy.meddle = (request, answer) => {
    if (request.method !== 'chain_getBlockHash') return answer
    if (request.params?.[0] === trace.firstBlock) other.hash = String(answer.result)
    // The first look finds it; when it is asked whether that block is final, another stands there, once.
    if (request.params?.[0] !== outcome.block || ++lies !== 2) return answer
    return { ...answer, result: other.hash }
  }
  const events = await followed(trace, account)
  expect(lies).toBeGreaterThan(2)
  expect(events.at(-1)).toEqual({ stage: 'finalized', outcome })
})

test('what no block took is lost when its era is over, and not before', async () => {
  const { trace: other, account } = await sent()
  const state = chain.state()
  const final = state.state === 'ready' ? (state.finalized?.number ?? 0) : 0
  const trace = { txHash: `0x${'ab'.repeat(32)}`, firstBlock: other.firstBlock, lastBlock: final + 20 }
  const told = await followed(trace, account)
  expect(told).toEqual([
    { stage: 'failed', error: { code: 'chain/transaction-lost', txHash: trace.txHash }, outcome: undefined },
  ])
  const after = chain.state()
  expect(after.state === 'ready' ? (after.finalized?.number ?? 0) : 0).toBeGreaterThanOrEqual(trace.lastBlock)
})

test('a node that has forgotten the state says where it is; the end stays open', async () => {
  const { trace, account, outcome } = await sent()
  proxy.meddle = (request, answer) =>
    request.method === 'state_queryStorageAt'
      ? ({ id: answer.id, jsonrpc: '2.0', error: { code: -32000, message: 'State already discarded' } } as never)
      : answer
  const { block, blockHash, extrinsicIndex } = outcome
  // Another session: this one remembers what the block said.
  must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
  expect(await followed(trace, account)).toEqual([
    { stage: 'in-block', outcome: { block, blockHash, extrinsicIndex } },
    { stage: 'left' },
  ])
})

test('goes on over a broken line, and stops when the chain is left', async () => {
  const { trace, account, outcome } = await sent()
  let cuts = 0
  proxy.meddle = (request, answer) => {
    if (request.method !== 'chain_getBlock' || ++cuts !== 2) return answer
    proxy.cut()
    return undefined
  }
  expect((await followed(trace, account)).at(-1)).toEqual({ stage: 'finalized', outcome })
  expect(cuts).toBeGreaterThan(2)
  proxy.meddle = (request, answer) => (request.method === 'chain_getBlock' ? undefined : answer)
  const left = followed(trace, account)
  await chain.disconnect()
  expect(await left).toEqual([{ stage: 'left' }])
})
