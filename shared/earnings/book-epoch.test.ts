import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alpha, netuid, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { bookEpoch, type EpochEnd, type Mark } from './book-epoch.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const of = { genesis: '0x01', coldkey: ALICE }
const mark = (over: Partial<Mark> = {}): Mark => ({
  hotkey: BOB,
  netuid: netuid(2),
  block: 20,
  alpha: alpha(100n),
  flows: 0n,
  ...over,
})
const end = (over: Partial<EpochEnd> = {}): EpochEnd => ({
  epochBlock: 40,
  tempo: 20,
  stakeAfter: alpha(130n),
  price: raoPerAlpha(500_000_000n),
  ownHotkey: true,
  uid: 3,
  atMs: 7,
  ...over,
})

describe('bookEpoch', () => {
  test('earned is what came in and was not moved by hand', () => {
    expect(bookEpoch(mark({ flows: 20n }), end(), of)).toMatchObject({
      earned: 10n,
      earnedTao: 5n,
      source: 'mined',
      epochs: 1,
    })
    expect(bookEpoch(mark({ flows: -20n }), end(), of)).toMatchObject({ earned: 50n })
  })

  test("without a uid, or with a stranger's hotkey, it is staking", () => {
    expect(bookEpoch(mark(), end({ uid: undefined }), of)).toMatchObject({ source: 'staked' })
    expect(bookEpoch(mark(), end({ ownHotkey: false }), of)).toMatchObject({ source: 'staked' })
  })

  test('without a price the value is unknown, not 0', () => {
    expect(bookEpoch(mark(), end({ price: undefined }), of)?.earnedTao).toBeUndefined()
  })

  test('a loss is booked as one and has no value in TAO', () => {
    const row = bookEpoch(mark(), end({ stakeAfter: alpha(90n) }), of)
    expect(row).toMatchObject({ earned: -10n })
    expect(row?.earnedTao).toBeUndefined()
  })

  test('nothing held and nothing come is no row', () => {
    expect(bookEpoch(mark({ alpha: alpha(0n) }), end({ stakeAfter: alpha(0n) }), of)).toBeUndefined()
  })

  test('counts the epochs that one row spans', () => {
    expect(bookEpoch(mark(), end({ epochBlock: 80 }), of)).toMatchObject({ epochs: 3 })
    expect(bookEpoch(mark({ block: 38 }), end(), of)).toMatchObject({ epochs: 1 })
  })

  test('before + flows + earned = after, always', () => {
    const n = fc.bigInt({ min: 1n, max: 1n << 60n })
    fc.assert(
      fc.property(n, n, fc.bigInt({ min: -(1n << 60n), max: 1n << 60n }), (before, after, flows) => {
        const row = bookEpoch(mark({ alpha: alpha(before), flows }), end({ stakeAfter: alpha(after) }), of)
        expect((row?.stakeBefore ?? 0n) + (row?.flows ?? 0n) + (row?.earned ?? 0n)).toBe(after)
      }),
    )
  })
})
