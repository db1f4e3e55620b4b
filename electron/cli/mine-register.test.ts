import { expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { rao } from '../../shared/units/amounts.ts'
import { FIRST, NETUID, PlaceSale, SECOND } from '../../test/support/place-sale.ts'
import { type RegisterArguments, registerArguments, registerMany } from './mine-register.ts'
import type { TypedClient } from './typed-client.ts'

/** The command over the real service of lists, on a chain that is played. */
class Terminal extends PlaceSale {
  readonly said: string[] = []
  interrupt: () => void = () => undefined

  run(change: Partial<RegisterArguments> = {}) {
    const lists = this.service()
    const client: TypedClient = {
      call: async (name, input: never) => {
        if (name === 'registration.planMany') return lists.plan(input) as never
        const { plan, upTo, id } = input as { plan: never; upTo: never; id: string }
        if (name === 'registration.startMany') return lists.start(plan, upTo) as never
        return ok((name === 'registration.stopMany' ? lists.stop(id) : lists.drop(id)) as never)
      },
      firstWhere: (_name, wanted) =>
        new Promise((resolve) => {
          const look = () => {
            const now = lists.lists() as never
            if (!wanted(now)) return
            stop()
            resolve(ok(now))
          }
          const stop = lists.onChange(look)
          look()
        }),
    }
    return registerMany({
      client,
      args: { netuid: NETUID, hotkeys: [FIRST, SECOND], roomPpm: 100_000, upTo: rao(400_000_000n), ...change },
      say: (line) => void this.said.push(line),
      agree: async () => ok(false),
      onInterrupt: (listener) => {
        this.interrupt = listener
        return () => undefined
      },
    })
  }
}

test('each hotkey gets its place, and all together cost no more than was said', async () => {
  const sale = new Terminal()
  expect(await sale.run()).toMatchObject({
    value: {
      registered: [
        { hotkey: FIRST, uid: 0 },
        { hotkey: SECOND, uid: 1 },
      ],
      have: [],
    },
  })
  expect(sale.paid).toEqual([100_001_000n, 126_001_000n])
  expect(sale.said.join()).toContain('at most 0.248602000 TAO')
  expect(sale.said.join()).toContain('bound as collateral, at most: unknown')
  expect(sale.said.slice(-2)).toEqual([`${SECOND} was sent.`, `${SECOND} has uid 1.`])
  expect(sale.service().lists()).toEqual([])
})

test('it stops where it gets dearer than was agreed to, and goes on with the others when it is called again', async () => {
  const sale = new Terminal()
  // Within the room of one place: of the first what is left of the second's limit is too little.
  sale.rise = 1_080_000n
  expect(await sale.run()).toMatchObject({ error: { code: 'register/price-above-limit' } })
  expect(sale.uids.size).toBe(1)
  expect(sale.said.at(-1)).toContain('1 of 2')
  sale.rise = 1_000_000n
  expect(await sale.run()).toMatchObject({ value: { registered: [{ hotkey: SECOND, uid: 1 }], have: [FIRST] } })
  expect(sale.paid).toHaveLength(2)
  expect(sale.service().lists()).toEqual([])
  expect(await sale.run()).toMatchObject({ value: { registered: [], have: [FIRST, SECOND] } })
  expect(sale.paid).toHaveLength(2)
})

test('an interruption stops it behind the one that is on its way', async () => {
  const sale = new Terminal()
  sale.beforeSend = () => sale.interrupt()
  expect(await sale.run()).toMatchObject({ error: { code: 'contract/cancelled' } })
  expect(sale.paid).toHaveLength(1)
  expect(sale.service().lists()).toMatchObject([{ places: [{ state: 'done' }, { state: 'waiting' }] }])
})

test.each<[string, Partial<RegisterArguments>, (sale: Terminal) => unknown, string]>([
  [
    'all together cost more than may be spent',
    { upTo: rao(248_601_999n) },
    () => undefined,
    'register/price-above-limit',
  ],
  ['nobody agrees', { upTo: undefined }, () => undefined, 'contract/cancelled'],
  [
    'there is not enough for all',
    {},
    (sale) => Object.assign(sale, { free: 240_000_000n }),
    'register/balance-too-low',
  ],
  [
    'one of them is on its way already',
    {},
    (sale) => sale.keep('other', { hotkey: SECOND, stage: 'in-pool' }),
    'register/on-its-way',
  ],
])('nothing is paid where %s', async (_why, change, prepare, code) => {
  const sale = new Terminal()
  prepare(sale)
  expect(await sale.run(change)).toMatchObject({ ok: false, error: { code } })
  expect(sale.paid).toEqual([])
})

test('what is written is understood, or refused with a reason', () => {
  const given = ['--netuid', '2', '--hotkey', FIRST, '--hotkey', SECOND]
  expect(registerArguments(given)).toMatchObject({ value: { netuid: 2, hotkeys: [FIRST, SECOND], roomPpm: 300_000 } })
  expect(registerArguments([...given, '--room', '2.5'])).toMatchObject({ value: { roomPpm: 25_000 } })
  for (const wrong of [
    ['--hotkey', FIRST],
    ['--netuid', '2'],
    ['--netuid', '2', '--hotkey', 'miner'],
    [...given, '--hotkey', FIRST],
    [...given, '--room', '51'],
    [...given, '--yes-spend-up-to', 'all'],
  ])
    expect(registerArguments(wrong).ok).toBe(false)
})
