import { expect, test } from 'vitest'
import type { Intent } from '../signing/intent.ts'
import { rao, ss58 } from '../units/amounts.ts'
import { grantFor } from './grant-for.ts'
import type { ProxyRule } from './proxy.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const rule = (proxyType: string, ...calls: string[]): ProxyRule => ({
  proxyType,
  deprecated: false,
  mode: 'only',
  calls: calls.map((call) => ({ call })),
  exceptions: [],
})
const rules = [rule('Staking', 'SubtensorModule.add_stake_limit'), rule('Transfer', 'Balances')]
const pay: Intent = { kind: 'transfer', to: BOB, amount: rao(1n) }

test('nobody else’s grant counts', () => {
  expect(grantFor([{ delegate: BOB, proxyType: 'Any', delay: 0 }], { delegate: ALICE, inner: pay })).toEqual({
    kind: 'none',
  })
})

test('a type that keeps the call out is refused by its name', () => {
  const grants = [{ delegate: ALICE, proxyType: 'Staking', delay: 0 }]
  expect(grantFor(grants, { delegate: ALICE, inner: pay, rules })).toEqual({ kind: 'may-not', proxyType: 'Staking' })
})

test('of several that let it through, the one without delay is taken', () => {
  const slow = { delegate: ALICE, proxyType: 'Transfer', delay: 9 }
  const quick = { delegate: ALICE, proxyType: 'Transfer', delay: 0 }
  const staking = { delegate: ALICE, proxyType: 'Staking', delay: 0 }
  expect(grantFor([staking, slow], { delegate: ALICE, inner: pay, rules })).toEqual({ kind: 'grant', grant: slow })
  expect(grantFor([slow, quick], { delegate: ALICE, inner: pay, rules })).toEqual({ kind: 'grant', grant: quick })
})

test('a forced type is the only one looked at, and without rules the chain decides', () => {
  const grants = [{ delegate: ALICE, proxyType: 'Staking', delay: 3 }]
  expect(grantFor(grants, { delegate: ALICE, inner: pay, forceType: 'Transfer' })).toEqual({ kind: 'none' })
  expect(grantFor(grants, { delegate: ALICE, inner: pay })).toMatchObject({ kind: 'grant' })
})
