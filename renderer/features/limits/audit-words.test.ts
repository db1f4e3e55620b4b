import { describe, expect, test } from 'vitest'
import { type AuditEntry, canonicalJson } from '../../../shared/signing/audit.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { ALICE, BOB, EVERY_INTENT } from '../../../test/support/signing/every-intent.ts'
import { INTENT_WORDS } from '../../format/intent-words.ts'
import { forWhom, whatOf } from './audit-words.ts'

const line = (intent: Intent): AuditEntry => ({
  seq: 1,
  prev: '',
  hash: '',
  atMs: 0,
  what: 'call',
  decision: 'signed',
  intent: canonicalJson(intent),
})

test.each(EVERY_INTENT.map((intent) => [intent.kind, intent] as const))('%s has its name', (kind, intent) => {
  expect(whatOf(line(intent)).startsWith(INTENT_WORDS[kind].name)).toBe(true)
})

describe('for whom', () => {
  const transfer: Intent = { kind: 'transfer', to: BOB, amount: 5n as never }
  test('who gets it, through every wrapper', () => {
    expect(forWhom(line(transfer))).toEqual([BOB])
    expect(forWhom(line({ kind: 'proxied', real: ALICE, intent: transfer }))).toEqual([BOB])
    expect(forWhom(line({ kind: 'batch', mode: 'all', intents: [transfer, transfer] }))).toEqual([BOB])
  })
  test('nobody where nobody is named', () => {
    expect(forWhom(line({ kind: 'remove-proxies' }))).toEqual([])
    expect(forWhom({ ...line(transfer), intent: '{"kind"' })).toEqual([])
  })
})

test('what this version does not know is said so, and what is no call has its own words', () => {
  expect(whatOf({ ...line(EVERY_INTENT[0] as Intent), intent: '{"kind":"new-thing"}' })).toMatch(/does not know/)
  expect(whatOf({ ...line(EVERY_INTENT[0] as Intent), intent: 'no json' })).toBe('A transaction')
  expect(whatOf({ seq: 1, prev: '', hash: '', atMs: 0, what: 'rules', decision: 'noted' })).toBe('Limits')
})
