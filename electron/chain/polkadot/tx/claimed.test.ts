import { describe, expect, test } from 'vitest'
import { netuid, ss58 } from '../../../../shared/units/amounts.ts'
import { ChainFailure } from '../failure.ts'
import type { View } from '../view.ts'
import { withClaims } from './claimed.ts'
import type { ChainEvent } from './events.ts'
import { heldIn } from './held.ts'

const me = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const validator = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const other = ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y')
const ROOT = netuid(0)

/** A block in which the coldkey has this much on root behind each hotkey. */
const block = (stakes: Readonly<Record<string, bigint>>, baskets = true): View =>
  ({
    runtime: { has: () => baskets },
    api: async () =>
      Object.entries(stakes).map(([hotkey, stake]) => ({ hotkey, netuid: ROOT, stake, is_registered: true })),
  }) as unknown as View
const event = (name: string, value: unknown, extrinsic: number | undefined = 3): ChainEvent => ({
  extrinsic,
  name: `SubtensorModule.${name}`,
  value,
})
const silent = event('RootClaimed', { coldkey: me })
const read = (events: readonly ChainEvent[], before: View, after: View) =>
  withClaims(after, heldIn(events.filter(({ extrinsic }) => extrinsic === 3)), {
    events,
    extrinsicIndex: 3,
    before: async () => before,
  })
const claim = { event: 'root-claimed', coldkey: me, netuid: ROOT }

describe('a claim whose event tells its amount', () => {
  test('is what the event says, and nothing else is asked', async () => {
    const told = event('RootClaimed', { coldkey: me, tao: 7_000_000n })
    const nothingToAsk = { runtime: { has: () => true } } as unknown as View
    expect(await read([told], nothingToAsk, nothingToAsk)).toEqual([{ ...claim, amount: 7_000_000n }])
  })

  test('is told by validator where the chain does, not twice with the sum', async () => {
    const part = (hotkey: string, tao: bigint) => event('BasketClaimed', { hotkey, coldkey: me, tao })
    const sum = event('RootClaimed', { coldkey: me, tao: 9n })
    expect(heldIn([part(validator, 5n), part(other, 4n), sum])).toEqual([
      { ...claim, hotkey: validator, amount: 5n },
      { ...claim, hotkey: other, amount: 4n },
    ])
  })
})

describe('a claim whose event names the coldkey alone', () => {
  test('is the growth of the stake on root since the block before, by validator', async () => {
    const happened = await read(
      [silent],
      block({ [validator]: 100n, [other]: 50n }),
      block({ [validator]: 103n, [other]: 50n }),
    )
    expect(happened).toEqual([{ ...claim, hotkey: validator, amount: 3n }])
  })

  test('that paid nothing is nothing, not unknown', async () => {
    expect(await read([silent], block({ [validator]: 100n }), block({ [validator]: 100n }))).toEqual([
      { ...claim, amount: 0n },
    ])
  })

  test('of several in one extrinsic is counted once', async () => {
    const happened = await read([silent, silent], block({}), block({ [validator]: 2n, [other]: 1n }))
    expect(happened.map(({ amount }) => amount)).toEqual([2n, 1n])
  })

  const added = (extrinsic: number | undefined) => event('StakeAdded', [me, validator, 3n, 3n, 0, 0n], extrinsic)
  test.each([
    ['stake was added in another extrinsic', [silent, added(2)]],
    ['stake was added by the same extrinsic', [silent, added(3)]],
    ['the block itself added stake', [silent, added(undefined)]],
    ['another extrinsic claimed as well', [silent, event('RootClaimed', { coldkey: me }, 4)]],
    ['the fee was paid in alpha', [silent, event('TransactionFeePaidWithAlpha', { who: me, netuid: 1 })]],
  ])('stays unknown where %s', async (_, events) => {
    const [first] = (await read(events, block({}), block({ [validator]: 6n }))).filter(
      ({ event: what }) => what === 'root-claimed',
    )
    expect(first).toEqual({ event: 'root-claimed', coldkey: me })
  })

  test('is not disturbed by what others did in the same block', async () => {
    const theirs = event('StakeAdded', [other, validator, 3n, 3n, 0, 0n], 2)
    const [first] = await read([silent, theirs], block({ [validator]: 1n }), block({ [validator]: 6n }))
    expect(first?.amount).toBe(5n)
  })

  test('stays unknown where the block before is forgotten, and on runtimes that pay in alpha', async () => {
    const forgotten = {
      runtime: { has: () => true },
      api: () => Promise.reject(new ChainFailure({ code: 'chain/unsupported', missing: ['state of block 1'] })),
    } as unknown as View
    for (const [before, after] of [
      [forgotten, block({ [validator]: 6n })],
      [block({}), block({ [validator]: 6n }, false)],
    ] as const)
      expect(await read([silent], before, after)).toEqual([{ event: 'root-claimed', coldkey: me }])
  })
})
