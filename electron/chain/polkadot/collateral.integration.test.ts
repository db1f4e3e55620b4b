import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookBlock } from '../../../shared/ledger/book-block.ts'
import { planRegister, type RegisterPlan } from '../../../shared/registration/plan-register.ts'
import { netuid } from '../../../shared/units/amounts.ts'
import { must } from '../../../test/support/chain/chain-session.ts'
import { addressOf, SetUpChain } from '../../../test/support/chain/set-up-chain.ts'
import { subtensorModule, system } from '../../practice/runtime/core/pallets.ts'
import { accountOf } from '../../practice/seed/accounts.ts'

const s = subtensorModule.storage
const SYSTEM = system.storage
/** Half of the price of a place is bound there from the first block on. */
const BINDS = netuid(5)
const COLDKEY = '//Collateral//cold'
const HOTKEY = '//Collateral//hot'
const TAO = 1_000_000_000n

let world: SetUpChain
let paidFirst = 0n
beforeAll(async () => {
  world = await SetUpChain.start()
  await world.fund(COLDKEY, 100n * TAO)
})
afterAll(() => world.close())

const request = { netuid: BINDS, hotkey: addressOf(HOTKEY), tolerancePpm: 300_000 }
const snapshot = async () => must(await world.chain.registerSnapshot(addressOf(COLDKEY), request))
const plan = async (): Promise<RegisterPlan> => must(planRegister(request, await snapshot()))
const free = async () =>
  must(await world.chain.transferSnapshot(addressOf(COLDKEY), addressOf('//Bob'), undefined)).free
const register = ({ limitPrice }: RegisterPlan) =>
  world.bare(COLDKEY, {
    type: 'SubtensorModule',
    value: {
      type: 'register_limit',
      value: { netuid: BINDS, hotkey: accountOf(HOTKEY), limit_price: limitPrice },
    },
  })
const bondNow = () => world.store.get(s.MinerCollateral, BINDS, accountOf(HOTKEY), accountOf(COLDKEY))
const positionNow = async () =>
  must(await world.chain.portfolio(addressOf(COLDKEY), false)).positions.find((one) => one.netuid === BINDS)

/** Registers by the plan, and says what the place took beside the network fee. */
async function pay(made: RegisterPlan): Promise<bigint> {
  const before = await free()
  expect(await register(made)).toBeUndefined()
  const paid = before - (await free())
  expect(paid).toBeLessThanOrEqual(made.mostCost)
  return paid
}

/** The subnet is full, nobody is immune, and this hotkey earned the least of all: the next registration takes its place. */
async function losePlace(): Promise<void> {
  const seats = world.store.get(s.SubnetworkN, BINDS)
  const uid = world.store.get(s.Uids, BINDS, accountOf(HOTKEY))
  await world.set(s.MaxAllowedUids, [BINDS], seats)
  await world.set(s.ImmunityPeriod, [BINDS], 0)
  await world.set(
    s.Emission,
    [BINDS],
    Array.from({ length: seats }, (_, at) => (at === uid ? 0n : 1n)),
  )
  const other = { netuid: BINDS, hotkey: accountOf('//Collateral//other') }
  expect(
    await world.bare('//Alice', { type: 'SubtensorModule', value: { type: 'burned_register', value: other } }),
  ).toBeUndefined()
  expect(world.store.get(s.Uids, BINDS, accountOf(HOTKEY))).toBeUndefined()
}

