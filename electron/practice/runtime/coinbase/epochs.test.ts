import { describe, expect, it } from 'vitest'
import { keysOf, subnetOwner, validator } from '../../seed/accounts.ts'
import { SUBNETS } from '../../seed/subnets.ts'
import { subtensorModule } from '../core/pallets.ts'
import { stakeOf } from '../stake/ledger.ts'
import { chat, differences, TAO } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'

const s = subtensorModule.storage

describe('epochs', () => {
  it('pay owners, miners and validators from the first one on', () => {
    const chain = new TestChain()
    chain.advance(26)
    for (const { netuid, started, miners, validators } of SUBNETS) {
      const emission = chain.store.get(s.Emission, netuid)
      const owner = keysOf(subnetOwner(netuid))
      const cut = stakeOf(chain.store, { ...owner, netuid })
      if (!started) {
        expect(cut).toBe(0n)
        continue
      }
      const [lead] = validators
      expect(cut).toBeGreaterThan(2n * TAO)
      expect(emission[0]).toBeGreaterThan(0n)
      expect(emission.slice(validators.length).filter((alpha) => alpha > 0n).length).toBeGreaterThan(miners / 2)
      const { hotkey } = keysOf(validator(lead ?? 0))
      expect(chain.store.get(s.AlphaDividendsPerSubnet, netuid, hotkey)).toBeGreaterThan(0n)
    }
    expect(chain.store.get(s.RootAlphaDividendsPerSubnet, 2, chat.hotkey)).toBeGreaterThan(0n)
    expect(differences(chain)).toEqual([])
  })

  it('issue half a TAO per block at most', () => {
    const chain = new TestChain()
    const before = chain.store.get(s.TotalIssuance)
    chain.advance(10)
    const issued = chain.store.get(s.TotalIssuance) - before
    expect(issued).toBeLessThanOrEqual(5n * TAO)
    expect(issued).toBeGreaterThan(3n * TAO)
    expect(differences(chain)).toEqual([])
  })
})
