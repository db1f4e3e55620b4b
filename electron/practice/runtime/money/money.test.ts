import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, BOB } from '../../seed/accounts.ts'
import { system } from '../core/pallets.ts'
import { alice, chat, differences, free, staking, TAO, transferTo } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'

describe('money', () => {
  it('moves TAO, takes the fee and refuses to end an account', () => {
    const chain = new TestChain()
    const before = free(chain, alice)
    const receipt = chain.send(ALICE, transferTo(accountOf(BOB), 5n * TAO))
    expect(receipt.ok).toBe(true)
    const fee = before - 5n * TAO - free(chain, alice)
    expect(fee).toBeGreaterThan(50_000n)
    expect(fee).toBeLessThan(300_000n)
    const poor = accountOf('//Poor')
    chain.send(ALICE, transferTo(poor, TAO))
    expect(chain.send('//Poor', transferTo(alice, TAO - 400_000n)).ok).toBe(true)
    // The same call again costs the same fee, and would leave 100 rao.
    const poorFee = 400_000n - free(chain, poor)
    const almostAll = transferTo(alice, free(chain, poor) - poorFee - 100n)
    expect(chain.send('//Poor', almostAll).error).toBe('Token.NotExpendable')
    expect(chain.send(ALICE, transferTo(accountOf('//Nobody'), 499n)).error).toBe('Token.BelowMinimum')
    expect(chain.send(ALICE, transferTo(poor, 2_000_000n * TAO)).error).toBe('Token.FundsUnavailable')
    expect(differences(chain)).toEqual([])
  })

  it('reaps an account that sends everything, dust included', () => {
    const chain = new TestChain()
    const poor = accountOf('//Poor')
    chain.send(ALICE, transferTo(poor, TAO))
    const all = {
      type: 'Balances',
      value: { type: 'transfer_all', value: { dest: { type: 'Id', value: alice }, keep_alive: false } },
    }
    const receipt = chain.send('//Poor', all)
    expect(receipt.events.some(({ value }) => value.type === 'KilledAccount')).toBe(true)
    expect(chain.store.has(system.storage.Account, poor)).toBe(false)
    expect(differences(chain)).toEqual([])
  })
})

describe('batches', () => {
  const good = transferTo(accountOf(BOB), TAO)
  const bad = staking('add_stake', { hotkey: chat.hotkey, netuid: 99, amount_staked: TAO })
  const batch = (type: string, calls: object[]) => ({ type: 'Utility', value: { type, value: { calls } } })
  const names = (events: readonly { value: { type: string } }[]) => events.map(({ value }) => value.type)

  it('stop, roll back or go on, as they say', () => {
    const chain = new TestChain()
    const bob = accountOf(BOB)
    const start = free(chain, bob)
    const stopped = chain.send(ALICE, batch('batch', [good, bad, good]))
    expect(names(stopped.events)).toContain('BatchInterrupted')
    expect(free(chain, bob) - start).toBe(TAO)
    const rolledBack = chain.send(ALICE, batch('batch_all', [good, bad]))
    expect(rolledBack.error).toBe('SubtensorModule.SubnetNotExists')
    expect(names(rolledBack.events)).not.toContain('Transfer')
    expect(free(chain, bob) - start).toBe(TAO)
    const forced = chain.send(ALICE, batch('force_batch', [bad, good]))
    expect(names(forced.events)).toEqual(
      expect.arrayContaining(['ItemFailed', 'ItemCompleted', 'BatchCompletedWithErrors']),
    )
    expect(free(chain, bob) - start).toBe(2n * TAO)
    expect(differences(chain)).toEqual([])
  })
})
