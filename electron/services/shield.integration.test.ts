import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { netuid, rao, raoPerAlpha, type Ss58 } from '../../shared/units/amounts.ts'
import { Between, listOf } from '../../test/support/chain/between.ts'
import { must, never, newChain, untilBlock } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import type { SubmitEvent } from '../chain/chain.port.ts'
import type { ShieldRequest } from '../keys/signer.port.ts'
import { addressOf, pairFromSeed } from '../keys/worker/keypair.ts'
import { shielded } from '../keys/worker/signer/carrier.ts'
import { checkPayload } from '../keys/worker/signer/check-payload.ts'
import { readRuntime } from '../keys/worker/signer/signing-runtime.ts'
import { ShieldService } from './shield.service.ts'

// The signer's own code with fresh keys, against the real practice network in its own process.
let network: PracticeNetwork
let line: Between
const chain = newChain()
let staleKeys = 0
/** The node says that it took a cover, and passes it on to nobody. */
let swallows = false
let validator: Ss58

/** An account that hides its trades. */
function account() {
  const pair = pairFromSeed(crypto.getRandomValues(new Uint8Array(32)), 'sr25519')
  const keys = {
    signShielded: async (request: ShieldRequest) => {
      const runtime = readRuntime(request.chain.metadata)
      const { payload, intent } = request
      const read = checkPayload(runtime, { payload, intent, signer: 'coldkey', genesis: request.chain.genesis })
      if (!read.ok) return read
      // A key of long ago, as somebody who was asleep would use it.
      const key = staleKeys > 0 ? ml_kem768.keygen().publicKey : request.shieldKey
      staleKeys -= 1
      return shielded(runtime, pair, { payload, inner: read.value, key, genesis: request.chain.genesis })
    },
  }
  return { address: addressOf(pair.publicKey), shield: new ShieldService({ chain, keys }) }
}
const { address: me, shield } = account()

const stakeOf = (amount: bigint) =>
  ({
    kind: 'add-stake',
    hotkey: validator,
    netuid: netuid(2),
    amount: rao(amount),
    limitPrice: raoPerAlpha((1n << 64n) - 1n),
  }) as const
const TAO_10 = 10_000_000_000n
/** Enough for everything. */
const RICH = { free: rao(100_000_000_000n), needed: rao(TAO_10 + 2_000_000n) }

interface Frame {
  readonly id: number
  readonly method: string
}
const isSwallowed = ({ method }: Frame): boolean => swallows && method === 'author_submitExtrinsic'

beforeAll(async () => {
  network = await startPractice(['--block-ms', '400'])
  line = await Between.before(network.ws, ({ toNode, toClient }) => ({
    fromClient: (text) => {
      const frames = listOf<Frame>(JSON.parse(text))
      if (!frames.some(isSwallowed)) return toNode(text)
      for (const { id } of frames) toClient(JSON.stringify({ jsonrpc: '2.0', id, result: `0x${'00'.repeat(32)}` }))
    },
    fromNode: toClient,
  }))
  must(await chain.connect({ endpoint: line.ws, genesis: network.genesis }, never))
  const { block } = must(await chain.playMoney(me, rao(100_000_000_000n)))
  // Until its author's second block a chain names no key, and until then nobody hides anything.
  await untilBlock(chain, Math.max(block, 3))
  validator = must(await chain.validators(netuid(2)))[0]?.hotkey ?? me
})
afterAll(async () => {
  await chain.disconnect()
  await line.stop()
  await network.stop()
})

async function sent(by = { address: me, shield }, amount = TAO_10): Promise<readonly SubmitEvent[]> {
  const submit = must(
    await by.shield.sign({
      wallet: 'a',
      signer: by.address,
      intent: stakeOf(amount),
      toRead: ({ payload, metadata }) =>
        ok({ payload, chain: { network: 'practice', genesis: network.genesis, metadata } }),
    }),
  )
  const events: SubmitEvent[] = []
  return new Promise((resolve, reject) => {
    const onEvent = (event: SubmitEvent) => {
      events.push(event)
      if (event.stage === 'in-block' || event.stage === 'failed') resolve(events)
    }
    submit(onEvent).then((answer) => {
      if (!answer.ok) reject(new Error(JSON.stringify(answer.error)))
    }, reject)
  })
}
const freeOf = async (address: Ss58) => must(await chain.portfolio(address, false)).free

