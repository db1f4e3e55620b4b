import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alpha, ss58 } from '../units/amounts.ts'
import { type EpochTold, NOTHING_SEEN, partsOf, type SpanFacts } from './epoch-parts.ts'

const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const told = (over: Partial<EpochTold> = {}): EpochTold => ({
  stakeRightBefore: alpha(1_000n),
  flowsInBlock: 0n,
  movesInBlock: 0,
  incentive: 0n,
  owned: true,
  uid: 3,
  permit: false,
  ownsSubnet: false,
  takesOwnerCut: false,
  arrived: 0n,
  arrivals: 0,
  ...over,
})
const parts = (after: bigint, over: Partial<EpochTold> = {}, span: SpanFacts = NOTHING_SEEN, flows = 0n) =>
  partsOf({ block: 20, alpha: alpha(1_000n), flows }, alpha(after), told(over), span)

describe('the account of an epoch', () => {
  test('a miner gets its incentive; anything else is missing, to the unit', () => {
    expect(parts(1_300n, { incentive: 300n })).toMatchObject({ mined: 300n, unexplained: 0n })
    expect(parts(1_304n, { incentive: 300n })).toMatchObject({ mined: 300n, staked: 0n, unexplained: 4n })
    expect(parts(1_304n, { incentive: 300n }).cause).toBeUndefined()
    expect(parts(1_296n, { incentive: 300n }).unexplained).toBe(-4n)
  })

  test('a validator gets dividends beside its incentive, a nominator dividends only', () => {
    expect(parts(1_310n, { permit: true, incentive: 300n })).toMatchObject({ mined: 300n, validated: 10n, staked: 0n })
    expect(parts(1_010n, { permit: true, owned: false, incentive: 300n })).toMatchObject({ mined: 0n, staked: 10n })
    expect(parts(1_010n, { uid: undefined, owned: false })).toMatchObject({ staked: 10n, unexplained: 0n })
  })

  test('incentive that went elsewhere is named, and is no income here; what arrived is mined', () => {
    const sent = { alpha: 300n, hotkey: BOB }
    expect(parts(1_000n, { incentive: 300n, sent })).toMatchObject({ mined: 0n, unexplained: 0n, elsewhere: sent })
    expect(parts(1_000n, { incentive: 300n, ownsSubnet: true }).elsewhere).toEqual({ alpha: 300n })
    expect(parts(1_305n, { owned: false, permit: true, arrived: 300n, arrivals: 1 })).toMatchObject({
      mined: 300n,
      staked: 5n,
    })
  })

  test('the cut of a subnet owner is told apart', () => {
    expect(parts(1_180n, { takesOwnerCut: true, ownsSubnet: true })).toMatchObject({ ownerCut: 180n, unexplained: 0n })
  })

  test('rounding is bounded by the moves behind the hotkey', () => {
    const moved = { ...NOTHING_SEEN, moves: 2 }
    expect(parts(1_002n, { stakeRightBefore: alpha(1_002n) }, moved)).toMatchObject({
      unexplained: 2n,
      cause: 'rounding',
    })
    expect(parts(1_003n, { stakeRightBefore: alpha(1_003n) }, moved).cause).toBeUndefined()
  })

  test('what was seen, and dust that was cleared, are named', () => {
    const seen = { ...NOTHING_SEEN, seen: ['hotkey-swap' as const] }
    expect(parts(0n, { stakeRightBefore: alpha(0n) }, seen)).toMatchObject({
      unexplained: -1_000n,
      cause: 'hotkey-swap',
    })
    expect(parts(0n, { stakeRightBefore: alpha(0n), dustBelow: 20n }, NOTHING_SEEN, -990n)).toMatchObject({
      unexplained: -10n,
      cause: 'dust',
    })
  })

  test('dust goes after an unstake in the very block of the epoch, too; more than dust is no dust', () => {
    const unstaked = { flowsInBlock: -990n, dustBelow: 10n }
    expect(parts(0n, unstaked, NOTHING_SEEN, -990n)).toMatchObject({ unexplained: -10n, cause: 'dust' })
    expect(parts(0n, { ...unstaked, dustBelow: 9n }, NOTHING_SEEN, -990n).cause).toBeUndefined()
    expect(parts(0n, { ...unstaked, dustBelow: undefined }, NOTHING_SEEN, -990n).cause).toBeUndefined()
  })

  test('a hotkey without a permit gets dividends by its child keys only', () => {
    expect(parts(1_300n, { hasChildren: true })).toMatchObject({ validated: 300n, unexplained: 0n })
    expect(parts(1_300n, { hasChildren: true, owned: false })).toMatchObject({ staked: 300n, unexplained: 0n })
    expect(parts(1_300n, { hasChildren: false, uid: undefined, owned: false })).toMatchObject({ unexplained: 300n })
  })

  test('what was claimed on root is told apart from its take', () => {
    expect(parts(1_300n, { permit: true, claimed: true })).toMatchObject({ staked: 300n, validated: 0n })
  })

  describe('one unit wrong in any figure is missing by exactly that, and has no cause', () => {
    const miner = { incentive: 300n, hasChildren: false, alone: true }
    const own: SpanFacts = { ...NOTHING_SEEN, moves: 2, others: 0 }
    const away = { alpha: 120n, hotkey: BOB }
    const right = (change: Partial<EpochTold> = {}, { s0 = 1_000n, s2 = 1_350n, flows = 50n } = {}) =>
      partsOf(
        { block: 20, alpha: alpha(s0), flows },
        alpha(s2),
        told({ ...miner, stakeRightBefore: alpha(1_050n), arrived: 0n, ...change }),
        own,
      )
    test.each([
      ['nothing', right(), 0n],
      ['the stake of the row before', right({}, { s0: 1_001n }), -1n],
      ['the stake after', right({}, { s2: 1_351n }), 1n],
      ['own moves', right({}, { flows: 49n }), 1n],
      ['the incentive', right({ incentive: 301n }), -1n],
      ['what auto-stake sent elsewhere', right({ incentive: 420n, sent: { ...away, alpha: 121n } }), 1n],
      ['what arrived by auto-stake', right({ arrived: 1n }), -1n],
      ['dividends that cannot come', right({ uid: undefined, incentive: 0n }, { s2: 1_051n }), 1n],
    ])('%s', (_what, row, missing) => {
      expect([row.unexplained, row.cause]).toEqual([missing, undefined])
    })

    test('what auto-stake sent elsewhere explains its own amount and no unit more', () => {
      const of = (sent: bigint) => right({ incentive: 420n, sent: { ...away, alpha: sent } })
      expect(of(120n)).toMatchObject({ unexplained: 0n, mined: 300n, elsewhere: away })
      expect(of(119n)).toMatchObject({ unexplained: -1n, mined: 301n })
    })
  })

  test('a cause explains its own part of the span only', () => {
    const swap = { upheaval: 'hotkey-swap' as const }
    expect(parts(0n, swap)).toMatchObject({ unexplained: -1_000n, cause: 'hotkey-swap' })
    // Something else was missing before its block.
    const before = parts(0n, { ...swap, stakeRightBefore: alpha(990n) })
    expect(before).toMatchObject({ unexplained: -1_000n })
    expect(before.cause).toBeUndefined()
    // Dust before the epoch does not explain what came with it.
    const dust = { stakeRightBefore: alpha(0n), dustBelow: 20n }
    expect(parts(500n, { ...dust, uid: undefined, hasChildren: false }, NOTHING_SEEN, -990n).cause).toBeUndefined()
  })

  test('where others stake to the hotkey, a share may be rounded by each deposit that there was', () => {
    const of = (after: bigint, over: Partial<EpochTold>) => parts(after, { hasChildren: false, ...over }).cause
    expect(of(1_301n, { incentive: 300n })).toBe('rounding')
    expect(of(1_302n, { incentive: 300n })).toBeUndefined()
    expect(of(1_301n, { incentive: 300n, alone: true })).toBeUndefined()
    expect(of(1_001n, {})).toBeUndefined()
  })

  test('fees of the span are carried', () => {
    expect(parts(1_000n, {}, { ...NOTHING_SEEN, feeAlpha: 3n, feeTao: 7n })).toMatchObject({ feeAlpha: 3n, feeTao: 7n })
  })

  test('the parts, the moves and what is unexplained always make the change', () => {
    const amount = fc.bigInt(0n, 10n ** 15n)
    const flags = fc.record({
      owned: fc.boolean(),
      permit: fc.boolean(),
      ownsSubnet: fc.boolean(),
      takesOwnerCut: fc.boolean(),
    })
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        amount,
        amount,
        amount,
        flags,
        (s0, s1, s2, incentive, arrived, flows, is) => {
          const row = partsOf(
            { block: 1, alpha: alpha(s0), flows },
            alpha(s2),
            told({ ...is, stakeRightBefore: alpha(s1), incentive, arrived, flowsInBlock: flows / 3n }),
            NOTHING_SEEN,
          )
          const { mined, validated, staked, ownerCut, unexplained } = row
          expect(s0 + flows + mined + validated + staked + ownerCut + unexplained).toBe(s2)
        },
      ),
    )
  })
})
