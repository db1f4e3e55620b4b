import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AskedMove } from '../../shared/staking/asked-move.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { compareMoves, predictedBy } from '../../shared/transactions/predicted.ts'
import { taoNeedOf } from '../../shared/transactions/shield.ts'
import { netuid, rao, type Ss58 } from '../../shared/units/amounts.ts'
import { TestAccount } from '../../test/support/chain/account.ts'
import { must, never, newChain, submitAndWait, untilBlock } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import { ShieldService } from './shield.service.ts'
import { StakeMovesService } from './stake-moves.service.ts'
import type { WalletService } from './wallet.service.ts'

// A coldkey whose TAO is all staked pays its fees in alpha: what it plans, what may be hidden, and what the chain does.

let network: PracticeNetwork
const chain = newChain()
const ONE = netuid(1)
const TAO = 1_000_000_000n
const ED = 500n
let first: Ss58
let second: Ss58
const shield = new ShieldService({
  chain,
  keys: { signShielded: () => Promise.reject(new Error('nothing is hidden here')) },
})

beforeAll(async () => {
  network = await startPractice()
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
  const validators = must(await chain.validators(ONE))
  if (!validators[0] || !validators[1]) throw new Error('the practice network has two validators')
  first = validators[0].hotkey
  second = validators[1].hotkey
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

/** Ten play TAO, and plans of moves for them. */
async function funded() {
  const account = new TestAccount()
  const { block } = must(await chain.playMoney(account.address, rao(10n * TAO)))
  // Before its third block a new chain may name no key to hide with.
  await untilBlock(chain, Math.max(block, 3))
  const service = new StakeMovesService({
    chain,
    wallets: { active: () => ({ name: 'w', address: account.address, unlocked: true }) } as unknown as WalletService,
    recipients: { refusal: async () => undefined },
    markets: { history: () => ({ ok: true, value: { samples: [] } }) },
  })
  const planned = async (move: AskedMove) => must(await service.plan({ moves: [move], tolerancePpm: 50_000 }))
  const add = (amount: bigint) => planned({ kind: 'add', netuid: ONE, hotkey: first, amount: rao(amount) })
  return { account, planned, add }
}

async function carryOut(account: TestAccount, plan: StakeMovesPlan) {
  const { handle, payload } = must(await chain.prepareCall(account.address, plan.intent))
  const last = (await submitAndWait(chain, handle, account.sign(payload)).ended).at(-1)
  if (last?.stage !== 'finalized') throw new Error(JSON.stringify(last?.stage === 'failed' ? last.error : last?.stage))
  return compareMoves({ predicted: predictedBy(plan), outcome: last.outcome }) ?? []
}

/** All of it staked but what the account must keep. */
async function emptied() {
  const { account, planned, add } = await funded()
  const { free, txFee } = await add(TAO)
  await carryOut(account, await add(free - txFee - ED))
  return { account, planned }
}

const verdictOf = (account: TestAccount, plan: StakeMovesPlan, mode: 'auto' | 'on') =>
  shield.verdict(account.address, {
    intent: plan.intent,
    callBytes: 100,
    mode,
    watchOnly: false,
    need: taoNeedOf(plan),
  })

test('an empty coldkey leaves in the open, by itself and also when it asks for a cover, and pays in alpha', async () => {
  const { account, planned } = await emptied()
  const plan = await planned({ kind: 'remove', netuid: ONE, hotkey: first, amount: 'max' })
  expect(plan).toMatchObject({ free: ED, feeInAlpha: { netuid: ONE, hotkey: first } })
  const open = { hidden: false, reason: 'cannot-pay-cover' }
  expect(await verdictOf(account, plan, 'auto')).toEqual(open)
  expect(await verdictOf(account, plan, 'on')).toEqual(open)
  const [happened] = await carryOut(account, plan)
  expect(happened).toMatchObject({ verdict: 'within' })
  const { free, positions } = must(await chain.portfolio(account.address, false))
  expect(free).toBeGreaterThan(9n * TAO)
  expect(positions).toEqual([])
}, 30_000)

test('all that an empty coldkey moves or gives arrives as planned: without the fee in alpha', async () => {
  const { account, planned } = await emptied()
  const all = { netuid: ONE, amount: 'max' } as const
  for (const move of [
    { kind: 'move', fromHotkey: first, toHotkey: second, ...all },
    { kind: 'transfer', hotkey: second, to: new TestAccount().address, ...all },
  ] as const) {
    const plan = await planned(move)
    const [step] = plan.steps
    const { alpha: held = 0n } = must(await chain.portfolio(account.address, false)).positions[0] ?? {}
    expect(step?.expected).toBeLessThan(held)
    const [happened] = await carryOut(account, plan)
    expect(happened?.received).toBeLessThan(held)
    // An epoch in between may add to it; less than the least never arrives.
    expect(happened?.received).toBeGreaterThanOrEqual(step?.worst ?? held)
    expect(['within', 'better']).toContain(happened?.verdict)
  }
}, 30_000)

test('a cover is offered when the TAO reaches for it and for the whole trade behind it, and not for a rao less', async () => {
  const { account, add } = await funded()
  const { free, txFee } = await add(TAO)
  const small = await verdictOf(account, await add(TAO), 'on')
  if (!small.hidden || small.carrierFee === undefined) throw new Error(JSON.stringify(small))
  const most = free - txFee - ED - small.carrierFee
  expect(await verdictOf(account, await add(most), 'on')).toMatchObject({ hidden: true })
  const open = { hidden: false, reason: 'cannot-pay-cover' }
  expect(await verdictOf(account, await add(most + 1n), 'on')).toEqual(open)
  expect(await verdictOf(account, await add(free - txFee - ED), 'auto')).toEqual(open)
}, 30_000)
