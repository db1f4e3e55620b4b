import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, BOB, keysOf, miner } from '../seed/accounts.ts'
import { subtensorModule } from './core/pallets.ts'
import { alice, chat, differences, free, staking, TAO, transferTo } from './testing/books.ts'
import { TestChain } from './testing/test-chain.ts'

const s = subtensorModule.storage

describe('genesis', () => {
  it('has balanced books, and the same number makes the same chain', () => {
    const chain = new TestChain(7)
    expect(differences(chain)).toEqual([])
    expect(free(chain, alice)).toBe(1_000_000n * TAO)
    expect(new TestChain(7).stateHash()).toBe(chain.stateHash())
    expect(new TestChain(8).stateHash()).not.toBe(chain.stateHash())
  })
})

describe('the pool', () => {
  it('refuses what cannot be right', () => {
    const chain = new TestChain()
    const call = transferTo(accountOf(BOB), TAO)
    const bytes = chain.sign(ALICE, call)
    expect(chain.validate(bytes)).toMatchObject({ ok: true, sender: alice, nonce: 0 })
    const forged = new Uint8Array(bytes)
    forged[50] = (forged[50] ?? 0) ^ 1
    expect(chain.validate(forged)).toMatchObject({ ok: false, code: 'bad-proof' })
    expect(chain.validate(bytes.subarray(0, 80))).toMatchObject({ ok: false, code: 'bad-call' })
    expect(chain.validate(chain.sign('//Nobody', call))).toMatchObject({ ok: false, code: 'payment' })
    expect(chain.validate(chain.sign(ALICE, call, 5))).toMatchObject({ ok: true, nonce: 5 })
    chain.send(ALICE, call)
    expect(chain.validate(bytes)).toMatchObject({ ok: false, code: 'stale' })
  })
})

describe('determinism', () => {
  it('same seed and same extrinsics give the same state', () => {
    const run = (): string => {
      const chain = new TestChain(3)
      chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 7n * TAO }))
      chain.send(ALICE, staking('burned_register', { netuid: 4, hotkey: accountOf('//X') }))
      chain.advance(25)
      return chain.stateHash()
    }
    expect(run()).toBe(run())
  })
})

describe('seeded people', () => {
  it('own their hotkeys', () => {
    const chain = new TestChain()
    for (const n of [0, 57, 199]) {
      const keys = keysOf(miner(n))
      expect(chain.store.get(s.Owner, keys.hotkey)).toBe(keys.coldkey)
    }
  })
})
