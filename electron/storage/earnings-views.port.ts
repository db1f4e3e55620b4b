import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { EpochFilter } from '../../shared/earnings/epochs-file.ts'
import type { ByKind } from '../../shared/earnings/kinds.ts'
import type { DaySpan } from '../../shared/earnings/ranges.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'

export interface EarningsFilter extends Pick<EpochFilter, 'accounts' | 'netuid' | 'hotkey'> {
  readonly genesis: string
}

/** What some epochs have together. Amounts in alpha mean something only where all of them are of one subnet. */
export interface EarningsSum {
  /** 1e-9 alpha. */
  readonly alpha: ByKind
  /** rao, at the price after each epoch, of the rows whose price is known. */
  readonly tao: ByKind
  readonly flows: bigint
  readonly feeAlpha: bigint
  readonly feeTao: bigint
  readonly unexplained: bigint
  /** Of the unexplained what has no cause. */
  readonly red: bigint
  readonly rows: number
  readonly epochs: number
  /** Rows that earned something whose worth is not known. */
  readonly unpriced: number
  readonly redRows: number
  readonly roundedRows: number
  readonly untoldRows: number
}

export type EarningsGroup = 'wallet' | 'hotkey' | 'subnet'

/** How a position began and ended a span, by its first and its last row. */
export interface PositionEnds {
  readonly account: Ss58
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly first: PositionEdge
  readonly last: PositionEdge
}
export interface PositionEdge {
  readonly atMs: number
  /** 1e-9 alpha: before the first row, after the last one. */
  readonly stake: bigint
  readonly price?: bigint | undefined
}

export interface EarningsDay extends EarningsSum {
  /** Since 1970, UTC. */
  readonly day: number
  /** rao per alpha after the last epoch of the day; means something only of one subnet. */
  readonly price?: bigint | undefined
}

export interface EpochsAsk extends EarningsFilter {
  readonly span: DaySpan
  readonly onlyRed: boolean
  /** Newest first; so many are passed over. */
  readonly offset: number
  readonly limit: number
}

/** Views of all epochs that stay quick with a million of them: they read sums, and the rows that they show. */
export interface EarningsViewStorage {
  earningsSum(filter: EarningsFilter, span: DaySpan): EarningsSum
  earningsGroups(
    filter: EarningsFilter,
    span: DaySpan,
    by: EarningsGroup,
  ): readonly { readonly key: string; readonly sum: EarningsSum }[]
  /** Every subnet or hotkey that ever had a row. */
  earningsSeen(filter: Pick<EarningsFilter, 'genesis' | 'accounts'>, by: 'subnet' | 'hotkey'): readonly string[]
  /** Those on which there are rows, oldest first. */
  earningsDays(filter: EarningsFilter, span: DaySpan): readonly EarningsDay[]
  earningsEnds(filter: EarningsFilter & { readonly netuid: Netuid }, span: DaySpan): readonly PositionEnds[]
  epochsPage(ask: EpochsAsk): readonly EpochRow[]
}
