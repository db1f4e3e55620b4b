import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { netuid, rao, raoPerAlpha } from '../../shared/units/amounts.ts'
import { must, never, newChain } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import type { SubmitEvent } from '../chain/chain.port.ts'
import type { ShieldRequest } from '../keys/signer.port.ts'
import { addressOf, pairFromSeed } from '../keys/worker/keypair.ts'
import { shielded } from '../keys/worker/signer/carrier.ts'
import { checkPayload } from '../keys/worker/signer/check-payload.ts'
import { readRuntime } from '../keys/worker/signer/signing-runtime.ts'
import { ShieldService } from './shield.service.ts'

// The signer's own code with a fresh key, against the real practice network in its own process.
let network: PracticeNetwork
const chain = newChain()
const pair = pairFromSeed(crypto.getRandomValues(new Uint8Array(32)), 'sr25519')
const me = addressOf(pair.publicKey)
let staleKeys = 0

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
const shield = new ShieldService({ chain, keys })
const intentOf = (hotkey: typeof me) =>
  ({
    kind: 'add-stake',
    hotkey,
    netuid: netuid(2),
    amount: rao(10_000_000_000n),
    limitPrice: raoPerAlpha((1n << 64n) - 1n),
  }) as const

beforeAll(async () => {
  network = await startPractice(['--block-ms', '400'])
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
  must(await chain.playMoney(me, rao(100_000_000_000n)))
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

async function sent(hotkey: typeof me): Promise<readonly SubmitEvent[]> {
  const submit = must(
    await shield.sign({
      wallet: 'a',
      signer: me,
      intent: intentOf(hotkey),
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

test('a stake goes hidden: only its cover is seen before the block, and its outcome is its own', async () => {
  const hotkey = must(await chain.validators(netuid(2)))[0]?.hotkey ?? me
  const asked = { intent: intentOf(hotkey), callBytes: 60, watchOnly: false }
  expect(await shield.verdict(me, { ...asked, mode: 'auto' })).toEqual({ hidden: false, reason: 'too-fast' })
  const verdict = await shield.verdict(me, { ...asked, mode: 'on' })
  expect(verdict).toMatchObject({ hidden: true })
  const events = await sent(hotkey)
  const [sending] = events
  const last = events.at(-1)
  if (sending?.stage !== 'sending' || last?.stage !== 'in-block') throw new Error(JSON.stringify(events.map(String)))
  expect(sending.trace.carrierHash).not.toBe(sending.trace.txHash)
  expect(last.outcome.stakeAdded?.alpha).toBeGreaterThan(0n)
})

test('a key that grew old is replaced once; a second time it is said', async () => {
  const hotkey = must(await chain.validators(netuid(2)))[0]?.hotkey ?? me
  staleKeys = 1
  expect((await sent(hotkey)).at(-1)?.stage).toBe('in-block')
  staleKeys = 2
  await expect(sent(hotkey)).rejects.toThrow('shield/stale-key')
  staleKeys = 0
})

test('what moves no price, acts for another, or waits on another device goes in the open, and says why', async () => {
  const hotkey = must(await chain.validators(netuid(2)))[0]?.hotkey ?? me
  const reasonOf = async (intent: Parameters<typeof shield.verdict>[1]['intent'], watchOnly = false) => {
    const verdict = await shield.verdict(me, { intent, callBytes: 60, mode: 'on', watchOnly })
    return verdict.hidden ? 'hidden' : verdict.reason
  }
  const stake = intentOf(hotkey)
  expect(await reasonOf({ ...stake, netuid: netuid(0) })).toBe('root')
  expect(await reasonOf({ kind: 'proxied', real: me, intent: stake })).toBe('proxied')
  expect(await reasonOf({ kind: 'claim-root', subnets: [] })).toBe('not-a-trade')
  expect(await reasonOf(stake, true)).toBe('air-gapped')
  expect(await shield.verdict(me, { intent: stake, callBytes: 60, mode: 'off', watchOnly: false })).toEqual({
    hidden: false,
    reason: 'turned-off',
  })
})
