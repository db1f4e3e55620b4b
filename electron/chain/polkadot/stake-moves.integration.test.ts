import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskedMove } from '../../../shared/staking/asked-move.ts'
import type { StakeMovesPlan } from '../../../shared/staking/stake-move.ts'
import { compareMoves, predictedBy } from '../../../shared/transactions/predicted.ts'
import { alpha, netuid, rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { must, never, newChain, submitAndWait, untilBlock } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import { StakeMovesService } from '../../services/stake-moves.service.ts'
import type { WalletService } from '../../services/wallet.service.ts'

// Every row of the table of moves, planned by the service and carried out by the chain; what happened is compared with what was said.

let network: PracticeNetwork
const chain = newChain()
const account = new TestAccount()
const [ROOT, ONE, TWO] = [netuid(0), netuid(1), netuid(2)]
const TAO = 1_000_000_000n
const TOLERANCE = 50_000
let validators: readonly Ss58[]
let rootValidator: Ss58

const service = new StakeMovesService({
  chain,
  wallets: { active: () => ({ name: 'w', address: account.address, unlocked: true }) } as unknown as WalletService,
  recipients: { refusal: async () => undefined },
  markets: { history: () => ({ ok: true, value: { samples: [] } }) },
})

beforeAll(async () => {
  network = await startPractice()
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
  const { block } = must(await chain.playMoney(account.address, rao(1_000n * TAO)))
  await untilBlock(chain, block)
  validators = must(await chain.validators(ONE)).map(({ hotkey }) => hotkey)
  rootValidator = must(await chain.validators(ROOT))[0]?.hotkey ?? account.address
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

const first = () => validators[0] ?? account.address
const second = () => validators[1] ?? account.address
const planned = (moves: readonly AskedMove[], more = {}) => service.plan({ moves, tolerancePpm: TOLERANCE, ...more })

/** Signs and sends; the verdict on each step, by the chain's events. */
async function carryOut(plan: StakeMovesPlan) {
  const { handle, payload } = must(await chain.prepareCall(account.address, plan.intent))
  const last = (await submitAndWait(chain, handle, account.sign(payload)).ended).at(-1)
  if (last?.stage !== 'finalized') throw new Error(JSON.stringify(last?.stage === 'failed' ? last.error : last?.stage))
  return {
    outcome: last.outcome,
    compared: compareMoves({ predicted: predictedBy(plan), outcome: last.outcome }) ?? [],
  }
}
const verdicts = async (plan: StakeMovesPlan) => (await carryOut(plan)).compared.map(({ verdict }) => verdict)
const positions = async () => must(await chain.portfolio(account.address, false)).positions

describe('every move of stake', () => {
  test('refusals first: nothing held, nobody there, too little, the same place', async () => {
    const all = await planned([{ kind: 'remove', netuid: ONE, hotkey: first(), amount: 'max' }])
    expect(all).toMatchObject({ ok: false, error: { code: 'stake/not-enough-alpha' } })
    const nobody = await planned([{ kind: 'add', netuid: ONE, hotkey: new TestAccount().address, amount: rao(TAO) }])
    expect(nobody).toMatchObject({ ok: false, error: { code: 'stake/unknown-hotkey' } })
    const little = await planned([{ kind: 'add', netuid: ONE, hotkey: first(), amount: rao(1_000n) }])
    expect(little).toMatchObject({ ok: false, error: { code: 'stake/too-small' } })
    const nowhere = await planned([{ kind: 'add', netuid: netuid(4_000), hotkey: first(), amount: rao(TAO) }])
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'stake/unknown-subnet' } })
    const unstarted = must(await chain.subnets()).subnets.find((subnet) => subnet.name === 'Not started')
    expect(await service.exit({ tolerancePpm: TOLERANCE })).toMatchObject({ error: { code: 'stake/nothing-to-do' } })
    expect(unstarted).toBeDefined()
  })

  test('adds in several places with one signature', async () => {
    const plan = must(
      await planned([
        { kind: 'add', netuid: ONE, hotkey: first(), amount: rao(20n * TAO) },
        { kind: 'add', netuid: TWO, hotkey: first(), amount: { percent: 2 } },
        { kind: 'add', netuid: ROOT, hotkey: rootValidator, amount: rao(5n * TAO) },
      ]),
    )
    expect(plan).toMatchObject({ carry: 'batch', coldkey: account.address })
    expect(plan.steps.map(({ notes }) => notes)).toMatchObject([[], expect.any(Array), ['root-one-to-one']])
    const { compared, outcome } = await carryOut(plan)
    expect(compared.map(({ verdict }) => verdict)).toEqual(['within', 'within', 'within'])
    expect(compared[2]?.received).toBe(5n * TAO)
    expect(outcome.feeRao).toBe(plan.txFee)
  })

  test('to another validator: no trade, nothing lost', async () => {
    const plan = must(
      await planned([{ kind: 'move', netuid: ONE, fromHotkey: first(), toHotkey: second(), amount: { percent: 50 } }]),
    )
    expect(plan.steps[0]).toMatchObject({ notes: ['no-trade'], impactPpm: 0, poolFeeRao: 0n })
    const { compared } = await carryOut(plan)
    expect(compared[0]).toMatchObject({ verdict: 'within', received: plan.steps[0]?.gives })
  })

  test('to another subnet: both legs, by what the chain said they bring', async () => {
    const plan = must(
      await planned([
        { kind: 'swap', hotkey: second(), fromNetuid: ONE, toNetuid: TWO, amount: { worth: rao(2n * TAO) } },
      ]),
    )
    const [step] = plan.steps
    const { compared } = await carryOut(plan)
    expect(compared[0]?.verdict).toBe('within')
    const gap = Number((compared[0]?.received ?? 0n) - (step?.expected ?? 0n)) / Number(step?.expected ?? 1n)
    expect(Math.abs(gap)).toBeLessThan(0.001)
    const toRoot = must(
      await planned([
        { kind: 'swap', hotkey: second(), fromNetuid: ONE, toNetuid: ROOT, amount: { worth: rao(2n * TAO) } },
      ]),
    )
    expect(toRoot.steps[0]?.expected).toBe(toRoot.steps[0]?.betweenRao)
    const dust = await planned([
      { kind: 'swap', hotkey: second(), fromNetuid: ONE, toNetuid: TWO, amount: { worth: rao(1_900_000n) } },
    ])
    expect(dust).toMatchObject({ ok: false, error: { code: 'stake/second-leg-lost' } })
  })

  test('to another validator and another subnet, all or none', async () => {
    const worth = { worth: rao(2n * TAO) } as const
    const exact = must(
      await planned([{ kind: 'move', netuid: ONE, fromHotkey: first(), toHotkey: second(), amount: worth }]),
    )
    const amount = alpha(exact.steps[0]?.gives ?? 0n)
    const plan = must(
      await planned([
        { kind: 'move', netuid: ONE, fromHotkey: first(), toHotkey: second(), amount },
        { kind: 'swap', hotkey: second(), fromNetuid: ONE, toNetuid: TWO, amount },
      ]),
    )
    expect(plan.intent).toMatchObject({ kind: 'batch', mode: 'all' })
    expect(await verdicts(plan)).toEqual(['within', 'within'])
  })

  test('to another coldkey; a position that is too small to give stays', async () => {
    const to = new TestAccount().address
    const plan = must(
      await planned([{ kind: 'transfer', netuid: ONE, hotkey: second(), to, amount: { worth: rao(TAO) } }]),
    )
    expect(plan.steps[0]?.notes).toContain('cannot-be-undone')
    const gives = plan.steps[0]?.gives ?? 0n
    const { compared } = await carryOut(plan)
    expect(compared).toMatchObject([{ verdict: 'within', received: gives }])
    const [received, ...others] = must(await chain.portfolio(to, false)).positions
    expect(others).toEqual([])
    expect(received?.netuid).toBe(ONE)
    // An epoch may pass before this read: the new owner then holds its dividend too.
    expect(received?.alpha).toBeGreaterThanOrEqual(gives)
    expect(received?.alpha).toBeLessThan((gives * 101n) / 100n)
  })

  test('a part up to the limit, where all would pass it', async () => {
    const [held] = (await positions()).filter((row) => row.netuid === ONE && row.hotkey === first())
    const limitPrice = held?.price
    if (limitPrice === undefined) throw new Error('no position')
    const sale = { kind: 'remove', netuid: ONE, hotkey: first(), amount: { percent: 80 }, limitPrice } as const
    expect(await planned([sale])).toMatchObject({ ok: false, error: { code: 'stake/impact-too-large' } })
    expect(await planned([{ ...sale, allowPartial: true }])).toMatchObject({ ok: true })
  })

  test('rebalance: shares as wanted, the cheapest way, nothing created', async () => {
    const before = must(await chain.portfolio(account.address, false))
    const plan = must(
      await service.rebalance({
        targets: [
          { netuid: ONE, hotkey: first(), ppm: 500_000 },
          { netuid: ROOT, hotkey: rootValidator, ppm: 500_000 },
        ],
        freeCounted: rao(0n),
        tolerancePpm: TOLERANCE,
      }),
    )
    expect((await verdicts(plan)).every((verdict) => verdict === 'within')).toBe(true)
    const after = must(await chain.portfolio(account.address, false))
    const staked = (rows: typeof after.positions) => rows.reduce((sum, row) => sum + (row.valueAtSpot ?? 0n), 0n)
    const total = staked(after.positions)
    const share = Number(staked(after.positions.filter((row) => row.netuid === ONE))) / Number(total)
    expect(share).toBeGreaterThan(0.48)
    expect(share).toBeLessThan(0.52)
    expect(total).toBeLessThanOrEqual(staked(before.positions) + 100_000_000n)
  })

  test('exit: every position in one signature, each with its limit; then there is nothing left', async () => {
    const plan = must(await service.exit({ tolerancePpm: 100_000 }))
    expect(plan.intent).toMatchObject({ kind: 'batch', mode: 'each' })
    expect(plan.steps.every(({ limitPrice }) => limitPrice !== undefined)).toBe(true)
    expect(plan.steps.length).toBe((await positions()).length)
    const { compared } = await carryOut(plan)
    expect(compared.every(({ verdict }) => verdict === 'within')).toBe(true)
    expect(await positions()).toEqual([])
  })

  test('sweep takes what is small and pays, and says why it left the rest', async () => {
    must(
      await service.plan({
        moves: [{ kind: 'add', netuid: ONE, hotkey: first(), amount: rao(TAO) }],
        tolerancePpm: TOLERANCE,
      }),
    )
    const bought = must(
      await planned([
        { kind: 'add', netuid: ONE, hotkey: first(), amount: rao(TAO) },
        { kind: 'add', netuid: TWO, hotkey: first(), amount: rao(10_000_000n) },
      ]),
    )
    await carryOut(bought)
    const plan = must(await service.exit({ tolerancePpm: TOLERANCE, below: rao(50_000_000n) }))
    expect(plan.steps).toMatchObject([{ move: { kind: 'remove-all', netuid: 2 } }])
    expect(plan.skipped).toMatchObject([{ netuid: 1, reason: 'not-small' }])
  })
})
