import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Intent } from '../../../shared/signing/intent.ts'
import { netuid, rao, raoPerAlpha } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { carryOut } from '../../../test/support/chain/carry-out.ts'
import { must, never, newChain } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import { placeCheck } from '../../services/place-check.ts'

// Real extrinsics, signed by a fresh account, on the real practice network in its own process.
let network: PracticeNetwork
const chain = newChain()
const me = new TestAccount()
const [first, second, other] = [new TestAccount(), new TestAccount(), new TestAccount()]
const CHAT = netuid(2)
const ROOT = netuid(0)
const any = raoPerAlpha((1n << 64n) - 1n)

const make = (intent: Intent) => carryOut(chain, me, intent)
const check = (intent: Intent) => placeCheck(chain, { coldkey: me.address, intent, pays: me.address })
async function refusalOf(intent: Intent): Promise<string | undefined> {
  const checked = await check(intent)
  return checked.ok ? undefined : checked.error.code
}
const swap = { kind: 'swap-hotkey', hotkey: first.address, newHotkey: second.address, keepStake: false } as const
const seat = { kind: 'root-register', hotkey: first.address } as const

beforeAll(async () => {
  network = await startPractice(['--block-ms', '120'])
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
  must(await chain.playMoney(me.address, rao(2_000_000_000_000n)))
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

describe('places', () => {
  test('of a hotkey go to another, each refusal said before', async () => {
    expect(await refusalOf(swap)).toBe('place/none')
    await make({ kind: 'register', hotkey: first.address, netuid: CHAT, limit: rao(100_000_000_000n) })
    await make({ kind: 'add-stake', hotkey: first.address, netuid: CHAT, amount: rao(5_000_000_000n), limitPrice: any })
    expect(await refusalOf({ ...swap, newHotkey: first.address })).toBe('place/same-hotkey')
    expect(await refusalOf({ ...swap, netuid: netuid(1) })).toBe('place/none')
    expect(await refusalOf({ ...swap, keepStake: true })).toBe('place/stake-needs-subnet')
    const theirs = must(await chain.validators(CHAT))[0]?.hotkey ?? other.address
    expect(await refusalOf({ ...swap, newHotkey: theirs })).toBe('register/other-owner')
    expect(await refusalOf({ ...swap, hotkey: theirs })).toBe('register/other-owner')
    const there = { ...swap, netuid: CHAT }
    expect(must(await check(there)).placeCost).toBe(1_000_000n)
    expect(must(await check(swap)).placeCost).toBe(100_000_000n)

    const [before] = must(await chain.uidsOf([first.address]))
    const done = await make(there)
    expect(done.held).toEqual([{ event: 'hotkey-replaced', coldkey: me.address, hotkey: second.address, netuid: CHAT }])
    expect(must(await chain.uidsOf([first.address]))).toEqual([])
    expect(must(await chain.uidsOf([second.address]))).toEqual([{ ...before, hotkey: second.address }])
    const { positions } = must(await chain.portfolio(me.address, false))
    expect(positions.map(({ hotkey }) => hotkey)).toEqual([second.address])
    const back = { ...swap, hotkey: second.address, newHotkey: first.address, netuid: CHAT }
    expect(await refusalOf(back)).toBe('place/swap-too-soon')
  })

  test('on root are paid for at the price of the moment, once', async () => {
    const price = must(await check(seat)).placeCost
    expect(price).toBeGreaterThan(0n)
    const { registeredUid } = await make(seat)
    expect(must(await chain.uidsOf([first.address]))).toEqual([
      { netuid: ROOT, hotkey: first.address, uid: registeredUid },
    ])
    expect(await refusalOf(seat)).toBe('register/already-registered')
  })

  test('are no business of every other call', async () => {
    expect(must(await check({ kind: 'remove-proxies' }))).toEqual({})
  })
})
