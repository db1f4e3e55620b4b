import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import { leftOf, type Sum } from '../../../shared/ledger/all-positions.ts'
import type { LotMethod } from '../../../shared/ledger/lots.ts'
import { bookOf, type PositionBook, totalsOf } from '../../../shared/ledger/positions.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useLotMethod } from '../../bridge/use-lot-method.ts'
import { useQuestion } from '../../bridge/use-question.ts'

/** The books change when a line comes: with trades at once enough, with rewards once an epoch. */
const AGAIN_MS = 12_000

export interface Books {
  /** By which lots costs and gains are computed; `undefined` until it is known. */
  readonly method: LotMethod | undefined
  readonly of: (position: Position) => PositionBook | undefined
  /** Sums of the rows; `undefined` as long as the books were not read. */
  readonly totals: ReturnType<typeof totalsOf> | undefined
  /** Realised on positions that have no row any more. */
  readonly left: Sum | undefined
}

/** Cost and gain of each position, from the ledger, by the lots that the settings name. */
export function useBooks(portfolio: PortfolioView): Books {
  const account = portfolio.coldkey
  const method = useLotMethod()
  const answer = useQuestion('ledger.holdings', method && { method, account }, { freshForMs: 0, everyMs: AGAIN_MS })
  if (answer.state !== 'ready') return { method, of: () => undefined, totals: undefined, left: undefined }
  const known = answer.value.holdings.map(({ account: _mine, ...holding }) => holding)
  const holdings = new Map(answer.value.holdings.map((holding) => [`${holding.netuid}/${holding.hotkey}`, holding]))
  const of = (position: Position): PositionBook => {
    const holding = holdings.get(`${position.netuid}/${position.hotkey}`)
    return { ...bookOf(position, holding, []), yield: holding?.yield }
  }
  const { positions } = portfolio
  return {
    method,
    of,
    totals: totalsOf(positions.map((position) => ({ ...position, book: of(position) }))),
    left: leftOf(known, positions),
  }
}
