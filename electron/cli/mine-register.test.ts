import { expect, test } from 'vitest'
import { planRegister, type RegisterRequest } from '../../shared/registration/plan-register.ts'
import { ok } from '../../shared/result.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { type RegisterArguments, registerArguments, registerMany } from './mine-register.ts'
import type { TypedClient } from './typed-client.ts'

const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const [FIRST, SECOND] = [
  ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
  ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'),
]
const NETUID = netuid(2)
const RULES = { minPrice: rao(1n), maxPrice: rao(10n ** 12n), halfLife: 360, increasePpm: 1_260_000 }
const FEE = 1_000n

/** A chain that sells places, as far as this command sees it. */
class Sale {
  price = 100_000_000n
  free = 1_000_000_000n
  /** How much dearer others make it before each place. */
  rise = 1_000_000n
  readonly uids = new Map<string, number>()
  readonly paid: bigint[] = []
  activity: readonly object[] = []
  readonly said: string[] = []
  readonly #prepared = new Map<string, RegisterRequest & { readonly limit: bigint }>()

  #plan(request: RegisterRequest) {
    return planRegister(request, {
      ...{ coldkey: COLDKEY, block: 9, free: rao(this.free), existentialDeposit: rao(500n), price: rao(this.price) },
      ...{ open: true, exists: true, txFee: rao(FEE), places: 64, placesTaken: 3, immunityBlocks: 100 },
      uid: this.uids.get(request.hotkey),
    })
  }

  #send(id: string) {
    const { hotkey, limit } = this.#prepared.get(id) as never
    this.price = (this.price * this.rise) / 1_000_000n
    if (this.price > limit) return { stage: 'failed', error: { code: 'register/price-above-limit' } }
    this.paid.push(this.price + FEE)
    this.free -= this.price + FEE
    this.price = (this.price * 126n) / 100n
    this.uids.set(hotkey, this.uids.size)
    return { stage: 'in-block', outcome: { registeredUid: this.uids.size - 1 } }
  }

  run(change: Partial<RegisterArguments> = {}) {
    const client: TypedClient = {
      call: async (name, input: never) => {
        if (name === 'registration.course') return ok({ rules: RULES } as never)
        if (name === 'registration.plan') return this.#plan(input) as never
        if (name === 'transaction.send') return ok(this.#send((input as { preparedId: string }).preparedId) as never)
        const { plan } = input as { plan: { request: RegisterRequest } }
        const fresh = this.#plan(plan.request)
        if (!fresh.ok) return fresh as never
        const preparedId = String(this.#prepared.size)
        this.#prepared.set(preparedId, { ...plan.request, limit: fresh.value.limitPrice })
        return ok({ preparedId, plan: fresh.value } as never)
      },
      firstWhere: async () => ok(this.activity as never),
    }
    return registerMany({
      client,
      args: { netuid: NETUID, hotkeys: [FIRST, SECOND], roomPpm: 100_000, upTo: rao(400_000_000n), ...change },
      say: (line) => void this.said.push(line),
      agree: async () => ok(false),
    })
  }
}

test('each hotkey gets its place, and all together cost no more than was said', async () => {
  const sale = new Sale()
  expect(await sale.run()).toMatchObject({ value: { registered: [{ hotkey: FIRST }, { hotkey: SECOND }], have: [] } })
  expect(sale.paid).toEqual([100_001_000n, 126_001_000n])
  expect(sale.said.join()).toContain('at most 0.248602000 TAO')
})

test('it stops where it gets dearer than was agreed to, and goes on with the others when it is called again', async () => {
  const sale = new Sale()
  // Within the room of one place: of the first what is left of the second's limit is too little.
  sale.rise = 1_080_000n
  expect(await sale.run()).toMatchObject({ error: { code: 'register/price-above-limit' } })
  expect(sale.uids.size).toBe(1)
  expect(sale.said.at(-1)).toContain('1 of 2')
  sale.rise = 1_000_000n
  expect(await sale.run()).toMatchObject({ value: { registered: [{ hotkey: SECOND, uid: 1 }], have: [FIRST] } })
  expect(sale.paid).toHaveLength(2)
  expect(await sale.run()).toMatchObject({ value: { registered: [], have: [FIRST, SECOND] } })
  expect(sale.paid).toHaveLength(2)
})

test.each<[string, Partial<RegisterArguments>, (sale: Sale) => unknown, string]>([
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
    (sale) => Object.assign(sale, { activity: [{ kind: 'register', netuid: 2, hotkey: SECOND, stage: 'in-pool' }] }),
    'contract/bad-input',
  ],
])('nothing is paid where %s', async (_why, change, prepare, code) => {
  const sale = new Sale()
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
