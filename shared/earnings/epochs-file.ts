import { BYTE_ORDER_MARK, type Cell, csvLine } from '../ledger/csv.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'
import { formatUnits } from '../units/decimal.ts'
import type { EpochRow } from './epoch-row.ts'
import { kindsOf, statusOf } from './kinds.ts'

export const EPOCH_FORMATS = ['csv', 'json'] as const
export type EpochFormat = (typeof EPOCH_FORMATS)[number]

/** Which epochs a file or a page holds. */
export interface EpochFilter {
  readonly accounts: readonly Ss58[]
  readonly netuid?: Netuid | undefined
  readonly hotkey?: Ss58 | undefined
  /** ms since 1970; from inclusive, to exclusive. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

/** Plain data: it crosses the border of a process. */
export interface EpochFileAsk extends EpochFilter {
  readonly what: 'epochs'
  readonly format: EpochFormat
  readonly genesis: string
  readonly walletNames: ReadonlyMap<Ss58, string>
  readonly subnetNames: ReadonlyMap<number, string>
}

/** Blocks of an account in which nobody looked at its stake: those after `fromBlock`, through `throughBlock`. */
export interface GapLine {
  readonly coldkey: Ss58
  readonly fromBlock: number
  readonly throughBlock: number
}
export type EpochLine = { readonly gap: GapLine } | { readonly row: EpochRow; readonly afterGap: boolean }

/** Oldest first, each read when it is asked for. */
export type ReadEpochs = (filter: EpochFilter) => Iterable<EpochLine>

const FORMAT = 'taoforge-epochs-1'
const UNKNOWN = 'unknown'

/** Text, a whole number, an amount in 1e-9, unknown, or a field that this line does not have. */
type Field = string | number | bigint | undefined | typeof NONE
const NONE = Symbol('none')

const TEXTS = [
  'line',
  'time_utc',
  'time_ms',
  'wallet',
  'coldkey',
  'netuid',
  'subnet',
  'hotkey',
  'uid',
  'from_block',
  'block',
  'epochs',
  'status',
  'cause',
  'source',
  'after_gap',
  'elsewhere_hotkey',
] as const
const AMOUNTS = [
  'stake_before',
  'stake_after',
  'flows',
  'flows_in',
  'flows_out',
  'earned',
  'mined',
  'validated',
  'staked',
  'root',
  'owner_cut',
  'not_told',
  'unexplained',
  'fee_alpha',
  'elsewhere',
  'price',
  'worth',
  'fee_tao',
] as const
type Fields = Readonly<Record<(typeof TEXTS)[number] | (typeof AMOUNTS)[number], Field>>

/** Of each amount twice: as decimal text with nine places, and as the whole number of 1e-9. */
const HEAD = [...TEXTS, ...AMOUNTS, ...AMOUNTS.map((name) => `${name}_rao`)]

/**
 * The file, line by line, the head first: of a million epochs none stays in memory.
 * @returns what ends the file, which is no line of it
 */
export function* epochsText(ask: EpochFileAsk, read: ReadEpochs): Generator<string, string> {
  if (ask.format === 'csv') {
    yield BYTE_ORDER_MARK + csvLine(HEAD.map((name) => ({ text: name })))
    for (const line of read(ask)) yield csvOf(fieldsOf(line, ask))
    return ''
  }
  yield `${JSON.stringify({ format: FORMAT, genesis: ask.genesis }).slice(0, -1)},"lines":[`
  let between = '\n'
  for (const line of read(ask)) {
    yield between + jsonOf(fieldsOf(line, ask))
    between = ',\n'
  }
  return '\n]}\n'
}

const nothing = Object.fromEntries([...TEXTS, ...AMOUNTS].map((name) => [name, NONE])) as Fields

function fieldsOf(line: EpochLine, { walletNames, subnetNames }: EpochFileAsk): Fields {
  if ('gap' in line) {
    const { coldkey, fromBlock, throughBlock } = line.gap
    const wallet = walletNames.get(coldkey) ?? ''
    return { ...nothing, line: 'gap', wallet, coldkey, from_block: fromBlock, block: throughBlock }
  }
  const { row, afterGap } = line
  const { parts } = row
  const kinds = kindsOf(row)
  const flowsIn = parts?.flowsIn
  return {
    line: 'epoch',
    time_utc: new Date(row.atMs).toISOString().slice(0, 19).replace('T', ' '),
    time_ms: row.atMs,
    wallet: walletNames.get(row.coldkey) ?? '',
    coldkey: row.coldkey,
    netuid: row.netuid,
    subnet: subnetNames.get(row.netuid) ?? '',
    hotkey: row.hotkey,
    uid: row.uid ?? NONE,
    from_block: parts?.fromBlock,
    block: row.epochBlock,
    epochs: row.epochs,
    status: statusOf(row),
    cause: parts?.cause ?? NONE,
    source: row.via,
    after_gap: afterGap ? 'yes' : 'no',
    elsewhere_hotkey: parts?.elsewhere?.hotkey ?? NONE,
    stake_before: row.stakeBefore,
    stake_after: row.stakeAfter,
    flows: row.flows,
    flows_in: flowsIn,
    flows_out: flowsIn === undefined ? undefined : flowsIn - row.flows,
    earned: row.earned,
    mined: kinds.mined,
    validated: kinds.validated,
    staked: kinds.staked,
    root: kinds.root,
    owner_cut: kinds['owner-cut'],
    not_told: kinds['not-told'],
    unexplained: parts ? parts.unexplained : 0n,
    fee_alpha: parts?.feeAlpha,
    elsewhere: parts?.elsewhere?.alpha ?? (parts ? 0n : undefined),
    price: row.price,
    worth: row.earnedTao,
    fee_tao: parts?.feeTao,
  }
}

function csvOf(fields: Fields): string {
  const amounts = AMOUNTS.map((name) => fields[name])
  return csvLine([
    ...TEXTS.map((name) => cellOf(fields[name], String)),
    ...amounts.map((field) => cellOf(field, formatUnits)),
    ...amounts.map((field) => cellOf(field, String)),
  ])
}

function cellOf(field: Field, write: (units: bigint) => string): Cell {
  if (field === NONE) return { number: undefined }
  if (field === undefined) return { text: UNKNOWN }
  if (typeof field === 'string') return { text: field }
  return { number: typeof field === 'bigint' ? write(field) : String(field) }
}

/** Amounts are text here, too: a reader of JSON would make floats of them. What is not known is null. */
function jsonOf(fields: Fields): string {
  const texts = TEXTS.flatMap((name) => shown(name, fields[name], String))
  const amounts = AMOUNTS.flatMap((name) => [
    ...shown(name, fields[name], formatUnits),
    ...shown(`${name}_rao`, fields[name], String),
  ])
  return JSON.stringify(Object.fromEntries([...texts, ...amounts]))
}

const shown = (
  name: string,
  field: Field,
  write: (units: bigint) => string,
): readonly (readonly [string, string | number | null])[] =>
  field === NONE ? [] : [[name, field === undefined ? null : typeof field === 'bigint' ? write(field) : field]]
