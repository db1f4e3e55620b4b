import { describe, expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import { alpha, rao } from '../../shared/units/amounts.ts'
import { ALICE, BOB, ONE, OTHER, snapshotOf, TWO, type World } from '../../test/support/staking/pool-world.ts'
import type { StakingPort } from '../chain/staking.port.ts'
import { StakeMovesService } from './stake-moves.service.ts'
import type { WalletService } from './wallet.service.ts'

const TOLERANCE_PPM = 50_000
const hold = (netuid: typeof ONE, hotkey: typeof ALICE, units: bigint) => ({
  netuid,
  hotkey,
  alpha: alpha(units),
  registered: true,
})
const ALPHA = 1_000_000_000n

/** Pools that hang together; how often the chain was asked is counted. */
function service(world: World) {
  const hotkeysKnown = new Map([ALICE, BOB, OTHER].map((hotkey) => [hotkey, true] as const))
  const asked: number[] = []
  const chain: StakingPort = {
    movesSnapshot: async (_coldkey, choose) => {
      const chosen = choose(snapshotOf([], world))
      if (!chosen.ok) return err(chosen.error)
      asked.push(chosen.value.length)
      return ok(snapshotOf(chosen.value, { ...world, extra: { hotkeysKnown, ...world.extra } }))
    },
  }
  const moves = new StakeMovesService({
    chain,
    wallets: { active: () => ({ name: 'w', address: OTHER, unlocked: true }) } as unknown as WalletService,
    recipients: { refusal: async () => undefined },
    markets: { history: () => ok({ samples: [] }) },
  })
  return { moves, asked }
}

describe('leaving everything', () => {
  test('a position that is too much for its pool holds none of the smaller ones there', async () => {
    const large = hold(ONE, ALICE, 50_000n * ALPHA)
    const positions = [
      large,
      hold(ONE, OTHER, 5_000n * ALPHA),
      hold(TWO, ALICE, 9n * ALPHA),
      hold(ONE, BOB, 100n * ALPHA),
    ]
    const { moves, asked } = service({ positions })
    const made = await moves.exit({ tolerancePpm: TOLERANCE_PPM })
    if (!made.ok) throw new Error(made.error.code)
    expect(made.value.steps.map(({ move }) => move)).toEqual([
      { kind: 'remove-all', netuid: TWO, hotkey: ALICE },
      { kind: 'remove-all', netuid: ONE, hotkey: BOB },
      { kind: 'remove-all', netuid: ONE, hotkey: OTHER },
    ])
    expect(made.value.skipped).toEqual([{ netuid: ONE, hotkey: ALICE, alpha: large.alpha, reason: 'moves-price' }])
    expect(asked).toEqual([4, 3])
  })

  test('of those behind it as many as the pool takes, and the others are named', async () => {
    const positions = [60_000n, 9_000n, 8_000n].map((units, at) =>
      hold(ONE, [ALICE, BOB, OTHER][at] ?? ALICE, units * ALPHA),
    )
    const { moves } = service({ positions })
    const made = await moves.exit({ tolerancePpm: TOLERANCE_PPM })
    if (!made.ok) throw new Error(made.error.code)
    expect(made.value.steps.map(({ move }) => move)).toEqual([{ kind: 'remove-all', netuid: ONE, hotkey: OTHER }])
    expect(made.value.skipped.map(({ hotkey, reason }) => [hotkey, reason])).toEqual([
      [ALICE, 'moves-price'],
      [BOB, 'moves-price'],
    ])
  })
})

describe('leaving everything without TAO for the fee', () => {
  const positions = [hold(ONE, ALICE, 100n * ALPHA), hold(TWO, ALICE, 90n * ALPHA), hold(ONE, BOB, 80n * ALPHA)]

  test('begins with the sale that brings most: it pays its own fee in alpha, and the others are named', async () => {
    const made = await service({ positions, free: 600n }).moves.exit({ tolerancePpm: TOLERANCE_PPM })
    if (!made.ok) throw new Error(made.error.code)
    const { steps, feeInAlpha, skipped, carry } = made.value
    expect(steps.map(({ move }) => move)).toEqual([{ kind: 'remove-all', netuid: TWO, hotkey: ALICE }])
    expect(feeInAlpha).toMatchObject({ netuid: TWO, hotkey: ALICE })
    expect(carry).toBe('single')
    expect(skipped.map(({ netuid, hotkey, reason }) => [netuid, hotkey, reason])).toEqual([
      [ONE, ALICE, 'fee-first'],
      [ONE, BOB, 'fee-first'],
    ])
  })

  test('is refused where the chain keeps no account that could pay in alpha', async () => {
    const { moves, asked } = service({ positions, free: 0n, extra: { alive: false } })
    const made = await moves.exit({ tolerancePpm: TOLERANCE_PPM })
    expect(made).toMatchObject({ error: { code: 'stake/balance-too-low' } })
    expect(asked.length).toBeLessThan(6)
  })
})

describe('sweeping', () => {
  test('what pays its part of the fee only beside one that does not pay is left, too', async () => {
    // The fee is 0.0016 TAO, however many there are: 0.0008 for each of two, all of it for one alone.
    const positions = [hold(ONE, ALICE, 14_000_000n), hold(TWO, ALICE, 3_000_000n)]
    const { moves } = service({ positions })
    const made = await moves.exit({ tolerancePpm: TOLERANCE_PPM, below: rao(50_000_000n) })
    expect(made).toMatchObject({ ok: false, error: { code: 'stake/nothing-to-do' } })
  })
})
