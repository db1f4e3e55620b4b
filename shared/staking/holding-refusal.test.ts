import { expect, test } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { holdingRefusal } from './holding-refusal.ts'
import type { HoldingState, SubnetHolding } from './holding-state.ts'

const hotkey = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const one = netuid(1)
const place = { subnetKnown: true, hotkeyKnown: true, registered: true, position: alpha(10n) }
const stateWith = (holding: Omit<SubnetHolding, 'netuid'>): HoldingState => ({
  atBlock: 100,
  coldkey: hotkey,
  features: { locks: true, destroy: true, autoStake: true, baskets: true, orders: true, shield: true },
  subnets: [{ netuid: one, ...holding }],
  root: { byValidator: [{ hotkey, owed: rao(0n) }] },
  orders: {},
  shieldKey: { present: false },
})
const burn = { kind: 'burn-alpha', hotkey, netuid: one, amount: alpha(10n) } as const
const refusal = (intent: Parameters<typeof holdingRefusal>[0], holding: Omit<SubnetHolding, 'netuid'>) =>
  holdingRefusal(intent, { state: stateWith(holding), place, txFee: rao(1n) })?.code

test('what the chain does not tell of a subnet is no reason to refuse; what it tells is', () => {
  expect(refusal(burn, {})).toBeUndefined()
  expect(refusal(burn, { total: alpha(10n), available: alpha(9n) })).toBe('stake/not-enough-alpha')
  expect(refusal({ ...burn, amount: alpha(11n) }, {})).toBe('stake/not-enough-alpha')
  const lock = { ...burn, kind: 'lock-stake' } as const
  expect(refusal(lock, {})).toBeUndefined()
  expect(refusal(lock, { total: alpha(9n), available: alpha(9n) })).toBe('lock/more-than-stake')
})

test('a lock need not be there for its decay to be set, but it must change', () => {
  const set = { kind: 'set-perpetual-lock', netuid: one } as const
  expect(refusal({ ...set, enabled: false }, { perpetual: false })).toBe('stake/nothing-to-do')
  expect(refusal({ ...set, enabled: true }, { perpetual: false })).toBeUndefined()
  expect(refusal({ ...set, enabled: true }, { perpetual: true })).toBe('stake/nothing-to-do')
})

test('nothing is claimed of a validator that owes nothing', () => {
  expect(refusal({ kind: 'claim-root-of', hotkey }, {})).toBe('root/nothing-owed')
})
