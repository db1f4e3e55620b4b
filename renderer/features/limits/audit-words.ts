import type { AuditEntry } from '../../../shared/signing/audit.ts'
import { INTENT_KINDS, type IntentKind } from '../../../shared/signing/intent.ts'
import { INTENT_WORDS } from '../../format/intent-words.ts'

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

const kindIn = (intent: Json): IntentKind | undefined => INTENT_KINDS.find((kind) => kind === intent['kind'])
const innerOf = (intent: Json): readonly Json[] =>
  isJson(intent['intent'])
    ? [intent['intent']]
    : Array.isArray(intent['intents'])
      ? (intent['intents'] as readonly unknown[]).filter(isJson)
      : []

const nameOf = (intent: Json): string => {
  const kind = kindIn(intent)
  const name = kind ? INTENT_WORDS[kind].name : 'Something that this version does not know'
  const inner = innerOf(intent).map(nameOf)
  return inner.length === 0 ? name : `${name}: ${inner.join(', ')}`
}

const OTHERS = {
  message: 'A text',
  answers: 'Answers of the miner',
  rules: 'Limits',
  healed: 'A torn line was cut off',
} as const

/** What a line tells of, in words: the kind of call, with the calls that it carries. */
export function whatOf(entry: AuditEntry): string {
  if (entry.what !== 'call') return OTHERS[entry.what]
  const intent = parsed(entry.intent)
  return intent ? nameOf(intent) : 'A transaction'
}

/** Under which names whoever gets something stands in an intent; the first that is there counts. */
const FOR_WHOM = ['to', 'newColdkey', 'delegate', 'toHotkey', 'hotkey', 'real', 'spawner']

/** Accounts that a line is about, those of inner calls included. */
export function forWhom(entry: AuditEntry): readonly string[] {
  const intent = parsed(entry.intent)
  return intent ? [...new Set(accountsIn(intent))] : []
}

function accountsIn(intent: Json): readonly string[] {
  const inner = innerOf(intent).flatMap(accountsIn)
  const own = FOR_WHOM.map((name) => intent[name]).find((value) => typeof value === 'string')
  return typeof own === 'string' && inner.length === 0 ? [own] : inner
}
