import { expect, test } from 'vitest'
import { contract } from '../../shared/contract/contract.ts'
import { nearNames } from './near-names.ts'

const NAMES = Object.keys(contract)

test.each([
  ['wallet.importWord', 'wallet.importWords'],
  ['walet.importWords', 'wallet.importWords'],
  ['WALLET.IMPORTWORDS', 'wallet.importWords'],
  ['netwrok.status', 'network.status'],
])('%s may have been %s', (typed, meant) => {
  expect(nearNames(typed, NAMES)[0]).toBe(meant)
})

test('the beginning of a verb finds those of its part', () => {
  expect(nearNames('earnings.epoch', NAMES)).toContain('earnings.epochs')
})

test.each(['', 'x', 'practice.faucet', 'no.channel', '.', 'toString'])('nothing is like %j', (typed) => {
  expect(nearNames(typed, NAMES)).toEqual([])
})

test('three at most', () => {
  expect(nearNames('wallet.imp', NAMES).length).toBeLessThanOrEqual(3)
})
