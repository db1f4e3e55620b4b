import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { netuid, rao, raoPerAlpha, type Ss58 } from '../../shared/units/amounts.ts'
import { must, never, realClock, silentLog, untilBlock } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import { FaultProxy } from '../../test/support/fault-proxy.ts'
import type { SubmitEvent } from '../chain/chain.port.ts'
import { createPolkadotChain } from '../chain/polkadot/create-polkadot-chain.ts'
import type { ShieldRequest } from '../keys/signer.port.ts'
import { addressOf, pairFromSeed } from '../keys/worker/keypair.ts'
import { shielded } from '../keys/worker/signer/carrier.ts'
import { checkPayload } from '../keys/worker/signer/check-payload.ts'
import { readRuntime } from '../keys/worker/signer/signing-runtime.ts'
import { ShieldService } from './shield.service.ts'

// Hidden trades over a node that goes wrong: what was confirmed once runs once, and what ran is not called a failure.
let network: PracticeNetwork
let node: FaultProxy
const chain = createPolkadotChain({ clock: realClock, log: silentLog, answerMs: 1_500 })
const SUBMIT = 'author_submitExtrinsic'
const OLD_KEY = { code: 1010, message: 'Invalid Transaction: Custom error: 24' }
const TAO_10 = rao(10_000_000_000n)
let validator: Ss58

beforeAll(async () => {
  network = await startPractice(['--block-ms', '400'])
  node = await FaultProxy.before(network.ws)
  must(await chain.connect({ endpoint: node.ws, genesis: network.genesis }, never))
  validator = must(await chain.validators(netuid(2)))[0]!.hotkey
})
afterEach(() => {
  node.faults = {}
})
afterAll(async () => {
  await chain.disconnect()
  await node.stop()
  await network.stop()
})

/** An account that hides its trades, with play money. */
async function account(money = rao(100_000_000_000n)) {
  const pair = pairFromSeed(crypto.getRandomValues(new Uint8Array(32)), 'sr25519')
  const signShielded = async ({ payload, intent, shieldKey: key, chain: of }: ShieldRequest) => {
    const runtime = readRuntime(of.metadata)
    const read = checkPayload(runtime, { payload, intent, signer: 'coldkey', genesis: of.genesis })
    return read.ok ? shielded(runtime, pair, { payload, inner: read.value, key, genesis: of.genesis }) : read
  }
  const address = addressOf(pair.publicKey)
  const { block } = must(await chain.playMoney(address, money))
  // Before its third block a new chain may name no key to hide with.
  await untilBlock(chain, Math.max(block, 3))
  return { address, shield: new ShieldService({ chain, keys: { signShielded } }) }
}

/** Stakes 10 TAO, hidden; all that is told until it is in a block or failed. */
async function staked({ address, shield }: Awaited<ReturnType<typeof account>>): Promise<readonly SubmitEvent[]> {
  const submit = must(
    await shield.sign({
      wallet: 'a',
      signer: address,
      intent: {
        kind: 'add-stake',
        hotkey: validator,
        netuid: netuid(2),
        amount: TAO_10,
        limitPrice: raoPerAlpha((1n << 64n) - 1n),
      },
      toRead: ({ payload, metadata }) =>
        ok({ payload, chain: { network: 'practice', genesis: network.genesis, metadata } }),
    }),
  )
  const events: SubmitEvent[] = []
  const told = Promise.withResolvers<void>()
  const answer = await submit((event) => {
    events.push(event)
    if (event.stage === 'in-block' || event.stage === 'failed') told.resolve()
  })
  must(answer)
  await told.promise
  return events
}
const covers = () => node.calls.filter(({ method }) => method === SUBMIT).map(({ params }) => params[0])
const tracesIn = (events: readonly SubmitEvent[]) =>
  events.flatMap((event) => (event.stage === 'sending' ? [event.trace] : []))
/** After the lives of all that was sent. */
async function spentBy(address: Ss58, had = rao(100_000_000_000n)): Promise<bigint> {
  const state = chain.state()
  await untilBlock(chain, (state.state === 'ready' ? state.best.number : 0) + 10)
  return had - must(await chain.portfolio(address, false)).free
}

