import { realisedSumOf, type Sum } from '../../../shared/ledger/all-positions.ts'
import type { PositionBook } from '../../../shared/ledger/positions.ts'
import type { AlphaYield } from '../../../shared/ledger/yield.ts'
import { writePoolShare, writeTenths } from '../../format/percent.ts'
import { Amount, TAO, Unknown } from '../../ui/amount.tsx'

export const NO_COST = 'Part of it came before recording began, in a gap, or from another account'
export const NO_GAIN = 'A part left whose cost or proceeds nobody knows'
export const NO_YIELD = 'Less than a day of epochs was measured'
export const NO_SHARE = 'The figures of the subnet were not read, or state a part that is more than the whole'
export const YIELD_IS =
  'Alpha earned ÷ (stake × time), over the measured epochs, for a year, not reinvested. Prices are not in it; unknown before a day of epochs.'
export const SHARE_IS = 'This alpha ÷ all alpha of the subnet that people hold, that is, outside of its trading pool.'

export interface TaoProps {
  readonly value: bigint | undefined
  readonly why: string
  readonly signed?: boolean
  readonly decimals?: 3
}
/** An amount below a head that names the unit. */
export const Tao = ({ value, why, ...options }: TaoProps) => (
  <Amount value={value} unit={TAO} showUnit={false} why={why} {...options} />
)

/** Of what is held, and below it of what left; what left with an unknown gain makes that unknown, too. */
export function Gains({ book }: { readonly book: PositionBook | undefined }) {
  return (
    <>
      <Tao value={book?.unrealised} why={NO_COST} decimals={3} signed />
      {book && <Realised sum={realisedSumOf([book])} />}
    </>
  )
}

interface RealisedProps {
  readonly sum: Sum
  readonly word?: string
}
/** Not there where nothing was realised. What is known only in part says so. */
export function Realised({ sum: { total, known }, word = 'realised' }: RealisedProps) {
  if (total === 0n) return null
  return (
    <small className="block mute light">
      {word} <Tao value={total} why={NO_GAIN} decimals={3} signed />
      {total === undefined && known !== 0n && (
        <span className="block">
          known part <Tao value={known} why="" decimals={3} signed />
        </span>
      )}
    </small>
  )
}

export const writeYield = ({ yearlyPpm }: AlphaYield): string => writeTenths(Math.round(yearlyPpm / 1000))

/** Yield, and below it which part of all alpha of the subnet this is. */
export function Earning({
  earns,
  shareOfPoolPpm,
}: {
  readonly earns: AlphaYield | undefined
  readonly shareOfPoolPpm: number | undefined
}) {
  return (
    <>
      {earns ? (
        <span className="nu" title={YIELD_IS}>
          {writeYield(earns)}
        </span>
      ) : (
        <Unknown why={NO_YIELD} />
      )}
      <small className="block mute light">
        {shareOfPoolPpm === undefined ? (
          <Unknown why={NO_SHARE} />
        ) : (
          <span className="nu" title={SHARE_IS}>
            {writePoolShare(shareOfPoolPpm)}
          </span>
        )}{' '}
        of it
      </small>
    </>
  )
}

/** A head of two lines, as the cells below it have. */
export const twoLines = (first: string, second: string, says?: string) => (
  <span title={says}>
    {first}
    <small className="block mute">{second}</small>
  </span>
)
