import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { EARNING_KINDS, kindsInTao, kindsOf, statusOf } from '../../shared/earnings/kinds.ts'
import { UNITS_PER_WHOLE } from '../../shared/units/amounts.ts'

/** Amounts of a sum, in 1e-9. The kinds come first in alpha, then in TAO. */
const AMOUNTS = [
  ...EARNING_KINDS.map((_, index) => `alpha_${index}`),
  ...EARNING_KINDS.map((_, index) => `tao_${index}`),
  'flows',
  'fee_alpha',
  'fee_tao',
  'unexplained',
  'red',
] as const
const COUNTS = ['rows', 'epochs', 'unpriced', 'red_rows', 'named_rows', 'untold_rows'] as const

/** Amounts as whole units and the rest, then the counts. */
export const SUM_COLUMNS: readonly string[] = [...AMOUNTS.flatMap((name) => [`${name}_hi`, `${name}_lo`]), ...COUNTS]

/** What some rows together have, in the order of {@link SUM_COLUMNS} without the halves: amounts, then counts. */
export type Summed = readonly bigint[]
export const NOTHING_SUMMED: Summed = Array.from({ length: AMOUNTS.length + COUNTS.length }, () => 0n)
export const added = (a: Summed, b: Summed): Summed => a.map((one, index) => one + (b[index] ?? 0n))

export function summedOf(row: EpochRow): Summed {
  const kinds = kindsOf(row)
  const inTao = kindsInTao(row)
  const status = statusOf(row)
  const { parts } = row
  const one = (is: boolean): bigint => (is ? 1n : 0n)
  return [
    ...EARNING_KINDS.map((kind) => kinds[kind]),
    ...EARNING_KINDS.map((kind) => inTao?.[kind] ?? 0n),
    row.flows,
    parts?.feeAlpha ?? 0n,
    parts?.feeTao ?? 0n,
    parts?.unexplained ?? 0n,
    redOf(row),
    1n,
    BigInt(row.epochs),
    // A row that earned nothing is worth nothing at any price.
    one(inTao === undefined && row.earned !== 0n),
    one(status === 'red'),
    one(status === 'rounded'),
    one(status === 'not-looked-at'),
  ]
}

/** As the columns hold it. */
export const columnsOf = (sum: Summed): readonly bigint[] =>
  sum.flatMap((value, index) => (index < AMOUNTS.length ? [value / UNITS_PER_WHOLE, value % UNITS_PER_WHOLE] : [value]))

/** Back from columns, or sums of them. */
export function summedFrom(columns: readonly bigint[]): Summed {
  const amounts = AMOUNTS.map(
    (_, index) => (columns[2 * index] ?? 0n) * UNITS_PER_WHOLE + (columns[2 * index + 1] ?? 0n),
  )
  return [...amounts, ...COUNTS.map((_, index) => columns[2 * AMOUNTS.length + index] ?? 0n)]
}

const at = (name: (typeof AMOUNTS)[number] | (typeof COUNTS)[number]): number => [...AMOUNTS, ...COUNTS].indexOf(name)
const PLACES = {
  flows: at('flows'),
  feeAlpha: at('fee_alpha'),
  feeTao: at('fee_tao'),
  unexplained: at('unexplained'),
  red: at('red'),
  rows: at('rows'),
  epochs: at('epochs'),
  unpriced: at('unpriced'),
  redRows: at('red_rows'),
  // The name is that of the column, from when other causes counted here, too.
  roundedRows: at('named_rows'),
  untoldRows: at('untold_rows'),
} as const

/** One figure of a sum by its name. */
export const figureOf = (sum: Summed, name: keyof typeof PLACES): bigint => sum[PLACES[name]] ?? 0n
export const alphaOfKind = (sum: Summed, index: number): bigint => sum[index] ?? 0n
export const taoOfKind = (sum: Summed, index: number): bigint => sum[EARNING_KINDS.length + index] ?? 0n
