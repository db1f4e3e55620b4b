import { expect, test } from 'vitest'
import { ss58 } from '../../../../shared/units/amounts.ts'
import type { ChainEvent } from './events.ts'
import { placePaidIn } from './place-paid.ts'

const OWN = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const HOTKEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const event = (name: string, value: unknown): ChainEvent => ({ extrinsic: 1, name, value })
const withdraw = (who: string, amount: bigint) => event('Balances.Withdraw', { who, amount })
const registered = event('SubtensorModule.NeuronRegistered', [2, 35, HOTKEY])

test('a place cost what left the account besides the fee, whose surplus came back', () => {
  const events = [
    withdraw(OWN, 70n),
    withdraw(OWN, 1_000n),
    registered,
    event('Balances.Deposit', { who: OWN, amount: 20n }),
  ]
  expect(placePaidIn(events, OWN, 50n)).toBe(1_000n)
})

test('a part that goes to the pool of the subnet is paid, too', () => {
  const events = [
    withdraw(OWN, 50n),
    withdraw(OWN, 600n),
    event('Balances.Transfer', { from: OWN, to: HOTKEY, amount: 400n }),
    registered,
  ]
  expect(placePaidIn(events, OWN, 50n)).toBe(1_000n)
})

test.each<[string, readonly ChainEvent[], bigint | undefined]>([
  ['no place was bought', [withdraw(OWN, 1_050n)], 50n],
  ['somebody else paid it', [withdraw(OWN, 50n), withdraw(HOTKEY, 1_000n), registered], 50n],
  ['the fee is not known', [withdraw(OWN, 1_050n), registered], undefined],
])('nothing is said where %s', (_why, events, fee) => {
  expect(placePaidIn(events, OWN, fee)).toBeUndefined()
})
