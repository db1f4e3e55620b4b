import { beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { rao } from '../../shared/units/amounts.ts'
import { COLDKEY, FIRST, NETUID, PlaceSale, SECOND, THIRD } from '../../test/support/place-sale.ts'
import type { PlaceListsService } from './place-lists.service.ts'

const ALL = [FIRST, SECOND, THIRD]
const REFUSED: AppError = { code: 'chain/dispatch-failed', name: 'Some.Refusal', docs: '', block: 9 }
let sale: PlaceSale
let lists: PlaceListsService
beforeEach(() => {
  sale = new PlaceSale()
  lists = sale.service()
})

/** Plans, agrees and waits until the list rests. */
async function begin(hotkeys = ALL, upTo = 10n ** 9n) {
  const planned = await lists.plan({ netuid: NETUID, hotkeys, tolerancePpm: 100_000 })
  if (!planned.ok) return planned
  const begun = lists.start(planned.value, rao(upTo))
  if (begun.ok) await rested()
  return begun
}
const rested = () => expect.poll(() => lists.lists().map(({ now }) => now)).not.toContain('running')
const states = () => lists.lists()[0]?.places.map(({ state }) => state)
const onlyId = () => lists.lists()[0]?.id ?? ''
async function goOn() {
  const run = lists.run(onlyId())
  if (run.ok) await rested()
  return run
}

describe('several places, agreed to as one', () => {
  test('are bought one after the other, and cost no more than was said', async () => {
    expect(await begin()).toMatchObject({ ok: true, value: { mostCost: 423_239_000n } })
    expect(lists.lists()).toMatchObject([{ now: 'resting', places: [{ uid: 0 }, { uid: 1 }, { uid: 2 }] }])
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(sale.paid).toEqual([100_001_000n, 126_001_000n, 158_761_000n])
  })

  test.each<[string, () => unknown, AppError['code']]>([
    ['the wallet is locked', () => Object.assign(sale, { unlocked: false }), 'keys/locked'],
    ['another wallet is shown', () => Object.assign(sale, { address: FIRST }), 'keys/other-account'],
    ['all together may cost more than was typed', () => undefined, 'register/price-above-limit'],
  ])('are not begun, and not kept, where %s', async (_why, change, code) => {
    const planned = await lists.plan({ netuid: NETUID, hotkeys: ALL, tolerancePpm: 100_000 })
    change()
    const upTo = rao(code === 'register/price-above-limit' ? 423_238_999n : 423_239_000n)
    expect(planned.ok && lists.start(planned.value, upTo)).toMatchObject({ error: { code } })
    expect([lists.lists(), sale.paid]).toEqual([[], []])
  })

  test('are not planned where one is named twice, is on its way, or all cost more than there is', async () => {
    expect(await begin([FIRST, FIRST])).toMatchObject({ error: { code: 'contract/bad-input' } })
    sale.keep('other', { hotkey: SECOND, stage: 'in-pool' })
    expect(await begin()).toMatchObject({ error: { code: 'register/on-its-way', hotkey: SECOND } })
    sale.keep('other', { hotkey: SECOND, stage: 'finalized' })
    sale.free = 423_239_499n
    expect(await begin()).toMatchObject({ error: { code: 'register/balance-too-low', needed: 423_239_500n } })
    expect(sale.paid).toEqual([])
  })

  test('stop where one gets dearer than was agreed to, and go on once it is not', async () => {
    sale.rise = 1_080_000n
    await begin()
    expect(states()).toEqual(['done', 'waiting', 'waiting'])
    expect(lists.lists()[0]?.places[1]?.error).toMatchObject({ code: 'register/price-above-limit' })
    sale.rise = 1_000_000n
    sale.price = 100_000_000n
    await goOn()
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(lists.lists()[0]?.places.map(({ error }) => error)).toEqual([undefined, undefined, undefined])
    expect(sale.paid.reduce((all, one) => all + one)).toBeLessThanOrEqual(423_239_000n)
  })

  test('one that a block refuses is failed and never sent again; one that came into none waits again', async () => {
    sale.fates.push({ kind: 'fails', error: REFUSED, inBlock: true })
    await begin()
    expect(states()).toEqual(['failed', 'waiting', 'waiting'])
    sale.fates.push({ kind: 'fails', error: REFUSED, inBlock: false })
    await goOn()
    expect(states()).toEqual(['failed', 'waiting', 'waiting'])
    await goOn()
    expect(states()).toEqual(['failed', 'done', 'done'])
    expect(sale.uids.has(FIRST)).toBe(false)
    expect(await goOn()).toMatchObject({ ok: true })
    expect(sale.paid).toHaveLength(2)
  })

  test('are stopped by a person behind the one that is on its way, and go on from there', async () => {
    sale.beforeSend = () => void lists.stop(onlyId())
    await begin()
    expect(states()).toEqual(['done', 'waiting', 'waiting'])
    expect(lists.stop(onlyId())).toBe(false)
    sale.beforeSend = () => undefined
    sale.unlocked = false
    expect(await goOn()).toMatchObject({ error: { code: 'keys/locked' } })
    sale.unlocked = true
    await goOn()
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(sale.paid).toHaveLength(3)
  })

  test.each([
    ['it came into a block', true, 'done'],
    ['it never left', false, 'waiting'],
  ] as const)(
    'after an end of the app while one was sent, and %s, nothing is bought twice',
    async (_why, bought, state) => {
      sale.fates.push({ kind: 'dies', bought })
      await begin()
      expect(lists.lists()[0]?.broken).toEqual({ code: 'internal', incident: 'thrown' })
      lists = sale.service()
      expect(states()).toEqual([state, 'waiting', 'waiting'])
      await goOn()
      expect(states()).toEqual(['done', 'done', 'done'])
      expect([sale.paid.length, sale.uids.size]).toEqual([3, 3])
    },
  )

  test('nothing is sent behind one that went out of sight, until its end is known', async () => {
    sale.fates.push({ kind: 'lost' })
    await begin()
    expect(states()).toEqual(['sending', 'waiting', 'waiting'])
    await goOn()
    expect(lists.lists()[0]?.places[0]).toMatchObject({ state: 'sending', error: { code: 'register/on-its-way' } })
    expect(sale.records.size).toBe(1)
    const [id] = sale.records.keys()
    const told: unknown[] = []
    lists.onChange(() => told.push(states()))
    sale.keep(id ?? '', { hotkey: FIRST, stage: 'in-block', outcome: { block: 12, registeredUid: 7 } })
    expect(told.at(-1)).toEqual(['done', 'waiting', 'waiting'])
    sale.uids.set(FIRST, 7)
    await goOn()
    expect(lists.lists()[0]?.places).toMatchObject([{ uid: 7, block: 12 }, { state: 'done' }, { state: 'done' }])
    expect(sale.paid).toHaveLength(2)
  })

  test('one that somebody registered meanwhile costs nothing', async () => {
    sale.beforeSend = () => void sale.uids.set(SECOND, 40)
    await begin([FIRST, SECOND])
    expect(lists.lists()[0]?.places).toMatchObject([{ state: 'done' }, { state: 'done', uid: 40 }])
    expect(sale.paid).toHaveLength(1)
  })

  test('wallet and network are those that it was agreed to with, also where they change on the way', async () => {
    sale.beforeSend = () => void Object.assign(sale, { address: SECOND })
    await begin()
    expect(lists.lists()[0]?.places[1]?.error).toEqual({ code: 'keys/other-account', planned: COLDKEY })
    sale.address = COLDKEY
    sale.beforeSend = () => void Object.assign(sale, { genesis: '0x02' })
    lists.run(onlyId())
    await expect.poll(() => sale.paid.length).toBe(2)
    expect(lists.lists()).toEqual([])
    sale.genesis = '0x01'
    await expect.poll(states).toEqual(['done', 'done', 'waiting'])
  })

  test('one list at a time; it is put away by a person, or by a new one that buys all that is open', async () => {
    let second: unknown
    const planned = await lists.plan({ netuid: NETUID, hotkeys: [THIRD], tolerancePpm: 0 })
    sale.beforeSend = () => {
      second ??= planned.ok && lists.start(planned.value, rao(10n ** 9n))
      lists.stop(onlyId())
      expect(lists.drop(onlyId())).toBe(false)
    }
    await begin()
    expect(second).toMatchObject({ error: { code: 'register/list-runs' } })
    expect(states()).toEqual(['done', 'waiting', 'waiting'])
    sale.beforeSend = () => undefined
    const first = onlyId()
    await begin([SECOND])
    expect(lists.lists().map(({ id }) => id)).toContain(first)
    await begin([THIRD])
    expect(lists.lists()).toHaveLength(2)
    for (const { id } of lists.lists()) expect(lists.drop(id)).toBe(true)
    expect([lists.lists(), lists.drop(first)]).toEqual([[], false])
    expect(lists.run(first)).toEqual({ ok: false, error: { code: 'register/no-list' } })
  })
})