test('a stake goes hidden: only its cover is seen before the block, and its outcome is its own', async () => {
  const asked = { intent: stakeOf(TAO_10), callBytes: 60, watchOnly: false, need: RICH }
  expect(await shield.verdict(me, { ...asked, mode: 'auto' })).toEqual({ hidden: false, reason: 'too-fast' })
  const verdict = await shield.verdict(me, { ...asked, mode: 'on' })
  expect(verdict).toMatchObject({ hidden: true })
  const events = await sent()
  const [sending] = events
  const last = events.at(-1)
  if (sending?.stage !== 'sending' || last?.stage !== 'in-block') throw new Error(JSON.stringify(events.map(String)))
  expect(sending.trace.carrierHash).not.toBe(sending.trace.txHash)
  expect(last.outcome.stakeAdded?.alpha).toBeGreaterThan(0n)
})

test('a key that grew old is replaced once; a second time it is said', async () => {
  staleKeys = 1
  expect((await sent()).at(-1)?.stage).toBe('in-block')
  staleKeys = 2
  expect((await sent()).at(-1)).toMatchObject({ stage: 'failed', error: { code: 'shield/stale-key' } })
  staleKeys = 0
})

test('what the author throws away is told as that: the cover is paid, and the number behind it is free', async () => {
  const poor = account()
  const verdict = await shield.verdict(me, {
    intent: stakeOf(TAO_10),
    callBytes: 60,
    watchOnly: false,
    mode: 'on',
    need: RICH,
  })
  const carrierFee = (verdict.hidden && verdict.carrierFee) || rao(0n)
  expect(carrierFee).toBeGreaterThan(0n)
  // Enough for the cover and for staying alive, and nothing for the fee of what is hidden.
  must(await chain.playMoney(poor.address, rao(carrierFee + 2_000n)))
  const last = (await sent(poor)).at(-1)
  expect(last).toMatchObject({ stage: 'failed', error: { code: 'shield/dropped' } })
  expect(await freeOf(poor.address)).toBeLessThan(carrierFee)
  // The same account goes on with that number: nothing of the hidden one is left.
  must(await chain.playMoney(poor.address, rao(100_000_000_000n)))
  expect((await sent(poor)).at(-1)?.stage).toBe('in-block')
}, 60_000)

test('a cover that no block holds is lost, and nothing of a paid cover is claimed', async () => {
  const before = await freeOf(me)
  swallows = true
  const last = (await sent()).at(-1)
  swallows = false
  expect(last).toMatchObject({ stage: 'failed', error: { code: 'chain/transaction-lost' } })
  expect(await freeOf(me)).toBe(before)
}, 60_000)

test('what moves no price, acts for another, is too long, or waits on another device goes in the open, and says why', async () => {
  const reasonOf = async (intent: Parameters<typeof shield.verdict>[1]['intent'], more: object = {}) => {
    const verdict = await shield.verdict(me, {
      intent,
      callBytes: 60,
      mode: 'on',
      watchOnly: false,
      need: RICH,
      ...more,
    })
    return verdict.hidden ? 'hidden' : verdict.reason
  }
  const stake = stakeOf(TAO_10)
  expect(await reasonOf({ ...stake, netuid: netuid(0) })).toBe('root')
  expect(await reasonOf({ kind: 'proxied', real: me, intent: stake })).toBe('proxied')
  expect(await reasonOf({ kind: 'claim-root', subnets: [] })).toBe('not-a-trade')
  expect(await reasonOf(stake, { watchOnly: true })).toBe('air-gapped')
  expect(await reasonOf(stake, { mode: 'off' })).toBe('turned-off')
  expect(await reasonOf(stake, { callBytes: 6_900 })).toBe('hidden')
  expect(await reasonOf(stake, { callBytes: 6_907 })).toBe('too-long')
})
