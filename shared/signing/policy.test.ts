import { describe, expect, test } from 'vitest'
import { netuid, rao, ss58 } from '../units/amounts.ts'
import type { Intent } from './intent.ts'
import { isLoosening, type Policy, policyProblem, policyRefusal, samePolicy, strictest, waitOf } from './policy.ts'
import { riskOf } from './risk.ts'

const A = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const B = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const pay = (amount: bigint, to = A): Intent => ({ kind: 'transfer', to, amount: rao(amount) })
const all: Intent = { kind: 'transfer-all', to: A }
const stake = (amount: bigint, subnet = 3): Intent => ({
  kind: 'add-stake',
  hotkey: A,
  netuid: netuid(subnet),
  amount: rao(amount),
  limitPrice: 1n as never,
})
const WEIGHT = { refTime: 1n, proofSize: 1n }
const batch = (...intents: Intent[]): Intent => ({ kind: 'batch', mode: 'all', intents })
const refusal = (policy: Policy, intent: Intent, spent = 0n) => policyRefusal(policy, riskOf(intent), rao(spent))

describe('limits refuse', () => {
  test.each<[string, Policy, Intent, bigint, object]>([
    [
      'a kind',
      { kinds: ['transfer'] },
      stake(1n),
      0n,
      { code: 'policy/kind', kind: 'add-stake', allowed: ['transfer'] },
    ],
    ['a wrapper', { kinds: ['transfer'] }, batch(pay(1n)), 0n, { code: 'policy/kind', kind: 'batch' }],
    ['a kind inside', { kinds: ['batch', 'transfer'] }, batch(pay(1n), stake(1n)), 0n, { kind: 'add-stake' }],
    ['a subnet', { subnets: [netuid(1)] }, stake(1n), 0n, { code: 'policy/subnet', netuid: 3 }],
    ['a recipient', { recipients: [B] }, pay(1n), 0n, { code: 'policy/recipient', recipient: A }],
    [
      'too much at once',
      { mostPerTransaction: rao(9n) },
      pay(10n),
      0n,
      { code: 'policy/per-transaction', limit: 9n, asked: 10n },
    ],
    [
      'too much in parts',
      { mostPerTransaction: rao(9n) },
      batch(pay(5n), stake(5n)),
      0n,
      { code: 'policy/per-transaction', asked: 10n },
    ],
    ['too much a day', { mostPerDay: rao(9n) }, pay(5n), 5n, { code: 'policy/per-day', asked: 5n, spent: 5n }],
    [
      'what is worth nobody knows what',
      { mostPerDay: rao(9n) },
      all,
      0n,
      { code: 'policy/unknown-amount', kind: 'transfer-all' },
    ],
    [
      'a hash',
      { mostPerTransaction: rao(9n) },
      { kind: 'announce-proxied', real: A, callHash: '0x' },
      0n,
      { code: 'policy/unknown-amount' },
    ],
  ])('%s', (_what, policy, intent, spent, error) => {
    expect(refusal(policy, intent, spent)).toMatchObject(error)
  })
})

/** Every way in which one call can stand inside another. */
const WRAPPERS: readonly (readonly [string, (inner: Intent) => Intent])[] = [
  ['proxied', (intent) => ({ kind: 'proxied', real: A, forceType: 'Any', intent })],
  ['proxied-announced', (intent) => ({ kind: 'proxied-announced', delegate: B, real: A, intent })],
  ['batch', (intent) => batch({ kind: 'clear-coldkey-swap' }, intent)],
  [
    'multisig-execute',
    (intent) => ({ kind: 'multisig-execute', threshold: 2, others: [B], intent, maxWeight: WEIGHT }),
  ],
  ['multisig-alone', (intent) => ({ kind: 'multisig-alone', others: [B], intent })],
  ['batch in proxied', (intent) => ({ kind: 'proxied', real: A, intent: batch(intent) })],
]

describe.each(WRAPPERS)('limits look inside: %s', (_name, wrap) => {
  const kindsOf = riskOf(wrap(pay(1n))).kinds
  test.each<[string, Policy, Intent, bigint, object]>([
    ['at once', { mostPerTransaction: rao(9n) }, pay(10n), 0n, { code: 'policy/per-transaction', asked: 10n }],
    ['a day', { mostPerDay: rao(9n) }, stake(5n), 5n, { code: 'policy/per-day', spent: 5n }],
    ['a subnet', { subnets: [netuid(1)] }, stake(1n), 0n, { code: 'policy/subnet', netuid: 3 }],
    ['a recipient', { recipients: [B] }, pay(1n), 0n, { code: 'policy/recipient', recipient: A }],
    ['a kind', { kinds: kindsOf }, stake(1n), 0n, { code: 'policy/kind', kind: 'add-stake' }],
    ['unknown worth', { mostPerDay: rao(9n) }, all, 0n, { code: 'policy/unknown-amount', kind: 'transfer-all' }],
  ])('%s', (_what, policy, inner, spent, error) => {
    expect(refusal(policy, wrap(inner), spent)).toMatchObject(error)
  })
  test('lets pass what is within all of them', () => {
    const policy: Policy = { mostPerTransaction: rao(10n), mostPerDay: rao(10n), recipients: [A], kinds: kindsOf }
    expect(refusal(policy, wrap(pay(10n)))).toBeUndefined()
  })
  test('makes the inner amount wait', () => {
    expect(waitOf({ delay: { above: rao(10n), waitMs: 7 } }, riskOf(wrap(pay(11n))))).toBe(7)
  })
})

