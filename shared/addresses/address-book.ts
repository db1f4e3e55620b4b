import { err, ok, type Result } from '../result.ts'
import type { Ss58 } from '../units/amounts.ts'
import { type AddressProblem, readAddress } from './read-address.ts'

/** One name that a person gave to an address. Names are the person's own; the chain never sees them. */
export interface AddressEntry {
  readonly address: Ss58
  readonly name: string
  readonly note: string
  /** ms since 1970 */
  readonly addedAtMs: number
}

export const NAME_LETTERS = 40
export const NOTE_LETTERS = 200
/** A file with more is not an address book of a person. */
export const MOST_ENTRIES = 5_000

/** Invisible and direction-changing characters make one name look like another. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u

/** Name as it is kept: edges trimmed, inner spaces single. `undefined`: empty, too long, or with hidden characters. */
export function readName(text: string): string | undefined {
  const name = text.normalize('NFC').trim().replace(/\s+/gu, ' ')
  return name === '' || [...name].length > NAME_LETTERS || HIDDEN.test(name) ? undefined : name
}

export function readNote(text: string): string | undefined {
  const note = text.normalize('NFC').trim().replace(/\s+/gu, ' ')
  return [...note].length > NOTE_LETTERS || HIDDEN.test(note) ? undefined : note
}

/** Two names that a person cannot tell apart are one name. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase()

const FORMAT = 'taoforge-addresses'

/** The book as text for a file: readable, sorted, the same book always the same text. */
export function writeBook(network: string, entries: readonly AddressEntry[]): string {
  const addresses = [...entries]
    .sort((a, b) => (a.address < b.address ? -1 : 1))
    .map(({ address, name, note }) => ({ address, name, note }))
  return `${JSON.stringify({ format: FORMAT, version: 1, network, addresses }, undefined, 2)}\n`
}

export type ImportProblem = AddressProblem | 'name' | 'note' | 'name-taken' | 'already-there'
export interface ImportRow {
  /** 1-based place in the file. */
  readonly row: number
  readonly address: Ss58
  readonly name: string
  readonly note: string
}
export interface SkippedRow {
  /** 1-based place in the file. */
  readonly row: number
  readonly problem: ImportProblem
}
export interface BookFile {
  readonly network: string
  readonly rows: readonly ImportRow[]
  readonly skipped: readonly SkippedRow[]
}

/**
 * Reads the text of a file that {@link writeBook} made, or somebody by hand. Rows that cannot be kept are named, not guessed.
 * @errors why nothing of it can be read
 */
export function readBook(text: string): Result<BookFile, string> {
  const file = fieldsOf(parseJson(text))
  if (file?.['format'] !== FORMAT) return err('it is no address book of Taoforge')
  if (file['version'] !== 1) return err('it was written by a newer Taoforge')
  const list = file['addresses']
  if (!Array.isArray(list) || typeof file['network'] !== 'string') return err('parts of it are missing')
  if (list.length > MOST_ENTRIES) return err(`it has more than ${MOST_ENTRIES} addresses`)
  const rows: ImportRow[] = []
  const skipped: SkippedRow[] = []
  list.forEach((raw: unknown, index) => {
    const read = readRow(raw, index + 1)
    if (read.ok) rows.push(read.value)
    else skipped.push({ row: index + 1, problem: read.error })
  })
  return ok({ network: file['network'], rows, skipped })
}

function readRow(raw: unknown, place: number): Result<ImportRow, ImportProblem> {
  const row = fieldsOf(raw)
  const address = readAddress(textIn(row?.['address']))
  if (!address.ok) return err(address.error.problem)
  const name = readName(textIn(row?.['name']))
  if (name === undefined) return err('name')
  const note = readNote(textIn(row?.['note']))
  return note === undefined ? err('note') : ok({ row: place, address: address.value, name, note })
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
