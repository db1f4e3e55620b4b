import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { sharesOf } from '../../format/percent.ts'

const SERIES = ['var(--s1)', 'var(--s2)', 'var(--s3)', 'var(--s4)', 'var(--s5)'] as const
const REST = 'var(--s-rest)'

export interface Holding {
  readonly key: string
  readonly position: Position
  readonly series: string
  /** Tenths of a percent of the whole; `undefined` when a price is missing: then there is no whole. */
  readonly share: number | undefined
}
export interface Shares {
  readonly holdings: readonly Holding[]
  readonly freeShare: number | undefined
}

const worth = (position: Position): bigint => position.valueAtSpot ?? -1n

/** Largest first, each with its colour and its share of the whole. */
export function sharesOfPortfolio(portfolio: PortfolioView): Shares {
  const sorted = [...portfolio.positions].sort((a, b) => (worth(a) === worth(b) ? 0 : worth(a) < worth(b) ? 1 : -1))
  const known = sorted.every((position) => position.valueAtSpot !== undefined)
  const tenths = known ? sharesOf([...sorted.map((position) => position.valueAtSpot ?? 0n), portfolio.free]) : []
  return {
    holdings: sorted.map((position, index) => ({
      key: `${position.netuid}/${position.hotkey}`,
      position,
      series: SERIES[index] ?? REST,
      share: tenths[index],
    })),
    freeShare: tenths[sorted.length],
  }
}
