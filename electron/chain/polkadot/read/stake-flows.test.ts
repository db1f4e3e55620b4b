import { describe, expect, test } from 'vitest'
import { ss58 } from '../../../../shared/units/amounts.ts'
import type { ChainEvent } from '../tx/events.ts'
import { flowsIn } from './stake-flows.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const OTHER = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HOTKEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const event = (name: string, value: unknown, extrinsic = 1): ChainEvent => ({
  extrinsic,
  name: `SubtensorModule.${name}`,
  value,
})
const added = (who: string, alpha: bigint, netuid = 3) => event('StakeAdded', [who, HOTKEY, 500n, alpha, netuid, 9n])
const removed = (who: string, alpha: bigint, fee: bigint) => event('StakeRemoved', [who, HOTKEY, 500n, alpha, 3, fee])

describe('own flows of stake', () => {
  test('a purchase adds its alpha; a sale takes its alpha and the fee, which is alpha', () => {
    expect(flowsIn([added(ME, 100n), removed(ME, 70n, 2n)], ME)).toEqual([
      { hotkey: HOTKEY, netuid: 3, alpha: 100n, feeAlpha: 0n, feeTao: 9n },
      { hotkey: HOTKEY, netuid: 3, alpha: -72n, feeAlpha: 2n, feeTao: 0n },
    ])
  })

  test('a move counts by its pair, not by its own event as well', () => {
    const moved = event('StakeMoved', [ME, HOTKEY, 3, OTHER, 4, 500n])
    const flows = flowsIn([removed(ME, 70n, 0n), added(ME, 35n, 4), moved], ME)
    expect(flows.map(({ netuid, alpha }) => [netuid, alpha])).toEqual([
      [3, -70n],
      [4, 35n],
    ])
  })

  test('stake received from another coldkey counts, what the other one lost does not', () => {
    expect(flowsIn([removed(OTHER, 70n, 0n), added(ME, 70n)], ME)).toMatchObject([
      { hotkey: HOTKEY, netuid: 3, alpha: 70n },
    ])
  })

  test('destroyed alpha and fees paid in alpha leave the position that they came from', () => {
    const fee = event('TransactionFeePaidWithAlpha', { who: ME, netuid: 3, alpha_fee: 5n, tao_amount: 1n })
    const burned = event('AlphaBurned', [ME, HOTKEY, 11n, 3])
    expect(flowsIn([fee, removed(ME, 70n, 2n), burned], ME).map((flow) => flow.alpha)).toEqual([-5n, -72n, -11n])
  })

  test('a fee that is also reported as sold alpha counts once', () => {
    const fee = event('TransactionFeePaidWithAlpha', { who: ME, netuid: 3, alpha_fee: 5n, tao_amount: 1n })
    const sold = event('StakeRemoved', [ME, HOTKEY, 1n, 5n, 3, 0n])
    expect(flowsIn([sold, removed(ME, 70n, 2n), fee], ME).map((flow) => flow.alpha)).toEqual([-5n, -72n])
    const elsewhere = event('StakeRemoved', [ME, HOTKEY, 1n, 5n, 3, 0n], 2)
    expect(flowsIn([elsewhere, removed(ME, 70n, 2n), fee], ME).map((flow) => flow.alpha)).toEqual([-5n, -72n, -5n])
  })

  test('fees are told apart: alpha that was sold for one, and TAO with the first move of its transaction', () => {
    const fee = event('TransactionFeePaidWithAlpha', { who: ME, netuid: 3, alpha_fee: 5n, tao_amount: 1n })
    const sold = event('StakeRemoved', [ME, HOTKEY, 1n, 5n, 3, 0n])
    expect(flowsIn([sold, removed(ME, 70n, 2n), fee], ME).map(({ feeAlpha }) => feeAlpha)).toEqual([5n, 2n])
    const paid = (who: string): ChainEvent => ({
      extrinsic: 1,
      name: 'TransactionPayment.TransactionFeePaid',
      value: { who, actual_fee: 7n, tip: 0n },
    })
    const fees = (who: string) => flowsIn([removed(ME, 70n, 2n), added(ME, 35n), paid(who)], ME).map((f) => f.feeTao)
    expect(fees(ME)).toEqual([7n, 9n])
    expect(fees(OTHER)).toEqual([0n, 9n])
  })

  test('a fee whose position is unknown is an error, not a guess; that of others is no concern', () => {
    const fee = (who: string) => event('TransactionFeePaidWithAlpha', { who, netuid: 3, alpha_fee: 5n, tao_amount: 1n })
    expect(() => flowsIn([fee(ME)], ME)).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ code: 'chain/bad-answer' }) }),
    )
    expect(flowsIn([fee(OTHER)], ME)).toEqual([])
  })

  test('an event whose fields changed is refused', () => {
    expect(() => flowsIn([event('StakeAdded', [ME, HOTKEY])], ME)).toThrow()
  })
})
