import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from '../../shared/contract/contract.ts'
import { PEER_CHANNELS } from '../../shared/contract/fleet-report.contract.ts'
import { readPairingCode } from '../../shared/fleet/pairing-code.ts'
import { netuid } from '../../shared/units/amounts.ts'
import { closers, GENESIS, HOTKEY, isHeard, Machine, paired } from '../../test/support/fleet-machine.ts'
import { fleetFile } from '../fleet/fleet-file.ts'
import { nodeFleet } from '../fleet/node-fleet.ts'
import { nodeRandom } from '../system/node-system.ts'
import { waitAfter } from './fleet-link.ts'

describe('pairing', () => {
  test('two computers know each other, and one says how it is', async () => {
    const { rig, desk } = await paired()
    const view = await desk.seen(isHeard)
    expect(view.machines).toMatchObject([{ name: 'rig', state: 'connected', mayControl: false }])
    expect(view.machines[0]?.report).toMatchObject({
      network: { genesis: GENESIS, kind: 'custom', block: 7 },
      miner: { state: 'off' },
      hotkeys: [HOTKEY],
      earnings: [{ netuid: 2, hotkey: HOTKEY, alpha: 5n, tao: 2n }],
    })
    // The same hotkey on both: counted once, and said.
    expect(view.totals.networks).toMatchObject([{ kind: 'other', subnets: [{ alpha: 5n }], tao: 2n }])
    expect(view.totals.shared).toMatchObject([{ hotkey: HOTKEY, machines: ['desk', 'rig'], mining: 0 }])
    expect(rig.service.view()).toMatchObject({ viewers: [{ name: 'desk', present: true }], door: { state: 'open' } })
    expect(rig.service.view().invitation).toBeUndefined()
  })

  test('no secret of it is in a log, and the key of the pair is not made of the code', async () => {
    const [rig, desk] = [new Machine('rig'), new Machine('desk')]
    const text = await rig.invite()
    await desk.add(text)
    await desk.seen(isHeard)
    const kept = [rig, desk].map(({ folder }) => JSON.parse(readFileSync(join(folder, 'fleet.json'), 'utf8')))
    const code = readPairingCode(text)
    if (!code.ok) throw new Error(code.error)
    const ofCode = nodeFleet.keyOfCode(code.value.secret)
    const key: string = kept[0].viewers[0].key
    expect(key).toBe(kept[1].machines[0].key)
    expect(key).not.toBe(Buffer.from(ofCode.key).toString('base64url'))
    const logs = [...rig.logged, ...desk.logged].join()
    for (const secret of [key, text, text.split('/')[1] ?? '', Buffer.from(ofCode.key).toString('base64url')])
      expect(logs).not.toContain(secret)
  })

  test('a code works once', async () => {
    const [rig, desk, other] = [new Machine('rig'), new Machine('desk'), new Machine('other')]
    const code = await rig.invite()
    expect(await desk.add(code)).toMatchObject({ ok: true })
    expect(await other.add(code)).toMatchObject({ ok: false, error: { code: 'fleet/code-refused' } })
    expect(rig.service.view().viewers).toHaveLength(1)
  })

  test('a code is worth nothing when it is too old, taken back, or another one was shown', async () => {
    const [rig, desk] = [new Machine('rig'), new Machine('desk')]
    const refused = { ok: false, error: { code: 'fleet/code-refused' } }
    const old = await rig.invite()
    rig.nowMs += 10 * 60_000 + 1
    expect(await desk.add(old)).toMatchObject(refused)
    const first = await rig.invite()
    const second = await rig.service.invite({})
    expect(await desk.add(first)).toMatchObject({ ok: false })
    rig.service.door.withdraw()
    expect(second.ok && (await desk.add(second.value.pairing))).toMatchObject(refused)
    expect(rig.service.view().viewers).toEqual([])
  })

  test('a wrong key under the right name is tried five times, and then the code is gone', async () => {
    const [rig, desk] = [new Machine('rig'), new Machine('desk')]
    const text = await rig.invite()
    const code = readPairingCode(text)
    if (!code.ok) throw new Error(code.error)
    const { id } = nodeFleet.keyOfCode(code.value.secret)
    const { address, port } = code.value
    for (let left = 5; left > 0; left -= 1) {
      expect(rig.service.view().invitation?.triesLeft).toBe(left)
      const pair = { id, key: nodeRandom.bytes(32) }
      await nodeFleet.dial({ address, port, pair }, new AbortController().signal)
    }
    expect(rig.service.view()).toMatchObject({ door: { refused: 5 } })
    expect(rig.service.view().invitation).toBeUndefined()
    expect(await desk.add(text)).toMatchObject({ ok: false, error: { code: 'fleet/code-refused' } })
  })

  test('what is no code is said before anybody is asked', async () => {
    const desk = new Machine('desk')
    expect(await desk.add('taoforge-fleet:127.0.0.1')).toEqual({
      ok: false,
      error: { code: 'fleet/bad-code', problem: 'shape' },
    })
    expect(await desk.add('taoforge-fleet:127.0.0.1:9/0000-0000-0000-0000-0000-0000-0001')).toEqual({
      ok: false,
      error: { code: 'fleet/bad-code', problem: 'mistyped' },
    })
  })
})

