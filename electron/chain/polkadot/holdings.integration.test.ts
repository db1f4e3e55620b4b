import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Intent } from '../../../shared/signing/intent.ts'
import type { LimitOrder } from '../../../shared/signing/limit-order.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { carryOut } from '../../../test/support/chain/carry-out.ts'
import { must, never, newChain } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import { holdingCheck } from '../../services/holding-check.ts'

// Real extrinsics, signed by a fresh account, on the real practice network in its own process.
let network: PracticeNetwork
let hotkey: Ss58
let otherHotkey: Ss58
const chain = newChain()
const me = new TestAccount()
const CHAT = netuid(2)
const any = raoPerAlpha((1n << 64n) - 1n)

const make = (intent: Intent) => carryOut(chain, me, intent)
const stateNow = async () => must(await chain.holdingState(me.address))
const on = async (id = CHAT) => (await stateNow()).subnets.find((holding) => holding.netuid === id)
const checked = (intent: Intent) => holdingCheck(chain, { coldkey: me.address, intent, txFee: rao(1_000n) })
const refusalOf = async (intent: Intent) => {
  const check = await checked(intent)
  return check.ok ? undefined : check.error.code
}

beforeAll(async () => {
  network = await startPractice(['--block-ms', '120', '--limit-orders', '--root-hold', '500'])
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
  must(await chain.playMoney(me.address, rao(2_000_000_000_000n)))
  const [first, second] = must(await chain.validators(CHAT))
  if (!first || !second) throw new Error('no validators')
  hotkey = first.hotkey
  otherHotkey = second.hotkey
  await make({ kind: 'add-stake', hotkey, netuid: CHAT, amount: rao(100_000_000_000n), limitPrice: any })
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

describe('what somebody holds', () => {
  test('is refused before it is done, and seen after', async () => {
    const start = await stateNow()
    expect(start.features).toEqual({
      locks: true,
      destroy: true,
      autoStake: true,
      baskets: true,
      orders: true,
      shield: true,
    })
    const total = (await on())?.total ?? alpha(0n)
    const lock = { kind: 'lock-stake', hotkey, netuid: CHAT } as const
    expect(await refusalOf({ ...lock, amount: alpha(total + 1n) })).toBe('lock/more-than-stake')
    expect(await refusalOf({ ...lock, hotkey: me.address, amount: alpha(1n) })).toBe('stake/unknown-hotkey')
    expect(await refusalOf({ kind: 'move-lock', toHotkey: hotkey, netuid: CHAT })).toBe('lock/none')
    const half = alpha(total / 2n)
    expect(await refusalOf({ ...lock, amount: half })).toBeUndefined()
    const place = { coldkey: me.address, netuid: CHAT }
    expect((await make({ ...lock, amount: half })).held).toEqual([{ event: 'locked', ...place, hotkey, amount: half }])
    const decaying = (await on())?.lock
    expect(decaying).toMatchObject({ hotkey, perpetual: false })
    await expect.poll(async () => (await on())?.lock?.conviction ?? 0n, { timeout: 20_000 }).toBeGreaterThan(0n)
    const grown = (await on())?.lock
    // Nobody else has locked anything here: the hotkey has what this lock gives it.
    expect(grown?.hotkeyConviction).toBe(grown?.conviction)
    expect(grown?.amount).toBeLessThan(half)
    expect(await refusalOf({ ...lock, hotkey: otherHotkey, amount: alpha(1n) })).toBe('lock/other-hotkey')
    const kept = await make({ kind: 'set-perpetual-lock', netuid: CHAT, enabled: true })
    expect(kept.held).toEqual([{ event: 'lock-perpetual', ...place }])
    expect((await on())?.lock?.perpetual).toBe(true)
    const turned = await make({ kind: 'move-lock', toHotkey: otherHotkey, netuid: CHAT })
    expect(turned.held).toEqual([{ event: 'lock-moved', ...place, hotkey: otherHotkey }])
    const moved = (await on())?.lock
    expect(moved?.hotkey).toBe(otherHotkey)
    expect(moved?.conviction).toBeLessThan(grown?.conviction ?? 0n)
  })

  test('can be destroyed, but not what is locked, and not on root', async () => {
    const burn = { kind: 'burn-alpha', hotkey, netuid: CHAT } as const
    const before = await on()
    expect(await refusalOf({ ...burn, netuid: netuid(0), amount: alpha(1n) })).toBe('burn/on-root')
    expect(await refusalOf({ ...burn, amount: before?.total ?? alpha(1n) })).toBe('stake/not-enough-alpha')
    const amount = alpha(1_000_000_000n)
    const gone = { coldkey: me.address, hotkey, netuid: CHAT, amount }
    expect((await make({ ...burn, amount })).held).toEqual([{ event: 'burned', ...gone }])
    expect((await make({ ...burn, kind: 'recycle-alpha', amount })).held).toEqual([{ event: 'recycled', ...gone }])
    expect((await on())?.total).toBeLessThan(before?.total ?? alpha(0n))
  })

  test('auto-stake and locked alpha of others are set once', async () => {
    const set = { kind: 'set-auto-stake', netuid: CHAT, hotkey } as const
    expect(await refusalOf({ ...set, hotkey: me.address })).toBe('auto-stake/not-registered')
    expect((await make(set)).held).toEqual([{ event: 'auto-stake-set', coldkey: me.address, hotkey, netuid: CHAT }])
    expect((await on())?.autoStake).toBe(hotkey)
    expect(await refusalOf(set)).toBe('auto-stake/same')
    expect((await stateNow()).rejectsLocked).toBe(true)
    expect(await refusalOf({ kind: 'reject-locked-alpha', enabled: true })).toBe('stake/nothing-to-do')
    await make({ kind: 'reject-locked-alpha', enabled: false })
    expect((await stateNow()).rejectsLocked).toBe(false)
  })

  test('root: what is owed, the threshold with the real fee, the hold', async () => {
    const root = netuid(0)
    expect(await refusalOf({ kind: 'claim-root', subnets: [] })).toBe('root/nothing-owed')
    await make({ kind: 'add-stake', hotkey, netuid: root, amount: rao(1_000_000_000_000n), limitPrice: any })
    await expect.poll(async () => (await stateNow()).root.owed ?? 0n, { timeout: 20_000 }).toBeGreaterThan(0n)
    const { root: owed } = await stateNow()
    expect(owed.holdBlocks).toBe(500)
    expect(owed.threshold).toBe(500_000n)
    await expect.poll(async () => (await stateNow()).root.owed ?? 0n, { timeout: 20_000 }).toBeGreaterThan(500_000n)
    const { claims: foreseen = rao(0n) } = must(await checked({ kind: 'claim-root-of', hotkey }))
    expect(foreseen).toBeGreaterThan(500_000n)
    const before = (await on(root))?.total ?? alpha(0n)
    const claimed = await make({ kind: 'claim-root-of', hotkey })
    const after = await stateNow()
    // The event names the coldkey alone: what was paid is the difference to the block before. It may have grown since asked.
    const paid = ((await on(root))?.total ?? alpha(0n)) - before
    expect(claimed.held).toEqual([{ event: 'root-claimed', coldkey: me.address, netuid: root, hotkey, amount: paid }])
    expect(paid).toBeGreaterThanOrEqual(foreseen)
    expect(after.root.owed).toBeLessThan(500_000n)
    // What was claimed is new stake on root: it stays there, also where nothing more is owed.
    expect(after.root.byValidator).toMatchObject([{ hotkey, heldUntil: claimed.block + 500 }])
  })

  test('an order is known by its hash, and cancelled by its signer alone', async () => {
    const order: LimitOrder = {
      signer: me.address,
      hotkey,
      netuid: CHAT,
      type: 'TakeProfit',
      amount: 1_000_000_000n,
      limitPrice: any,
      expiryMs: 4_000_000_000_000,
      feePpb: 0,
      feeTo: me.address,
      chainId: 42,
      partialFills: false,
    }
    expect((await stateNow()).orders).toEqual({ enabled: true, chainId: 42 })
    expect(must(await chain.orderProgress([order]))[0]?.status).toBe('open')
    expect(await refusalOf({ kind: 'limit-order', order })).toBe('order/not-a-call')
    expect(await refusalOf({ kind: 'cancel-order', order: { ...order, signer: hotkey } })).toBe('order/other-signer')
    await make({ kind: 'cancel-order', order })
    expect(must(await chain.orderProgress([order]))[0]?.status).toBe('cancelled')
    expect(await refusalOf({ kind: 'cancel-order', order })).toBe('order/already')
  })
})
