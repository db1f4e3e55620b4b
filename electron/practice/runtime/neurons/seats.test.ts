import { expect, it } from 'vitest'
import { keysOf, subnetOwner } from '../../seed/accounts.ts'
import { subtensorModule } from '../core/pallets.ts'
import { staking } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'
import { seatsOf } from './seats.ts'

const NETUID = 1
const owner = subnetOwner(NETUID)

it('keeps one place of a subnet’s owner: the oldest, and the owner hotkey’s before all', () => {
  const chain = new TestChain()
  const register = (hotkey: string): void => {
    expect(chain.send(owner.coldkeyUri, staking('burned_register', { netuid: NETUID, hotkey })).ok).toBe(true)
  }
  const kept = (): string[] =>
    seatsOf({ store: chain.store, block: chain.number, emit: () => undefined }, NETUID)
      .filter(({ immortal }) => immortal)
      .map(({ uid }) => chain.store.get(subtensorModule.storage.Keys, NETUID, uid))
  const [older, newer] = [chain.account('//Seats//older'), chain.account('//Seats//newer')]
  expect(kept()).toEqual([])
  register(older)
  register(newer)
  expect(kept()).toEqual([older])
  const { hotkey } = keysOf(owner)
  register(hotkey)
  expect(kept()).toEqual([hotkey])
  chain.store.set(subtensorModule.storage.ImmuneOwnerUidsLimit, [NETUID], 2)
  expect(kept()).toEqual([older, hotkey])
})