describe('what another computer may ask', () => {
  async function lineOf(machine: Machine) {
    const { machines } = fleetFile(join(machine.folder, 'fleet.json')).read()
    const [kept] = machines
    if (!kept) throw new Error('no machine')
    const line = await nodeFleet.dial({ ...kept, pair: kept }, new AbortController().signal)
    if (!line.ok) throw new Error(line.error.reason)
    closers.push(() => line.value.close())
    return line.value
  }

  test('is a closed list: not one channel of the app is in it, with or without control', async () => {
    const { rig, desk } = await paired({ mayControl: true })
    const names = Object.keys(contract)
    expect(names.length).toBeGreaterThan(150)
    expect(PEER_CHANNELS.filter((name) => names.includes(name))).toEqual([])
    const strange = ['', 'toString', '__proto__', 'constructor', 'fleet.reports', 'FLEET.REPORT', 'fleet.hold']
    let line = await lineOf(desk)
    for (const [turn, name] of [...names, ...strange].entries()) {
      // Ten questions a second: whoever asks faster is sent away, so each ten get a connection of their own.
      if (turn % 8 === 7) {
        line.close()
        line = await lineOf(desk)
      }
      const said = await line.ask({ id: turn, name, input: {} })
      expect(said).toEqual({ ok: true, value: { id: turn, ok: false, code: 'contract/unknown-channel' } })
    }
    expect([rig.started, rig.stops]).toEqual([[], 0])
  })

  test.each([
    { id: 1, name: 'fleet.start', input: { netuid: 3 } },
    { id: 1, name: 'fleet.report', input: {}, also: 1 },
    { id: -1, name: 'fleet.report', input: {} },
    { id: 1, name: ['fleet.report'], input: {} },
    [],
    null,
    'fleet.report',
  ])('has one form: %j', async (message) => {
    const { desk } = await paired({ mayControl: true })
    const line = await lineOf(desk)
    expect(await line.ask(message)).toEqual({ ok: true, value: { id: 0, ok: false, code: 'contract/bad-input' } })
  })

  test('does not include pairing once more, nor a report before it is paired', async () => {
    const { rig, desk } = await paired()
    const line = await lineOf(desk)
    expect(await line.ask({ id: 1, name: 'fleet.pair', input: { name: 'again' } })).toMatchObject({
      value: { ok: false, code: 'contract/unknown-channel' },
    })
    const code = readPairingCode(await rig.invite())
    if (!code.ok) throw new Error(code.error)
    const pair = nodeFleet.keyOfCode(code.value.secret)
    const guest = await nodeFleet.dial({ ...code.value, pair }, new AbortController().signal)
    if (!guest.ok) throw new Error(guest.error.reason)
    closers.push(() => guest.value.close())
    for (const name of ['fleet.report', 'fleet.start', 'wallet.state'])
      expect(await guest.value.ask({ id: 1, name, input: {} })).toMatchObject({
        value: { ok: false, code: 'contract/unknown-channel' },
      })
  })

  test('is starting and stopping only where the owner allowed it, and starts only what ran there before', async () => {
    const { rig, desk, id } = await paired({ mayControl: true })
    await desk.seen(isHeard)
    expect(await desk.service.order(id, 'start')).toMatchObject({
      ok: false,
      error: { code: 'fleet/order-refused', refusal: 'mining/nothing-confirmed' },
    })
    rig.minerChoice = { network: 'custom', genesis: GENESIS, netuid: netuid(2), hotkey: HOTKEY, modelId: 'm' }
    expect(await desk.service.order(id, 'start')).toEqual({ ok: true, value: null })
    expect(rig.started).toEqual([{ netuid: 2, hotkey: HOTKEY, modelId: 'm' }])
    expect(await desk.service.order(id, 'start')).toMatchObject({ error: { refusal: 'mining/already-running' } })
    const view = await desk.seen(({ totals }) => totals.networks[0]?.mining === 1)
    expect(view.totals.networks[0]).toMatchObject({ tokensPerSecond: 12.5, speedOf: 1 })
    expect(await desk.service.order(id, 'stop')).toEqual({ ok: true, value: null })
    expect(rig.stops).toBe(1)
  })

  test('is neither where it did not, also for a viewer that thinks otherwise', async () => {
    const { rig, desk, id } = await paired()
    expect(await desk.service.order(id, 'stop')).toEqual({ ok: false, error: { code: 'fleet/not-allowed' } })
    const line = await lineOf(desk)
    for (const name of ['fleet.start', 'fleet.stop'])
      expect(await line.ask({ id: 1, name, input: {} })).toMatchObject({ value: { code: 'fleet/not-allowed' } })
    expect([rig.started, rig.stops]).toEqual([[], 0])
  })
})

