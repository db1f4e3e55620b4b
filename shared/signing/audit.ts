import type { Rao, Ss58 } from '../units/amounts.ts'

/** Which process wrote it: that of the coldkeys or that of the hotkeys. Each has a log of its own. */
export type AuditRole = 'cold' | 'hot'

/** What a line of the log tells. */
export interface AuditFacts {
  readonly atMs: number
  /**
   * `call`: a transaction. `message`: a text. `answers`: a miner's answers, many in one line. `rules`: limits were set, asked to be loosened, or kept.
   * `healed`: the last line was torn by a crash and was cut off.
   */
  readonly what: 'call' | 'message' | 'answers' | 'rules' | 'healed'
  readonly decision: 'signed' | 'refused' | 'noted'
  /** The refusal's code. */
  readonly code?: string
  readonly signer?: Ss58
  /** Hotkey's name; absent for the coldkey. */
  readonly hotkey?: string
  /** Name under which the app knows the chain, and hash of its block 0. */
  readonly network?: string
  readonly genesis?: string
  /** What was agreed to, in JSON with amounts as decimal text. */
  readonly intent?: string
  readonly callHash?: string
  readonly payloadHash?: string
  /** TAO that counts against the daily limit, rao. */
  readonly tao?: Rao
  /** More for people: which rules, how much was cut off. */
  readonly note?: string
}

/** A line as it stands in the file. `hash` covers everything before it, so also `prev`. */
export interface AuditEntry extends AuditFacts {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number
  /** Hash of the line before; 64 zeros for the first. */
  readonly prev: string
  readonly hash: string
}

export const FIRST_PREV = '0'.repeat(64)

/** JSON with amounts as decimal text and keys in order: the same facts always give the same text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`
}

/** What the hash of a line is computed from. */
export const hashedText = ({ hash: _hash, ...rest }: Omit<AuditEntry, 'hash'> & { hash?: string }): string =>
  canonicalJson(rest)

/** @param sha256 hex of the UTF-8 text; @returns the whole line with its hash, without a line end. */
export function nextEntry(
  facts: AuditFacts,
  after: { readonly seq: number; readonly hash: string },
  sha256: (text: string) => string,
): AuditEntry {
  const entry = { ...facts, seq: after.seq + 1, prev: after.hash }
  return { ...entry, hash: sha256(hashedText(entry)) }
}

const COLUMNS = [
  'seq',
  'atMs',
  'what',
  'decision',
  'code',
  'signer',
  'hotkey',
  'network',
  'genesis',
  'intent',
  'callHash',
  'payloadHash',
  'tao',
  'note',
  'prev',
  'hash',
] as const satisfies readonly (keyof AuditEntry)[]

/** A spreadsheet runs what begins with these; a quote in front makes it text. @source OWASP, CSV injection */
const RUNS = /^[=+\-@\t\r]/

const cell = (value: string | number | bigint | undefined): string => {
  const text = value === undefined ? '' : String(value)
  const safe = RUNS.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180, with a header. Times in ms since 1970 UTC, amounts in rao. */
export const auditCsv = (entries: readonly AuditEntry[]): string =>
  [COLUMNS.join(','), ...entries.map((entry) => COLUMNS.map((column) => cell(entry[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('')
