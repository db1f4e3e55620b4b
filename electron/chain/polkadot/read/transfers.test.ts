import { expect, test } from 'vitest'
import { ss58, U64_MAX } from '../../../../shared/units/amounts.ts'
import type { ChainEvent } from '../tx/events.ts'
import { transfersIn } from './transfers.ts'

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const CAROL = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const event = (name: string, value: unknown): ChainEvent => ({ extrinsic: 1, name, value })
const transfer = (from: string, to: string, amount: bigint) => event('Balances.Transfer', { from, to, amount })

test('takes transfers from and to own accounts, with their place, and nothing else', () => {
  const events = [
    event('System.ExtrinsicSuccess', {}),
    transfer(BOB, CAROL, 1n),
    transfer(OWN, BOB, U64_MAX),
    event('Balances.Withdraw', { who: OWN, amount: 5n }),
    transfer(CAROL, OWN, 2n),
    transfer(OWN, OWN, 3n),
  ]
  expect(transfersIn(events, new Set([OWN]), 7)).toEqual([
    { block: 7, position: 2, from: OWN, to: BOB, amount: U64_MAX },
    { block: 7, position: 4, from: CAROL, to: OWN, amount: 2n },
    { block: 7, position: 5, from: OWN, to: OWN, amount: 3n },
  ])
  expect(transfersIn(events, new Set(), 7)).toEqual([])
})

test('refuses an event that it cannot read, rather than miss a payment', () => {
  expect(() => transfersIn([event('Balances.Transfer', { from: OWN })], new Set([OWN]), 7)).toThrow()
})
