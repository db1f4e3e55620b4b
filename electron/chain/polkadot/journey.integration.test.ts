import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emissionAt, rootConcentration } from '../../../shared/network-facts/network-facts.ts'
import { planRegister } from '../../../shared/registration/plan-register.ts'
import { alpha, netuid, rao, raoPerAlpha } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { must, never, newChain, send, submitAndWait, untilBlock } from '../../../test/support/chain/chain-session.ts'
import { plannedMove } from '../../../test/support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import type { SubmitEvent } from '../chain.port.ts'

let network: PracticeNetwork
let chain: ReturnType<typeof newChain>
const TEXT = netuid(1)
const TAO = 1_000_000_000n

beforeAll(async () => {
  network = await startPractice()
  chain = newChain()
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

async function richAccount(): Promise<TestAccount> {
  const account = new TestAccount()
  const { block } = must(await chain.playMoney(account.address, rao(1_000n * TAO)))
  await untilBlock(chain, block)
  return account
}
const bestOf = () => {
  const state = chain.state()
  if (state.state !== 'ready') throw new Error(state.state)
  return state.best.number
}
const finalOutcome = (events: readonly SubmitEvent[]) => {
  const last = events.at(-1)
  return last?.stage === 'finalized' ? last.outcome : undefined
}
const firstValidator = async () => must(await chain.validators(TEXT))[0]!

describe('reading the practice network', () => {
  test('tells what the chain is', async () => {
    const state = chain.state()
    expect(state).toMatchObject({ state: 'ready', endpoint: network.ws, reconnecting: false })
    if (state.state !== 'ready') return
    expect(state.facts).toMatchObject({
      genesis: network.genesis,
      specName: 'node-subtensor',
      existentialDeposit: 500n,
    })
    expect(state.best.number).toBeGreaterThanOrEqual(state.finalized?.number ?? 0)
  })

  test('lists the subnets with price, pool and places; root is 1:1', async () => {
    const { subnets, block } = must(await chain.subnets())
    expect(block).toBeLessThanOrEqual(bestOf())
    expect(subnets.length).toBeGreaterThanOrEqual(7)
    const [root, text] = subnets
    expect(root).toMatchObject({ netuid: 0, price: 1_000_000_000n, registrationPrice: undefined })
    expect(root?.nextEpochBlock).toBeUndefined()
    expect(text).toMatchObject({ netuid: 1, name: 'Practice text', started: true, registrationOpen: true })
    expect(text?.price).toBeGreaterThan(0n)
    expect(text?.taoReserve).toBeGreaterThan(0n)
    expect(text?.placesTaken).toBeGreaterThan(0)
    expect(text?.nextEpochBlock).toBeGreaterThan(0)
    expect(subnets.find((subnet) => subnet.name === 'Not started')?.started).toBe(false)
  })

  test('every validator has its own addresses, a permit and a take; the largest comes first', async () => {
    const validators = must(await chain.validators(TEXT))
    expect(new Set(validators.map((row) => row.hotkey)).size).toBe(validators.length)
    expect(validators.every((row) => row.permit && row.hotkey !== row.ownerColdkey)).toBe(true)
    expect(validators.every((row) => row.takePpm !== undefined && row.takePpm <= 180_000)).toBe(true)
    const stakes = validators.map((row) => row.stake)
    expect(stakes).toEqual([...stakes].sort((a, b) => (a > b ? -1 : 1)))
    expect(must(await chain.validators(netuid(0))).length).toBeGreaterThan(0)
    const uids = must(await chain.uidsOf(validators.map((row) => row.hotkey)))
    const here = uids.filter((row) => row.netuid === TEXT).map((row) => [row.hotkey, row.uid])
    expect(new Map(here as [string, number][])).toEqual(new Map(validators.map((row) => [row.hotkey, row.uid])))
  })

  test('an account that the chain never saw has nothing, and that is known', async () => {
    const stranger = new TestAccount().address
    expect(must(await chain.portfolio(stranger, true))).toMatchObject({ free: 0n, positions: [], totalAtSpot: 0n })
  })

  test('refuses an address with a wrong checksum, and an unknown subnet', async () => {
    const typo = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQX' as never
    expect(await chain.portfolio(typo, false)).toMatchObject({ ok: false, error: { code: 'chain/bad-address' } })
    expect(await chain.callers(netuid(4_000))).toMatchObject({ ok: false, error: { code: 'stake/unknown-subnet' } })
    expect(await chain.minerSnapshot(netuid(4_000), new TestAccount().address)).toMatchObject({
      ok: false,
      error: { code: 'stake/unknown-subnet' },
    })
  })

  test('epochs come with tempo and next block for every subnet but root', async () => {
    const epochs = must(await chain.epochFacts())
    const { subnets } = must(await chain.subnets())
    expect(epochs.map((row) => row.netuid).sort()).toEqual(
      subnets
        .map((row) => row.netuid)
        .filter((id) => id !== 0)
        .sort(),
    )
    for (const epoch of epochs) {
      expect(epoch.tempo).toBe(20)
      if (epoch.nextEpochBlock !== undefined) expect(epoch.nextEpochBlock - epoch.lastEpochBlock).toBe(20)
    }
    expect(epochs.some((epoch) => epoch.nextEpochBlock !== undefined)).toBe(true)
  })
})

describe('comparing subnets, validators and the network', () => {
  test('a sale brings less than its worth at the price, the larger the less, and never from a subnet that is not there', async () => {
    const { exits, price, block } = must(await chain.marketDepth(TEXT))
    expect(exits.map(({ size }) => size)).toEqual([TAO, 10n * TAO, 100n * TAO, 1_000n * TAO])
    const parts = exits.map(({ size, taoOut }) => Number(taoOut ?? 0n) / Number(size))
    expect(parts).toEqual([...parts].sort((a, b) => b - a))
    expect(parts[0]).toBeLessThan(1)
    expect(price).toBe(must(await chain.priceAt(TEXT, block)))
    expect(await chain.marketDepth(netuid(4_000))).toMatchObject({
      ok: false,
      error: { code: 'stake/unknown-subnet', netuid: 4_000 },
    })
  })

  test('everyone with a permit comes, with a stake of its own', async () => {
    const table = must(await chain.validatorTable(TEXT))
    expect(table.rows.map((row) => row.hotkey).sort()).toEqual(
      must(await chain.validators(TEXT))
        .map((row) => row.hotkey)
        .sort(),
    )
    for (const row of table.rows) expect(row.ownStake).toBeLessThanOrEqual(row.stake)
    expect(await chain.validatorTable(netuid(4_000))).toMatchObject({
      ok: false,
      error: { code: 'stake/unknown-subnet' },
    })
  })

  test('states who holds root and what its rule issues', async () => {
    const facts = must(await chain.networkFacts())
    expect(facts.blockEmission).toBe(emissionAt(facts.issuance))
    expect(rootConcentration(facts)?.total).toBe(facts.rootStake)
    expect(facts.rootSeats.length).toBeGreaterThan(0)
  })

  test('reads the past, newest first, once per block', async () => {
    await untilBlock(chain, 6)
    const seen: number[] = []
    must(await chain.marketPast(TEXT, [2, 5, 2], ({ block }) => seen.push(block)))
    expect(seen).toEqual([5, 2])
  })
})

describe('staking', () => {
  test('buys with a limit, sells half, and the flows explain the position to the last unit', async () => {
    const account = await richAccount()
    const { hotkey } = await firstValidator()
    const before = bestOf()
    const place = { netuid: TEXT, hotkey, tolerancePpm: 5_000 }
    const plan = must(await plannedMove(chain, account.address, { kind: 'add', ...place, amount: rao(10n * TAO) }))
    expect(plan).toMatchObject({ free: 1_000n * TAO, carry: 'single', doubts: [] })

    const bought = await send(chain, account, plan)
    expect(bought.map((event) => event.stage)).toEqual(['sending', 'in-pool', 'in-block', 'finalized'])
    const outcome = finalOutcome(bought)
    expect(outcome).toMatchObject({ feeRao: plan.txFee, stakeAdded: { taoRao: 10n * TAO } })

    const held = must(await chain.portfolio(account.address, true))
    const [position] = held.positions
    expect(held.free).toBe(1_000n * TAO - 10n * TAO - plan.txFee)
    expect(position).toMatchObject({ netuid: 1, hotkey, registered: true })
    expect(position?.ifSold).toBeLessThan(position?.valueAtSpot ?? 0n)
    expect(held.totalIfSold).toBe(held.free + (position?.ifSold ?? 0n))

    const half = alpha((position?.alpha ?? 0n) / 2n)
    const sale = must(await plannedMove(chain, account.address, { kind: 'remove', ...place, amount: half }))
    const sold = await send(chain, account, sale)
    expect(sold.at(-1)).toMatchObject({ stage: 'finalized', outcome: { stakeRemoved: { taoRao: expect.any(BigInt) } } })

    const now = bestOf()
    const { flows } = must(await chain.stakeEvents(account.address, { from: before, to: now }))
    expect(flows.map((flow) => [flow.hotkey, flow.netuid, flow.alpha > 0n])).toEqual([
      [hotkey, 1, true],
      [hotkey, 1, false],
    ])
    const [{ alpha: left } = { alpha: -1n }] = must(await chain.stakesAt(account.address, now))
    const moved = flows.reduce((sum, flow) => sum + flow.alpha, 0n)
    // Dividends may have arrived besides, never the other way round (rounding of shares: one unit a move).
    expect(left).toBeGreaterThanOrEqual(moved - 2n)
    expect(await chain.stakesAt(account.address, before)).toEqual({ ok: true, value: [] })
    expect(must(await chain.priceAt(TEXT, now))).toBeGreaterThan(must(await chain.priceAt(TEXT, before)) / 2n)
  })

  test('root takes and gives back one to one', async () => {
    const account = await richAccount()
    const { hotkey } = must(await chain.validators(netuid(0)))[0]!
    const move = { kind: 'add', netuid: netuid(0), hotkey, amount: rao(5n * TAO), tolerancePpm: 5_000 } as const
    const plan = must(await plannedMove(chain, account.address, move))
    const [step] = plan.steps
    expect(step).toMatchObject({ limitPrice: TAO, expected: 5n * TAO, worst: 5n * TAO, poolFeeRao: 0n })
    const events = await send(chain, account, plan)
    expect(events.at(-1)).toMatchObject({ stage: 'finalized', outcome: { stakeAdded: { alpha: 5n * TAO } } })
  })

  test('a limit below the price fails: the chain names why, nothing is bought', async () => {
    const account = await richAccount()
    const { hotkey } = await firstValidator()
    const intent = {
      kind: 'add-stake',
      netuid: TEXT,
      hotkey,
      amount: rao(10n * TAO),
      limitPrice: raoPerAlpha(1n),
    } as const
    const prepared = must(await chain.prepareCall(account.address, intent))
    const { accepted, events } = submitAndWait(chain, prepared.handle, account.sign(prepared.payload))
    const answer = await accepted
    const slippage = /SlippageTooHigh|ZeroMaxAmount|PriceLimitExceeded/
    if (!answer.ok) {
      expect(answer.error).toMatchObject({ code: 'chain/pool-refused', reason: expect.stringMatching(slippage) })
    } else {
      await expect.poll(() => events.at(-1)?.stage, { timeout: 20_000 }).toBe('failed')
      expect(events.at(-1)).toMatchObject({
        error: { code: 'chain/dispatch-failed', name: expect.stringMatching(slippage), docs: expect.any(String) },
        outcome: { feeRao: expect.any(BigInt) },
      })
    }
    expect(must(await chain.portfolio(account.address, false)).positions).toEqual([])
  })

  test('without money the pool refuses, and says that it is the fee', async () => {
    const poor = new TestAccount()
    const rich = await richAccount()
    const { hotkey } = await firstValidator()
    const move = { kind: 'add', netuid: TEXT, hotkey, amount: rao(TAO), tolerancePpm: 5_000 } as const
    const { intent } = must(await plannedMove(chain, rich.address, move))
    const prepared = must(await chain.prepareCall(poor.address, intent))
    const { accepted, events } = submitAndWait(chain, prepared.handle, poor.sign(prepared.payload))
    expect(await accepted).toEqual({
      ok: false,
      error: { code: 'chain/pool-refused', reason: 'Inability to pay some fees' },
    })
    expect(events).toMatchObject([{ stage: 'sending' }])
  })

  test('a signature of somebody else is refused by the pool', async () => {
    const rich = await richAccount()
    const { hotkey } = await firstValidator()
    const move = { kind: 'add', netuid: TEXT, hotkey, amount: rao(TAO), tolerancePpm: 5_000 } as const
    const { intent } = must(await plannedMove(chain, rich.address, move))
    const prepared = must(await chain.prepareCall(rich.address, intent))
    const { accepted } = submitAndWait(chain, prepared.handle, new TestAccount().sign(prepared.payload))
    expect(await accepted).toMatchObject({ ok: false, error: { code: 'chain/pool-refused' } })
  })
})

describe('mining', () => {
  test('registers within a limit, announces an address, and the chain shows both', async () => {
    const coldkey = await richAccount()
    const hotkey = new TestAccount()
    const request = { netuid: TEXT, hotkey: hotkey.address, tolerancePpm: 300_000 }
    const snapshot = must(await chain.registerSnapshot(coldkey.address, request))
    expect(snapshot).toMatchObject({ open: true, exists: true, uid: undefined, hotkeyOwner: undefined })
    const events = await send(chain, coldkey, must(planRegister(request, snapshot)))
    const { free } = must(await chain.portfolio(coldkey.address, false))
    const outcome = finalOutcome(events)
    expect(snapshot.free - free).toBe((outcome?.placeRao ?? 0n) + (outcome?.feeRao ?? 0n))
    expect(outcome?.placeRao).toBeLessThanOrEqual(snapshot.price)
    const uid = outcome?.registeredUid
    expect(uid).toBeGreaterThan(0)
    expect(await chain.uidsOf([hotkey.address])).toEqual({
      ok: true,
      value: [{ netuid: 1, hotkey: hotkey.address, uid }],
    })
    expect(must(await chain.registerSnapshot(coldkey.address, request))).toMatchObject({
      uid,
      hotkeyOwner: coldkey.address,
    })
    expect(must(await chain.callers(TEXT))[uid ?? 0]).toMatchObject({ hotkey: hotkey.address, uid, permit: false })

    // The hotkey has no TAO at all: announcing is free.
    const serve = {
      kind: 'serve-axon',
      hotkey: hotkey.address,
      netuid: TEXT,
      port: 8091,
      version: 1,
      protocol: 4,
    } as const
    const fee = must(await chain.fee(hotkey.address, { ...serve, ip: '2001:db8::7' }))
    expect(fee).toBe(0n)
    const served = await send(chain, hotkey, { ...serve, ip: '2001:db8::7' })
    expect(served.at(-1)).toMatchObject({ stage: 'finalized', outcome: { axonServed: true } })
    expect(must(await chain.minerSnapshot(TEXT, hotkey.address))).toMatchObject({
      uid,
      subnetName: 'Practice text',
      axon: { ip: '2001:db8::7', port: 8091, version: 1, protocol: 4 },
    })
    const again = must(await chain.prepare(hotkey.address, { ...serve, ip: '8.8.8.8' }))
    const { accepted } = submitAndWait(chain, again.handle, hotkey.sign(again.payload))
    expect(await accepted).toMatchObject({
      ok: false,
      error: { code: 'chain/pool-refused', reason: expect.stringContaining('ServingRateLimitExceeded') },
    })
  })
})