describe('a bare hash', () => {
  const approval: Intent = { kind: 'multisig-approve', threshold: 2, others: [B], callHash: '0x', maxWeight: WEIGHT }
  test.each<[string, Policy]>([
    ['recipients', { recipients: [B] }],
    ['subnets', { subnets: [netuid(3)] }],
    ['TAO', { mostPerTransaction: rao(9n) }],
  ])('passes no limit of %s unless its kind is named', (_what, policy) => {
    expect(refusal(policy, approval)).toEqual({ code: 'policy/unknown-amount', kind: 'multisig-approve' })
    expect(refusal({ ...policy, ofUnknownWorth: ['multisig-approve'] }, approval)).toBeUndefined()
    expect(isLoosening(policy, { ...policy, ofUnknownWorth: ['multisig-approve'] })).toBe(true)
    expect(strictest(policy, { ...policy, ofUnknownWorth: ['multisig-approve'] })).toEqual(policy)
  })
  test('limits of both sorts together name nothing that one of them forbids', () => {
    const both = strictest({ recipients: [B] }, { mostPerDay: rao(9n), ofUnknownWorth: ['multisig-approve'] })
    expect(both).toEqual({ mostPerDay: 9n, recipients: [B] })
    expect(strictest({}, { recipients: [B] })).toEqual({ recipients: [B] })
  })
})

describe('limits let pass', () => {
  test.each<[string, Policy, Intent, bigint]>([
    ['anything without limits', {}, all, 0n],
    ['exactly the limit', { mostPerTransaction: rao(10n), mostPerDay: rao(10n) }, pay(10n), 0n],
    ['the rest of the day', { mostPerDay: rao(10n) }, pay(4n), 6n],
    [
      'a sale, with the day’s limit used up',
      { mostPerDay: rao(10n) },
      { kind: 'remove-stake-full', hotkey: A, netuid: netuid(3) },
      10n,
    ],
    ['unknown worth where it is named', { mostPerDay: rao(9n), ofUnknownWorth: ['transfer-all'] }, all, 0n],
  ])('%s', (_what, policy, intent, spent) => {
    expect(refusal(policy, intent, spent)).toBeUndefined()
  })
})

test('large and unknown amounts wait', () => {
  const policy: Policy = { delay: { above: rao(10n), waitMs: 1000 } }
  expect([pay(10n), pay(11n), all].map((intent) => waitOf(policy, riskOf(intent)))).toEqual([0, 1000, 1000])
})

describe('loosening', () => {
  const tight: Policy = {
    mostPerTransaction: rao(10n),
    subnets: [netuid(1)],
    kinds: ['transfer'],
    delay: { above: rao(5n), waitMs: 1000 },
  }
  test.each<[string, Policy, boolean]>([
    ['the same', { ...tight }, false],
    ['less at once', { ...tight, mostPerTransaction: rao(9n) }, false],
    ['another limit besides', { ...tight, mostPerDay: rao(1n) }, false],
    ['more at once', { ...tight, mostPerTransaction: rao(11n) }, true],
    ['no limits', {}, true],
    ['another subnet', { ...tight, subnets: [netuid(1), netuid(2)] }, true],
    ['another subnet instead', { ...tight, subnets: [netuid(2)] }, true],
    ['a shorter wait', { ...tight, delay: { above: rao(5n), waitMs: 999 } }, true],
    ['a higher threshold', { ...tight, delay: { above: rao(6n), waitMs: 1000 } }, true],
    ['unknown worth', { ...tight, ofUnknownWorth: ['transfer-all'] }, true],
  ])('%s', (_what, next, loosens) => {
    expect(isLoosening(tight, next)).toBe(loosens)
  })

  test('what both allow is never more than either allows', () => {
    const other: Policy = { mostPerTransaction: rao(20n), mostPerDay: rao(7n), subnets: [netuid(1), netuid(2)] }
    const both = strictest(tight, other)
    expect(isLoosening(tight, both) || isLoosening(other, both)).toBe(false)
    expect(samePolicy(both, { ...tight, mostPerDay: rao(7n) })).toBe(true)
  })
})

test('rules that make no sense are refused', () => {
  expect(policyProblem({ delay: { above: rao(1n), waitMs: 0 } })).toEqual({ code: 'policy/bad', what: 'waitMs' })
  expect(policyProblem({ kinds: ['transfer', 'transfer'] })).toEqual({ code: 'policy/bad', what: 'kinds' })
  expect(policyProblem({ kinds: [] })).toBeUndefined()
})
