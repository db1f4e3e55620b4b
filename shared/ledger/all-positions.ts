import type { Netuid, Ss58 } from '../units/amounts.ts'
import type { Holding } from './lot-book.ts'
import type { BookedPosition } from './positions.ts'

/** A position, and whose it is. */
export interface OwnedPosition extends BookedPosition {
  readonly account: Ss58
}

/** A sum of rows: exact to the rao, or not known and then never made smaller in silence. */
export interface Sum {
  /** rao; `undefined` as soon as one row does not know its part. */
  readonly total?: bigint | undefined
  /** rao, of what is known. Where every part is a value or a cost: at least so much. */
  readonly known: bigint
  /** Rows that lack their part, or a share of it. */
  readonly missing: number
}
export interface Sums {
  readonly valueAtSpot: Sum
  readonly ifSold: Sum
  readonly cost: Sum
  readonly unrealised: Sum
  readonly realised: Sum
}

export const GROUPINGS = ['wallet', 'validator', 'subnet'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface Group {
  /** Address of the wallet, address of the validator's hotkey, or netuid. */
  readonly key: string
  readonly rows: number
  /** rao beside the rows: only wallets have any. */
  readonly free: bigint
  /** Of the group's rows. */
  readonly sums: Sums
}
export interface WalletPart {
  readonly account: Ss58
  /** rao */
  readonly free: bigint
}

export interface AllPositions {
  /** By wallet in the order of `wallets`, then as the chain lists them. */
  readonly rows: readonly OwnedPosition[]
  readonly groups: Readonly<Record<Grouping, readonly Group[]>>
  /** Of all rows. */
  readonly sums: Sums
  /** rao, of all wallets. */
  readonly free: bigint
  /** Realised on positions that are no more: they have no row, and their gain was made nonetheless. */
  readonly left: Sum
}

/** To which group of a grouping a row belongs. */
export const groupKeyOf = (
  by: Grouping,
  row: { readonly account: Ss58; readonly hotkey: Ss58; readonly netuid: Netuid },
) => (by === 'wallet' ? row.account : by === 'validator' ? row.hotkey : String(row.netuid))

/** With what is beside the rows, which is always known. */
export const plus = ({ total, known, missing }: Sum, rao: bigint): Sum => ({
  total: total === undefined ? undefined : total + rao,
  known: known + rao,
  missing,
})

/** @param partOf rao of a row where it is known, else what of it is known in any case */
function sumBy<Row>(
  rows: readonly Row[],
  partOf: (row: Row) => { readonly part: bigint | undefined; readonly known?: bigint },
): Sum {
  let known = 0n
  let missing = 0
  for (const row of rows) {
    const { part, known: some = 0n } = partOf(row)
    known += part ?? some
    if (part === undefined) missing += 1
  }
  return { total: missing === 0 ? known : undefined, known, missing }
}

/** Exactly the sums of the rows, whatever rows are given. */
export const sumsOf = (rows: readonly OwnedPosition[]): Sums => ({
  valueAtSpot: sumBy(rows, ({ valueAtSpot }) => ({ part: valueAtSpot })),
  ifSold: sumBy(rows, ({ ifSold }) => ({ part: ifSold })),
  // Books that hold more than the chain name lots that left: their cost is no lower bound.
  cost: sumBy(rows, ({ book }) => ({ part: book.cost, known: book.notBooked < 0n ? 0n : book.knownCost })),
  unrealised: sumBy(rows, ({ book }) => ({ part: book.unrealised })),
  realised: realisedSumOf(rows.map(({ book }) => book)),
})

/** Realised gains together. */
export const realisedSumOf = (books: readonly Pick<Holding, 'realised' | 'unknownDisposed'>[]): Sum =>
  sumBy(books, (book) => ({ part: realisedOf(book), known: book.realised }))

/** rao, signed; `undefined` when a part left for which nobody knows the gain. */
export const realisedOf = (book: Pick<Holding, 'realised' | 'unknownDisposed'>): bigint | undefined =>
  book.unknownDisposed > 0n ? undefined : book.realised

/**
 * Positions of several wallets together, grouped in each way, with sums that are those of the rows.
 * @param holdings of the books: what was held once and has no row counts into `left`
 */
export function gatherPositions(
  rows: readonly OwnedPosition[],
  wallets: readonly WalletPart[],
  holdings: readonly Holding[],
): AllPositions {
  const group = (key: string, members: readonly OwnedPosition[], free = 0n): Group => ({
    key,
    rows: members.length,
    free,
    sums: sumsOf(members),
  })
  const groupsBy = (by: Grouping): readonly Group[] =>
    [...Map.groupBy(rows, (row) => groupKeyOf(by, row))].map(([key, members]) => group(key, members))
  const groupOfWallet = ({ account, free }: WalletPart): Group =>
    group(
      account,
      rows.filter((row) => row.account === account),
      free,
    )
  return {
    rows,
    groups: { wallet: wallets.map(groupOfWallet), validator: groupsBy('validator'), subnet: groupsBy('subnet') },
    sums: sumsOf(rows),
    free: wallets.reduce((sum, { free }) => sum + free, 0n),
    left: leftOf(
      holdings.filter(({ account }) => wallets.some((wallet) => wallet.account === account)),
      rows,
    ),
  }
}

interface Place {
  readonly account?: Ss58 | undefined
  readonly netuid: Netuid
  readonly hotkey: Ss58
}
const placeOf = ({ account, netuid, hotkey }: Place): string => `${account ?? ''}/${netuid}/${hotkey}`

/** What was realised on positions of the books that have no row. */
export function leftOf(
  holdings: readonly (Place & Pick<Holding, 'realised' | 'unknownDisposed'>)[],
  rows: readonly Place[],
): Sum {
  const held = new Set(rows.map(placeOf))
  return realisedSumOf(holdings.filter((holding) => !held.has(placeOf(holding))))
}
