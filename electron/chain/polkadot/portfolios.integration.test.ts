import { afterAll, beforeAll, expect, test } from 'vitest'
import { netuid, rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { must, never, newChain, send, untilBlock } from '../../../test/support/chain/chain-session.ts'
import { MeddlingProxy } from '../../../test/support/chain/meddling-proxy.ts'
import { plannedMove } from '../../../test/support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'

let network: PracticeNetwork
const staker = new TestAccount()
const saver = new TestAccount()
const nobody = new TestAccount()
const ALL = [staker.address, saver.address, nobody.address]

beforeAll(async () => {
  network = await startPractice()
  const chain = newChain()
  try {
    must(await chain.connect({ endpoint: network.ws }, never))
    must(await chain.playMoney(staker.address, rao(50_000_000_000n)))
    const { block } = must(await chain.playMoney(saver.address, rao(7_000_000_000n)))
    await untilBlock(chain, block)
    const [validator] = must(await chain.validators(netuid(2)))
    if (!validator) throw new Error('the practice network has no validator')
    const { hotkey } = validator
    const move = { kind: 'add', netuid: netuid(2), hotkey, amount: rao(9_000_000_000n), tolerancePpm: 90_000 } as const
    await send(chain, staker, must(await plannedMove(chain, staker.address, move)))
  } finally {
    await chain.disconnect()
  }
})
afterAll(() => network?.stop())

/** Everything that a client asked from the first byte on, until it had this. */
async function costOf(accounts: readonly Ss58[]) {
  const proxy = await MeddlingProxy.before(network.ws)
  const chain = newChain()
  try {
    must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
    const [only, ...others] = accounts
    const found =
      only !== undefined && others.length === 0
        ? [must(await chain.portfolio(only, false))]
        : must(await chain.portfolios(accounts, false))
    return { found, calls: [...proxy.calls] }
  } finally {
    await chain.disconnect()
    await proxy.stop()
  }
}

test('several accounts are one question each of what one account is, and get what each gets alone', async () => {
  const alone = await costOf([staker.address])
  const all = await costOf(ALL)
  const isOfAccount = (call: string) => call.startsWith('StakeInfoRuntimeApi')
  expect(all.calls.filter(isOfAccount)).toEqual([
    'StakeInfoRuntimeApi_get_stake_info_for_coldkeys',
    'StakeInfoRuntimeApi_get_stake_availability_for_coldkeys',
  ])
  expect(alone.calls.filter(isOfAccount)).toHaveLength(2)
  expect(all.found.map(({ coldkey }) => coldkey)).toEqual(ALL)
  const [first, second, third] = all.found
  expect(first?.positions).toHaveLength(1)
  expect(first?.free).toBe(alone.found[0]?.free)
  expect(second).toMatchObject({ positions: [], free: 7_000_000_000n, totalAtSpot: 7_000_000_000n })
  expect(third).toMatchObject({ positions: [], free: 0n, totalAtSpot: 0n })
  expect(new Set(all.found.map(({ block }) => block)).size).toBe(1)
})

test('an account that the answer leaves out is a fault, never an account that holds nothing', async () => {
  const proxy = await MeddlingProxy.before(network.ws)
  const chain = newChain()
  try {
    must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
    proxy.meddle = (request, answer) =>
      request.params?.[0] === 'StakeInfoRuntimeApi_get_stake_info_for_coldkeys' ? { ...answer, result: '0x00' } : answer
    expect(await chain.portfolios(ALL, false)).toMatchObject({ ok: false, error: { code: 'chain/bad-answer' } })
  } finally {
    await chain.disconnect()
    await proxy.stop()
  }
})
