import { describe, expect, test } from 'vitest'
import { ss58 } from '../units/amounts.ts'
import { alarming, type ColdkeySwap, judgeSwaps } from './coldkey-swap.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HASH = `0x${'aB'.repeat(32)}`
const swap: ColdkeySwap = { coldkey: ALICE, executableAt: 150, clearableAt: 180, newColdkeyHash: HASH }
const at = (atBlock: number, changed: Partial<ColdkeySwap> = {}) => ({
  atBlock,
  delayBlocks: 50,
  waitBlocks: 30,
  swaps: [{ ...swap, ...changed }],
})
const mine = { coldkey: ALICE, newColdkey: BOB, newColdkeyHash: HASH.toLowerCase() }

describe('an announcement', () => {
  test('that nobody here made is foreign, and alarms', () => {
    const judged = judgeSwaps(at(100), [])
    expect(judged).toEqual([{ swap, stage: 'waiting', blocksLeft: 50, blocksUntilClear: 80, foreign: true }])
    expect(alarming(judged)).toEqual(judged)
  })

  test('of another coldkey of ours with the same hash is foreign all the same', () => {
    expect(judgeSwaps(at(100), [{ ...mine, coldkey: BOB }])[0]?.foreign).toBe(true)
  })

  test('that was confirmed here names the new coldkey and does not alarm', () => {
    const judged = judgeSwaps(at(100), [mine])
    expect(judged[0]).toMatchObject({ foreign: false, newColdkey: BOB })
    expect(alarming(judged)).toEqual([])
  })

  test.each([
    [149, 'waiting', 1],
    [150, 'ready', 0],
    [900, 'ready', 0],
  ] as const)('at block %i is %s with %i blocks left', (block, stage, blocksLeft) => {
    expect(judgeSwaps(at(block), [])[0]).toMatchObject({ stage, blocksLeft })
  })

  test('that was disputed is frozen: it alarms no more, and stays foreign', () => {
    const judged = judgeSwaps(at(160, { disputedAt: 140 }), [])
    expect(judged[0]).toMatchObject({ stage: 'disputed', foreign: true })
    expect(alarming(judged)).toEqual([])
  })

  test('can be cleared only after the wait', () => {
    expect(judgeSwaps(at(179), [])[0]?.blocksUntilClear).toBe(1)
    expect(judgeSwaps(at(180), [])[0]?.blocksUntilClear).toBe(0)
  })
})