describe('a place of which a part is bound', () => {
  test('is quoted with its two parts, costs no more than was said, and the chain binds what was said', async () => {
    const made = await plan()
    expect(made.collateral).toMatchObject({ share: 32_768, freesPpm: 1_000_000, stands: { alpha: 0n, worth: 0n } })
    expect(made.now?.pays).toBe(made.price)
    const paid = await pay(made)
    paidFirst = paid
    // The price falls a little until the block that takes it.
    expect(paid - made.txFee).toBeLessThanOrEqual(made.price)
    expect(made.price - (paid - made.txFee)).toBeLessThan(made.price / 100n)
    const { alpha, worth } = (await snapshot()).collateral?.stands ?? {}
    expect(alpha).toBe(bondNow()?.locked)
    // Half of it, less the fee of the pool and what buying moved its price.
    expect(Number(worth) / Number(made.now?.bound)).toBeGreaterThan(0.95)
    expect(Number(worth) / Number(made.now?.bound)).toBeLessThanOrEqual(1.01)
  })

  test('is told by the ledger in its parts, which are what the balance did', async () => {
    const account = addressOf(COLDKEY)
    const uid = world.store.get(s.Uids, BINDS, accountOf(HOTKEY)) ?? 0
    const block = Number(world.store.get(s.BlockAtRegistration, BINDS, uid))
    const [facts] = must(await world.chain.ledgerBlocks({ from: block, to: block }))
    const lines = bookBlock(
      facts?.facts ?? [],
      { accounts: new Set([account]), holdersOf: () => [] },
      { block, atMs: facts?.atMs ?? 0 },
    ).filter((line) => line.account === account)
    expect(lines.map(({ kind }) => kind).toSorted()).toEqual(['buy', 'fee', 'registration'])
    expect(lines.reduce((sum, { tao }) => sum + tao, 0n)).toBe(-paidFirst)
    const bought = lines.find(({ kind }) => kind === 'buy')
    expect(bought).toMatchObject({ netuid: BINDS, alpha: bondNow()?.locked })
    // Of the price that the block took, the share that the plan named.
    const spent = lines.find(({ kind }) => kind === 'registration')?.tao ?? 0n
    const bound = -(bought?.tao ?? 0n)
    // Both divisions of the chain cut.
    expect([0n, 1n]).toContain(((bound - spent) * 32_768n) / 65_535n - bound)
  })

  test('is stake that is there and cannot leave', async () => {
    const position = await positionNow()
    const locked = bondNow()?.locked ?? 0n
    expect(position?.alpha).toBeGreaterThanOrEqual(locked - 1n)
    expect(position?.available).toBeLessThanOrEqual((position?.alpha ?? 0n) - locked + 1n)
  })

  test('stays bound when the place is lost, and is taken off when the same hotkey buys one again', async () => {
    const locked = bondNow()?.locked
    await losePlace()
    expect(bondNow()?.locked).toBe(locked)
    const made = await plan()
    const { now, price, collateral } = made
    const worth = collateral?.stands?.worth ?? 0n
    expect(worth).toBeGreaterThan(0n)
    const required = price - (now?.spent ?? 0n)
    expect(now?.bound).toBe(required > worth ? required - worth : 0n)
    const paid = await pay(made)
    expect(paid - made.txFee).toBeLessThanOrEqual(now?.pays ?? 0n)
    expect(paid - made.txFee).toBeLessThan(price)
    expect(bondNow()?.locked).toBeGreaterThanOrEqual(locked ?? 0n)
  })

  test('may be bought again with less TAO than a place costs, as the chain lets one', async () => {
    await losePlace()
    const { now } = await plan()
    const account = world.store.get(SYSTEM.Account, accountOf(COLDKEY))
    const fee = (await snapshot()).txFee
    const enough = (now?.pays ?? 0n) + (now?.pays ?? 0n) / 2n + fee
    await world.set(SYSTEM.Account, [accountOf(COLDKEY)], { ...account, data: { ...account.data, free: enough } })
    const made = await plan()
    expect(made.mostCost).toBeGreaterThan(enough)
    expect(await register(made)).toBeUndefined()
    expect(await free()).toBeGreaterThanOrEqual(made.freeAfterAtMost)
  })

  test('is freed by what the hotkey earns, at each epoch', async () => {
    const before = bondNow()
    const uid = world.store.get(s.Uids, BINDS, accountOf(HOTKEY)) ?? 0
    // The one validator of the subnet votes for it alone.
    await world.set(s.Weights, [BINDS, 0], [[uid, 65_535]])
    await world.set(
      s.LastUpdate,
      [BINDS],
      world.store.get(s.LastUpdate, BINDS).map((at, of) => (of === 0 ? 1_000n : at)),
    )
    await world.blocks(world.store.get(s.Tempo, BINDS) + 1)
    const after = bondNow()
    const earned = (after?.earned ?? before?.locked ?? 0n) - (before?.earned ?? 0n)
    expect(earned).toBeGreaterThan(0n)
    expect(after?.locked ?? 0n).toBe((before?.locked ?? 0n) > earned ? (before?.locked ?? 0n) - earned : 0n)
  })
})
