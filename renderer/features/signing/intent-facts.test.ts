import { describe, expect, test } from 'vitest'
import type { Intent } from '../../../shared/signing/intent.ts'
import { ALICE, BOB, EVERY_INTENT, OTHER } from '../../../test/support/signing/every-intent.ts'
import { type FactValue, factsOf, type IntentFact } from './intent-facts.ts'

const CARRIED = new Set(['kind', 'intent', 'intents'])
const written = (value: FactValue): string => {
  switch (value.as) {
    case 'account':
      return value.address
    case 'accounts':
      return value.addresses.join(' ')
    case 'subnet':
      return String(value.netuid)
    case 'text':
    case 'code':
      return value.text
    default:
      return String(value.amount)
  }
}
/** Every atom of a field's value: what a reader must find on the screen. */
const atoms = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(atoms) : [String(value)]
const factOf = (intent: Intent, field: string): IntentFact | undefined =>
  factsOf(intent).find((fact) => fact.field === field)

/** Fields whose value is a choice: their words are checked one by one below. */
const IN_WORDS = new Set([
  ...['mode', 'allowPartial', 'delay', 'allowDeath', 'keepAlive', 'enabled', 'order', 'subnets'],
  'keepStake',
])

describe.each(EVERY_INTENT.map((intent, at) => [`${at} ${intent.kind}`, intent] as const))('%s', (_name, intent) => {
  const fields = Object.entries(intent).filter(([field]) => !CARRIED.has(field))
  test('shows every field, with its whole value', () => {
    for (const [field, value] of fields) {
      const fact = factOf(intent, field)
      expect(fact, field).toBeDefined()
      if (fact && !IN_WORDS.has(field))
        for (const atom of atoms(value)) expect(written(fact.value), field).toContain(atom)
    }
  })
  test('says nothing of a field that it does not have, but what its absence means', () => {
    const meaningful = [
      'limitPrice',
      'allowPartial',
      'allowDeath',
      'keepAlive',
      'forceType',
      'timepoint',
      'version',
      'protocol',
      // A hotkey is replaced on all subnets.
      'netuid',
    ]
    for (const { field, value } of factsOf(intent))
      if (!fields.some(([name]) => name === field)) {
        expect(meaningful).toContain(field)
        expect(value.as).toBe('text')
      }
  })
})

test.each<[string, Intent, string, string]>([
  [
    'a sale at any price',
    { kind: 'remove-stake-full', hotkey: ALICE, netuid: 3 as never },
    'limitPrice',
    'none: at any price',
  ],
  ['a transfer', { kind: 'transfer', to: BOB, amount: 1n as never }, 'allowDeath', 'keeps the sending account open'],
  [
    'one that may close',
    { kind: 'transfer', to: BOB, amount: 1n as never, allowDeath: true },
    'allowDeath',
    'may close the sending account',
  ],
  ['all of it', { kind: 'transfer-all', to: BOB }, 'keepAlive', 'closes the sending account'],
  [
    'all but the least',
    { kind: 'transfer-all', to: BOB, keepAlive: true },
    'keepAlive',
    'keeps the sending account open',
  ],
  [
    'a proxy at once',
    { kind: 'add-proxy', delegate: BOB, proxyType: 'Any', delay: 0 },
    'delay',
    'none: it acts at once',
  ],
  [
    'a delayed proxy',
    { kind: 'add-proxy', delegate: BOB, proxyType: 'Any', delay: 7200 },
    'delay',
    '7200 blocks after each announcement',
  ],
  [
    'any grant',
    { kind: 'proxied', real: OTHER, intent: { kind: 'clear-coldkey-swap' } },
    'forceType',
    'any grant that lets it through',
  ],
  [
    'a hotkey replaced everywhere',
    { kind: 'swap-hotkey', hotkey: ALICE, newHotkey: BOB, keepStake: false },
    'netuid',
    'all of them',
  ],
  [
    'with the stake behind it',
    { kind: 'swap-hotkey', hotkey: ALICE, newHotkey: BOB, keepStake: false },
    'keepStake',
    'goes to the new hotkey',
  ],
  [
    'without it',
    { kind: 'swap-hotkey', hotkey: ALICE, newHotkey: BOB, netuid: 3 as never, keepStake: true },
    'keepStake',
    'stays behind the old hotkey',
  ],
  ['all or none', { kind: 'batch', mode: 'all', intents: [] }, 'mode', 'all of them or none'],
  ['each', { kind: 'batch', mode: 'each', intents: [] }, 'mode', 'each, whatever happens to the others'],
  [
    'up to a failure',
    { kind: 'batch', mode: 'until-failure', intents: [] },
    'mode',
    'in order, up to the first that fails',
  ],
])('%s in words', (_name, intent, field, words) => {
  expect(factOf(intent, field)?.value).toEqual({ as: 'text', text: words })
})

test('amounts have the unit that the chain counts them in', () => {
  const unitOf = (kind: Intent['kind']) =>
    EVERY_INTENT.filter((intent) => intent.kind === kind).map((intent) => factOf(intent, 'amount')?.value.as)[0]
  expect(['add-stake', 'transfer'].map((kind) => unitOf(kind as Intent['kind']))).toEqual(['tao', 'tao'])
  const alphas = ['remove-stake', 'move-stake', 'swap-stake', 'transfer-stake']
  expect(alphas.map((kind) => unitOf(kind as Intent['kind']))).toEqual(alphas.map(() => 'alpha'))
  const moved = EVERY_INTENT.find((intent) => intent.kind === 'move-stake')
  expect(moved && factOf(moved, 'amount')?.value).toMatchObject({ as: 'alpha', netuid: 3 })
})
