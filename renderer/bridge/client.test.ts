import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../shared/contract/contract.ts'
import { wireError } from '../../shared/contract/wire-error.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { createClient } from './client.ts'
import { createDoor } from './door-state.ts'
import { DoorClosed, type SubscriptionEars, type Transport } from './transport.ts'

const HOTKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** A door whose other side is written here; all that passes is JSON. */
function fakeDoor(answer: (name: string, raw: unknown) => unknown) {
  const asked: { name: string; raw: unknown }[] = []
  let ears: SubscriptionEars | undefined
  let stopped = 0
  const transport: Transport = {
    door: createDoor('open'),
    call: async (name, raw) => {
      asked.push({ name, raw: throughJson(raw) })
      return throughJson(answer(name, raw))
    },
    subscribe: (_name, _raw, heard) => {
      ears = heard
      return () => {
        stopped += 1
      }
    },
  }
  return { transport, asked, ears: () => ears as SubscriptionEars, stopped: () => stopped }
}

const add = { kind: 'add', netuid: netuid(4), hotkey: HOTKEY, amount: rao(25_000_000_000n) } as const
const request = { moves: [add], tolerancePpm: 5_000 }
const wireMove = { kind: 'add', netuid: 4, hotkey: HOTKEY, amount: '25000000000' }
const wireRequest = { moves: [wireMove], tolerancePpm: 5_000 }
const wireIntent = { kind: 'add-stake', netuid: 4, hotkey: HOTKEY, amount: '25000000000', limitPrice: '301500000' }
const wirePlan = {
  kind: 'stake-moves',
  coldkey: HOTKEY,
  request: { purpose: 'moves', ...wireRequest },
  atBlock: 7,
  steps: [
    {
      move: wireMove,
      intent: wireIntent,
      gives: '25000000000',
      receives: 'alpha',
      priceTo: '300000000',
      limitPrice: '301500000',
      best: '83291666708',
      expected: '83282996517',
      worst: '82877280492',
      notes: [],
    },
  ],
  carry: 'single',
  intent: wireIntent,
  txFee: '1604237',
  free: '18446744073709551615',
  costRao: '-5',
  skipped: [],
  doubts: [{ kind: 'fee', stated: '1604237', compared: '1' }],
}

describe('client', () => {
  it('sends amounts as decimal text and reads them back as bigint', async () => {
    const door = fakeDoor(() => ({ ok: true, value: wirePlan }))
    const plan = await createClient(door.transport).call('staking.planMoves', request)
    expect(door.asked).toEqual([{ name: 'staking.planMoves', raw: wireRequest }])
    if (!plan.ok) throw new Error(plan.error.code)
    expect(plan.value.steps[0]?.gives).toBe(25_000_000_000n)
    expect(plan.value.free).toBe((1n << 64n) - 1n)
    expect(plan.value.costRao).toBe(-5n)
  })
  it('gives a plan back to the host byte for byte', async () => {
    const door = fakeDoor((name) => ({ ok: true, value: name === 'staking.planMoves' ? wirePlan : undefined }))
    const client = createClient(door.transport)
    const plan = await client.call('staking.planMoves', request)
    if (!plan.ok) throw new Error(plan.error.code)
    await client.call('transaction.prepare', { plan: plan.value })
    expect(door.asked[1]?.raw).toEqual({ plan: wirePlan })
  })
  it('reads amounts inside errors', async () => {
    const error = z.encode(wireError, { code: 'stake/too-small', minimum: rao(2_000_000n) })
    const door = fakeDoor(() => ({ ok: false, error }))
    const reply = await createClient(door.transport).call('staking.planMoves', request)
    expect(reply).toEqual({ ok: false, error: { code: 'stake/too-small', minimum: 2_000_000n } })
  })
  it('does not send what the contract forbids', async () => {
    const door = fakeDoor(() => ({ ok: true, value: null }))
    const reply = await createClient(door.transport).call('staking.planMoves', { ...request, tolerancePpm: 600_000 })
    expect(reply.ok ? undefined : reply.error.code).toBe('contract/bad-input')
    expect(door.asked).toEqual([])
  })
  it.each([
    [null],
    [{}],
    [{ ok: true }],
    [{ ok: true, value: { ...wirePlan, txFee: '1.5' } }],
    [{ ok: false, error: {} }],
  ])('takes no answer of another shape: %j', async (answer) => {
    const reply = await createClient(fakeDoor(() => answer).transport).call('staking.planMoves', request)
    expect(reply.ok ? undefined : reply.error.code).toBe('internal')
  })
  it('says that the host cannot be reached when the door is closed', async () => {
    const transport: Transport = {
      ...fakeDoor(() => null).transport,
      call: () => Promise.reject(new DoorClosed('gone')),
    }
    const reply = await createClient(transport).call('app.info', {})
    expect(reply).toEqual({ ok: false, error: { code: 'host/unreachable', reason: 'gone' } })
  })
  it('hears values, refusals and unreadable values of a subscription', () => {
    const door = fakeDoor(() => null)
    const heard: unknown[] = []
    const stop = createClient(door.transport).subscribe('settings.watch', {}, (value) => heard.push(value))
    const settings = { ...DEFAULT_SETTINGS, theme: 'dark' }
    door.ears().onReply({ ok: true, value: null })
    door.ears().onEvent(throughJson(settings))
    door.ears().onEvent({ theme: 'pink' })
    door.ears().onReply({ ok: false, error: { code: 'contract/unknown-channel', name: 'settings.watch' } })
    expect(heard).toEqual([
      { ok: true, value: settings },
      { ok: false, error: { code: 'internal', incident: 'answer to settings.watch not understood' } },
      { ok: false, error: { code: 'contract/unknown-channel', name: 'settings.watch' } },
    ])
    stop()
    expect(door.stopped()).toBe(1)
  })
  it('knows every channel by the contract alone', () => {
    expect(
      Object.values(contract).every((channel) => ['query', 'command', 'subscription'].includes(channel.kind)),
    ).toBe(true)
  })
})
