import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import { bookOf, type PositionBook, totalsOf } from '../../../shared/ledger/positions.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useQuestion } from '../../bridge/use-question.ts'

/** The books change when a line comes: with trades at once enough, with rewards once an epoch. */
const AGAIN_MS = 12_000

export interface Books {
  readonly of: (position: Position) => PositionBook | undefined
  /** Sums of the rows; `undefined` as long as the books were not read. */
  readonly totals: ReturnType<typeof totalsOf> | undefined
}

/** Cost and gain of each position, from the ledger, by the oldest lots first. */
export function useBooks(portfolio: PortfolioView): Books {
  const account = portfolio.coldkey
  const answer = useQuestion('ledger.holdings', { method: 'fifo', account }, { freshForMs: 0, everyMs: AGAIN_MS })
  if (answer.state !== 'ready') return { of: () => undefined, totals: undefined }
  const holdings = new Map(answer.value.holdings.map((holding) => [`${holding.netuid}/${holding.hotkey}`, holding]))
  const of = (position: Position): PositionBook => {
    const holding = holdings.get(`${position.netuid}/${position.hotkey}`)
    return { ...bookOf(position, holding, []), yield: holding?.yield }
  }
  return { of, totals: totalsOf(portfolio.positions.map((position) => ({ ...position, book: of(position) }))) }
}
