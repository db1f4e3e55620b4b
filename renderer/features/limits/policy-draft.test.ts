import { describe, expect, test } from 'vitest'
import { INTENT_KINDS } from '../../../shared/signing/intent.ts'
import { type Policy, policyRefusal } from '../../../shared/signing/policy.ts'
import { riskOf } from '../../../shared/signing/risk.ts'
import { netuid, rao, ss58 } from '../../../shared/units/amounts.ts'
import { EVERY_INTENT } from '../../../test/support/signing/every-intent.ts'
import { draftOf, readDraft, UNCHECKED_KINDS } from './policy-draft.ts'

const A = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const NONE = draftOf({})

test.each<[string, Policy]>([
  ['no limits', {}],
  ['nothing allowed', { kinds: [], subnets: [], recipients: [] }],
  [
    'all of them',
    {
      mostPerTransaction: rao(1_500_000_000n),
      mostPerDay: rao(1n),
      subnets: [netuid(0), netuid(64)],
      kinds: ['transfer', 'batch'],
      recipients: [ss58(A)],
      ofUnknownWorth: ['transfer-all'],
      delay: { above: rao(0n), waitMs: 60_000 },
    },
  ],
])('%s: shown and read again, nothing has changed', (_name, policy) => {
  expect(readDraft(draftOf(policy))).toEqual({ ok: true, value: policy })
})

describe('is not understood', () => {
  test.each([
    ['an amount with a comma', { perTransaction: '1,5' }, 'perTransaction'],
    ['ten decimals', { perDay: '0.0000000001' }, 'perDay'],
    ['a negative threshold', { delayAbove: '-1' }, 'delayAbove'],
    ['a subnet that cannot be', { onlySubnets: true, subnets: '1, 65536' }, 'subnets'],
    ['a subnet twice', { onlySubnets: true, subnets: '1 1' }, 'subnets'],
    ['half an address', { onlyRecipients: true, recipients: `${A}\n${A.slice(0, 40)}` }, 'recipients'],
    ['an address twice', { onlyRecipients: true, recipients: `${A}\n\n${A}` }, 'recipients'],
  ] as const)('%s', (_name, typed, field) => {
    const read = readDraft({ ...NONE, ...typed })
    expect(read.ok).toBe(false)
    expect(!read.ok && Object.keys(read.error)).toEqual([field])
  })
  test('a list that is off is not looked at', () => {
    expect(readDraft({ ...NONE, subnets: 'x', recipients: 'x' })).toEqual({ ok: true, value: {} })
  })
})

test('every kind for which a limit cannot be checked can be let pass here, and no other', () => {
  const tight: Policy = { mostPerDay: rao(0n), recipients: [], subnets: [] }
  const open: Policy = { mostPerDay: rao((1n << 64n) - 1n) }
  const asked = (kind: string) => EVERY_INTENT.filter((intent) => intent.kind === kind)
  const unchecked = INTENT_KINDS.filter((kind) =>
    asked(kind).some((intent) => policyRefusal({ ...open }, riskOf(intent), rao(0n))?.code === 'policy/unknown-amount'),
  )
  expect([...unchecked].sort()).toEqual([...UNCHECKED_KINDS].sort())
  expect(policyRefusal(tight, riskOf({ kind: 'remove-proxies' }), rao(0n))).toBeUndefined()
})
