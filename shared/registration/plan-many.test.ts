import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { err, ok } from '../result.ts'
import { alpha, netuid, rao, raoRaisedByPpm, ss58 } from '../units/amounts.ts'
import { type ManyFacts, planMany, roomWithin } from './plan-many.ts'
import { planRegister } from './plan-register.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const KEYS = [
  ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
  ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'),
  ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y'),
]
const NETUID = netuid(2)
const RULES = { minPrice: rao(1n), maxPrice: rao(10_000_000_000n), halfLife: 360, increasePpm: 1_260_000 }
const single = (hotkey = ALICE, price = 100_000_000n) =>
  planRegister(
    { netuid: NETUID, hotkey, tolerancePpm: 100_000 },
    {
      ...{ coldkey: ALICE, block: 9, free: rao(10n ** 12n), existentialDeposit: rao(500n), price: rao(price) },
      ...{ open: true, exists: true, txFee: rao(1_000n), places: 64, placesTaken: 3, immunityBlocks: 100 },
    },
  )
const facts = (over: Partial<ManyFacts> = {}): ManyFacts => ({
  ...{ coldkey: ALICE, tolerancePpm: 100_000, freePlaces: 61 },
  singles: KEYS.map((hotkey) => ({ hotkey, plan: single(hotkey) })),
  rules: RULES,
  free: rao(1_000_000_000n),
  existentialDeposit: rao(500n),
  ...over,
})
const there = err({ code: 'register/already-registered', netuid: NETUID, uid: 4 } as const)

describe('several places', () => {
  test('cost what each costs after those before it, each with its own limit', () => {
    expect(planMany(NETUID, facts())).toMatchObject({
      ok: true,
      value: {
        buys: [
          { hotkey: KEYS[0], price: 100_000_000n, limitPrice: 110_000_000n },
          { hotkey: KEYS[1], price: 126_000_000n, limitPrice: 138_600_000n },
          { hotkey: KEYS[2], price: 158_760_000n, limitPrice: 174_636_000n, mostCost: 174_637_000n },
        ],
        mostCost: 423_239_000n,
        txFees: 3_000n,
        mostBound: undefined,
        freeAfterAtMost: 576_761_000n,
      },
    })
    const capped = planMany(NETUID, facts({ rules: { ...RULES, maxPrice: rao(110_000_000n) } }))
    expect(capped).toMatchObject({ value: { buys: [{}, { price: 110_000_000n }, { price: 110_000_000n }] } })
  })

  test('pass over who has one, so that a list goes on where it was interrupted', () => {
    const [first, ...others] = facts().singles
    const singles = [{ hotkey: first?.hotkey ?? ALICE, plan: there }, ...others]
    expect(planMany(NETUID, facts({ singles }))).toMatchObject({
      value: {
        have: [{ hotkey: KEYS[0], uid: 4 }],
        buys: [{ hotkey: KEYS[1], price: 100_000_000n }, { price: 126_000_000n }],
      },
    })
    const all = KEYS.map((hotkey) => ({ hotkey, plan: there }))
    expect(planMany(NETUID, facts({ singles: all, free: rao(0n) }))).toMatchObject({
      value: { buys: [], mostCost: 0n },
    })
  })

  test('say what is bound of each and of all, and nothing where the chain does not say it of one', () => {
    const withShare = (share: number) => {
      const plan = single()
      return plan.ok ? ok({ ...plan.value, collateral: { share } }) : plan
    }
    const [first, second] = KEYS.map((hotkey) => ({ hotkey, plan: withShare(32_768) }))
    if (!first || !second) throw new Error('two of them')
    expect(planMany(NETUID, facts({ singles: [first, second] }))).toMatchObject({
      value: { mostBound: 124_301_896n, buys: [{ mostBound: 55_000_839n }, { mostBound: 69_301_057n }] },
    })
    const unsaid = { hotkey: ALICE, plan: single() }
    const some = planMany(NETUID, facts({ singles: [first, unsaid] }))
    expect(some.ok && some.value.mostBound).toBeUndefined()
  })

  test('do not ask for what a hotkey has bound from an earlier place', () => {
    const plan = single()
    if (!plan.ok) throw new Error('it can be bought')
    const stands = { alpha: alpha(7n), worth: rao(40_000_000n) }
    const singles = [{ hotkey: ALICE, plan: ok({ ...plan.value, collateral: { share: 32_768, stands } }) }]
    const of = (free: bigint) => planMany(NETUID, facts({ singles, free: rao(free) }))
    expect(of(70_001_500n)).toMatchObject({ value: { freeAfterAtMost: 500n, collateral: { share: 32_768 } } })
    expect(of(70_001_499n)).toMatchObject({ error: { code: 'register/balance-too-low', needed: 70_001_500n } })
  })

  test('are refused together where one is refused, or where all together are too dear', () => {
    const closed = err({ code: 'register/closed', netuid: NETUID } as const)
    const singles = [...facts().singles, { hotkey: ALICE, plan: closed }]
    expect(planMany(NETUID, facts({ singles }))).toMatchObject({ error: { code: 'register/closed' } })
    expect(planMany(NETUID, facts({ free: rao(423_239_499n) }))).toMatchObject({
      error: { code: 'register/balance-too-low', needed: 423_239_500n },
    })
    expect(planMany(NETUID, facts({ free: rao(423_239_500n) })).ok).toBe(true)
  })
})

test('room for a place never leads beyond what was agreed to', () => {
  expect(roomWithin(rao(101n), rao(100n), 300_000)).toBeUndefined()
  expect(roomWithin(rao(100n), rao(200n), 300_000)).toBe(300_000)
  const amounts = fc.bigInt(0n, 10n ** 15n).map(rao)
  fc.assert(
    fc.property(amounts, amounts, fc.integer({ min: 0, max: 500_000 }), (price, most, roomPpm) => {
      const room = roomWithin(price, most, roomPpm)
      if (room === undefined) expect(price > most).toBe(true)
      else expect(room <= roomPpm && raoRaisedByPpm(price, room) <= most).toBe(true)
    }),
  )
})