describe('an end', () => {
  test('a viewer that is removed is out at once, and does not come back', async () => {
    const { rig, desk } = await paired()
    await desk.seen(isHeard)
    const [viewer] = rig.service.view().viewers
    expect(rig.service.door.forget(viewer?.id ?? '')).toEqual({ ok: true, value: null })
    const view = await desk.seen(({ machines }) => machines[0]?.state === 'refused')
    expect(view.machines[0]).toMatchObject({ error: { code: 'fleet/refused', name: 'rig' } })
    expect(view.totals).toMatchObject({ machines: 2, heard: 1 })
    expect(rig.service.door.forget(viewer?.id ?? '')).toMatchObject({ ok: false })
  })

  test('a machine that is removed is asked no more, and its key is forgotten', async () => {
    const { rig, desk, id } = await paired()
    await desk.seen(isHeard)
    expect(desk.service.remove(id)).toEqual({ ok: true, value: null })
    await rig.seen(({ viewers }) => viewers[0]?.present === false)
    expect(desk.service.view().machines).toEqual([])
    expect(readFileSync(join(desk.folder, 'fleet.json'), 'utf8')).not.toContain(id)
  })

  test('a door that is closed is found again when it is open, and nobody has to pair anew', async () => {
    const { rig, desk } = await paired()
    await desk.seen(isHeard)
    const { port = 0 } = rig.service.view().door
    await rig.service.door.closeDoor()
    expect(rig.service.view().door).toMatchObject({ state: 'off' })
    const gone = await desk.seen(({ machines }) => machines[0]?.state === 'waiting')
    expect(gone.machines[0]).toMatchObject({ error: { code: 'fleet/unreachable', name: 'rig' } })
    expect(gone.totals).toMatchObject({ machines: 2, heard: 1 })
    await rig.service.invite({ onlyHere: true, port })
    await desk.seen(isHeard)
  })

  test('what is away is tried after a second, and each minute at the latest', () => {
    expect([1, 2, 3, 7, 400].map(waitAfter)).toEqual([1_000, 2_000, 4_000, 60_000, 60_000])
  })
})
