import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import { realisedOf } from '../../../shared/ledger/all-positions.ts'
import { type PositionBook, shareOfPoolPpm } from '../../../shared/ledger/positions.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { METHOD_WORDS } from '../../format/lot-words.ts'
import { writePoolShare } from '../../format/percent.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDuration } from '../../format/time.ts'
import { Amount, alphaOf, TAO, type Unit, Unknown } from '../../ui/amount.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { NO_COST, NO_GAIN, NO_SHARE, NO_YIELD, SHARE_IS, writeYield, YIELD_IS } from './book-cells.tsx'
import { SaleAge } from './positions-table.tsx'
import type { Books } from './use-books.ts'

export interface PositionFiguresProps {
  readonly portfolio: PortfolioView
  readonly position: Position
  readonly books: Books
}

/** Every figure of one position, at any width, with what the computed ones mean. */
export function PositionFigures({ portfolio, position, books }: PositionFiguresProps) {
  const subnet = useDirectory().get(position.netuid)
  const unit = alphaOf(position.netuid, subnet?.symbol)
  const share = shareOfPoolPpm(position.alpha, subnet?.alphaOutside)
  const book = books.of(position)
  const words = books.method && METHOD_WORDS[books.method]
  return (
    <details className="figures">
      <summary>All figures of this position</summary>
      <dl className="kv">
        <dt>Alpha</dt>
        <dd>
          <Amount value={position.alpha} unit={unit} />
        </dd>
        <dt>Locked, cannot leave now</dt>
        <dd>
          <Amount value={position.alpha - position.available} unit={unit} />
        </dd>
        <dt>Value at spot price</dt>
        <dd>
          <Amount value={position.valueAtSpot} unit={TAO} why="The chain gave no price" />
          <Fiat value={position.valueAtSpot} />
        </dd>
        <dt>If all of it were sold now</dt>
        <dd>
          <Amount value={position.ifSold} unit={TAO} why="The chain did not simulate this sale" />
          <SaleAge position={position} block={portfolio.block} />
        </dd>
        <dt>Of all alpha of the subnet</dt>
        <dd>
          {share === undefined ? <Unknown why={NO_SHARE} /> : <span className="nu">{writePoolShare(share)}</span>}
        </dd>
        <BookFigures book={book} unit={unit} />
        <dt>Yield, a year, in alpha</dt>
        <dd>
          {book?.yield ? <span className="nu">{writeYield(book.yield)}</span> : <Unknown why={NO_YIELD} />}
          {book?.yield && <small className="block mute">measured over {writeDuration(book.yield.measuredMs)}</small>}
        </dd>
      </dl>
      <p className="mute small">
        Yield: {YIELD_IS} Of all alpha of the subnet: {SHARE_IS}
      </p>
      {words && (
        <p className="mute small">
          Cost and gain: {words.name.toLowerCase()}. {words.says}{' '}
          <a href={hrefOf({ view: 'settings' })}>Choose another way</a>
        </p>
      )}
    </details>
  )
}

interface BookFiguresProps {
  readonly book: PositionBook | undefined
  readonly unit: Unit
}
/** What the ledger knows. What is known only in part says how much of it. */
function BookFigures({ book, unit }: BookFiguresProps) {
  const isPart = book !== undefined && book.cost === undefined && book.knownCost > 0n
  const realised = book && realisedOf(book)
  return (
    <>
      <dt>Cost</dt>
      <dd>
        <Amount value={book?.cost} unit={TAO} why={NO_COST} />
        {isPart && (
          <small className="block mute">
            of a part: <Amount value={book.knownCost} unit={TAO} />
          </small>
        )}
      </dd>
      <dt>Unrealised gain</dt>
      <dd>
        <Amount value={book?.unrealised} unit={TAO} why={NO_COST} signed />
      </dd>
      <dt>Realised gain so far</dt>
      <dd>
        <Amount value={realised} unit={TAO} why={book ? NO_GAIN : NO_COST} signed />
        {book && realised === undefined && (
          <small className="block mute">
            of the known part: <Amount value={book.realised} unit={TAO} signed />
          </small>
        )}
      </dd>
      {book && book.notBooked !== 0n && (
        <>
          <dt>Not in the books yet</dt>
          <dd>
            <Amount value={book.notBooked} unit={unit} signed />
          </dd>
        </>
      )}
    </>
  )
}
