import { describe, expect, test } from 'vitest'
import { netuid, rao, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { mayAct, type ProxyRule, permits, risksOf } from './proxy.ts'

const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const rule = (changed: Partial<ProxyRule>): ProxyRule => ({
  proxyType: 'Staking',
  deprecated: false,
  mode: 'only',
  calls: [],
  exceptions: [],
  ...changed,
})
const stake = {
  kind: 'add-stake',
  hotkey: BOB,
  netuid: netuid(1),
  amount: rao(1n),
  limitPrice: raoPerAlpha(1n),
} as const

describe('what a proxy type may do', () => {
  test.each([
    ['everything', [], true],
    ['nothing', [{ call: 'Balances' }], false],
    ['only', [], false],
    ['only', [{ call: 'Balances.transfer_keep_alive' }], true],
    ['only', [{ call: 'Balances' }], true],
    ['only', [{ call: 'Balances.transfer_all' }], false],
    ['all-but', [], true],
    ['all-but', [{ call: 'Balances' }], false],
  ] as const)('%s of %j: %s', (mode, calls, allowed) => {
    expect(permits(rule({ mode, calls }), 'Balances.transfer_keep_alive')).toBe(allowed)
  })

  test('an exception turns the answer round', () => {
    const exceptions = [{ call: 'Balances.transfer_all' }]
    expect(permits(rule({ mode: 'all-but', calls: [{ call: 'Balances' }], exceptions }), 'Balances.transfer_all')).toBe(
      true,
    )
    expect(permits(rule({ calls: [{ call: 'Balances' }], exceptions }), 'Balances.transfer_all')).toBe(false)
  })

  test('is asked by the call that an intent makes', () => {
    const staking = rule({ calls: [{ call: 'SubtensorModule.add_stake_limit' }] })
    expect(mayAct(staking, stake)).toBe(true)
    expect(mayAct(staking, { kind: 'transfer', to: BOB, amount: rao(1n) })).toBe(false)
    expect(mayAct(staking, { kind: 'remove-proxies' })).toBeUndefined()
  })
})

describe('the risk of a grant', () => {
  test('of a type that the chain does not list is unknown, never none', () => {
    expect(risksOf('Staking', [])).toEqual(['unknown-type'])
  })
  test('follows from the chain list alone', () => {
    expect(risksOf('Staking', [rule({ calls: [{ call: 'SubtensorModule.add_stake_limit' }] })])).toEqual([])
    expect(risksOf('Staking', [rule({ mode: 'everything' })])).toEqual([
      'can-move-tao',
      'can-give-stake-away',
      'can-add-proxies',
    ])
  })
})