test('a node that keeps a cover, calls its key old and counts on makes nobody stake twice', async () => {
  const me = await account()
  let asked = 0
  node.faults = {
    errors: { [SUBMIT]: OLD_KEY },
    // What waits in the pool is counted on from the second question.
    answers: { system_accountNextIndex: (honest) => Number(honest) + (asked++ === 0 ? 0 : 2) },
  }
  const events = await staked(me)
  expect(events.at(-1)).toMatchObject({ stage: 'in-block', outcome: { stakeAdded: { taoRao: TAO_10 } } })
  const [first, second, named] = tracesIn(events)
  expect(second?.txHash).not.toBe(first?.txHash)
  expect(second?.twin).toEqual(first)
  expect(named).toEqual({ ...first, twin: { ...second, twin: undefined } })
  expect(asked).toBe(1)
  const spent = await spentBy(me.address)
  expect(spent).toBeGreaterThan(TAO_10)
  expect(spent).toBeLessThan(TAO_10 + 1_000_000_000n)
}, 30_000)

test('after a crash between both, whichever of them ran is found', async () => {
  const me = await account()
  node.faults = { errors: { [SUBMIT]: OLD_KEY } }
  const events = await staked(me)
  const [first, second] = tracesIn(events)
  if (!second) throw new Error('it was not signed again')
  // What a program knows that was killed here: the trace of the last thing that left.
  const found: SubmitEvent[] = []
  const ended = Promise.withResolvers<void>()
  must(
    await chain.follow(second, me.address, (event) => {
      found.push(event)
      if (event.stage === 'finalized' || event.stage === 'failed') ended.resolve()
    }),
  )
  await ended.promise
  expect(tracesIn(found)[0]).toMatchObject(first ?? {})
  expect(found.at(-1)).toMatchObject({ stage: 'finalized', outcome: { stakeAdded: { taoRao: TAO_10 } } })
}, 30_000)

test('where the cover ran that was called refused, and what it hid did not, that is what is said', async () => {
  const { carrierFee = rao(0n) } = must(await chain.shieldOffer(validator, 60))
  // Enough for the cover and for staying alive, and nothing for the fee of what is hidden.
  const money = rao(carrierFee + 2_000n)
  const me = await account(money)
  node.faults = { errors: { [SUBMIT]: OLD_KEY } }
  const events = await staked(me)
  const [first] = tracesIn(events)
  expect(events.at(-1)).toMatchObject({
    stage: 'failed',
    error: { code: 'shield/dropped', carrierHash: first?.carrierHash },
  })
  expect(await spentBy(me.address, money)).toBeGreaterThan(0n)
}, 30_000)

test('a used number is no old key: nothing is signed again', async () => {
  const me = await account()
  const before = covers().length
  node.faults = { keeps: { [SUBMIT]: { error: { code: 1010, message: 'Transaction is outdated' } } } }
  await expect(staked(me)).rejects.toThrow('chain/pool-refused')
  expect(covers().length - before).toBe(1)
})

test('a hidden trade whose acceptance is never answered is followed, and is not called a failure', async () => {
  const me = await account()
  node.faults = { swallow: [SUBMIT] }
  const events = await staked(me)
  expect(events.map(({ stage }) => stage)).toEqual(['sending', 'in-block'])
  expect(await spentBy(me.address)).toBeLessThan(TAO_10 + 1_000_000_000n)
}, 30_000)

test('a hidden trade that was in the pool when the line broke is found in the blocks', async () => {
  const me = await account()
  const before = covers().length
  node.faults = {
    answers: {
      [SUBMIT]: (honest) => {
        node.faults = {}
        node.cut()
        return honest
      },
    },
  }
  expect((await staked(me)).at(-1)).toMatchObject({ stage: 'in-block' })
  const [first, again] = covers().slice(before)
  // The other node may not have had it; the same bytes cannot be taken twice.
  expect(again).toBe(first)
}, 30_000)
