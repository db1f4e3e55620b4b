import { expect, test } from 'vitest'
import { PreparedPlans } from './prepared-plans.ts'

test('what was prepared under other rules is thrown away, and it is said why', () => {
  let spec: number | undefined = 400
  const plans = new PreparedPlans<string>(() => spec)
  plans.put('a', 'plan')
  expect(plans.get('a')).toEqual({ ok: true, value: 'plan' })
  // Not connected for a moment: nothing is known to have changed.
  spec = undefined
  expect(plans.get('a')).toEqual({ ok: true, value: 'plan' })
  spec = 401
  expect(plans.get('a')).toEqual({ ok: false, error: { code: 'chain/runtime-changed', from: 400, to: 401 } })
  expect(plans.get('a')).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
})

test('keeps the newest sixteen', () => {
  const plans = new PreparedPlans<number>(() => 1)
  for (let n = 0; n < 17; n++) plans.put(`${n}`, n)
  expect(plans.get('0')).toMatchObject({ ok: false })
  expect(plans.get('1')).toEqual({ ok: true, value: 1 })
})
