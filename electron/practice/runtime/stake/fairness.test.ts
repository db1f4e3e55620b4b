import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALICE } from '../../seed/accounts.ts'
import { alice, chat, differences, free, staking, TAO } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'
import { stakeOf } from './ledger.ts'

const netuid = fc.constantFrom(0, 1, 2, 3, 4, 5, 7)
const step = fc.record({
  kind: fc.constantFrom('add', 'remove', 'swap', 'block'),
  netuid,
  other: netuid,
  tao: fc.bigInt(2_100_000n, 1_000n * TAO),
  percent: fc.bigInt(1n, 100n),
})

function take(
  chain: TestChain,
  one: { kind: string; netuid: number; other: number; tao: bigint; percent: bigint },
): void {
  const held = stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: one.netuid })
  const alpha = (held * one.percent) / 100n
  const { hotkey } = chat
  if (one.kind === 'add')
    chain.send(ALICE, staking('add_stake', { hotkey, netuid: one.netuid, amount_staked: one.tao }))
  if (one.kind === 'remove')
    chain.send(ALICE, staking('remove_stake', { hotkey, netuid: one.netuid, amount_unstaked: alpha }))
  if (one.kind === 'swap')
    chain.send(
      ALICE,
      staking('swap_stake', { hotkey, origin_netuid: one.netuid, destination_netuid: one.other, alpha_amount: alpha }),
    )
  if (one.kind === 'block') chain.advance(7)
}

describe('any history of trades', () => {
  it('leaves the books balanced', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 12 }), (steps) => {
        const chain = new TestChain()
        for (const one of steps) take(chain, one)
        expect(differences(chain)).toEqual([])
      }),
      { numRuns: 12 },
    )
  })

  it('never makes a round trip profitable', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2, 3, 4, 5, 7), fc.bigInt(3_000_000n, 400n * TAO), (id, tao) => {
        const chain = new TestChain()
        const before = free(chain, alice)
        const bought = chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: id, amount_staked: tao }))
        const held = stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: id })
        const sold = chain.send(
          ALICE,
          staking('remove_stake', { hotkey: chat.hotkey, netuid: id, amount_unstaked: held }),
        )
        // Both fees of both transactions included, something is always gone.
        expect(free(chain, alice)).toBeLessThan(before)
        if (bought.ok) expect(sold.ok || sold.error === 'SubtensorModule.AmountTooLow').toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})
