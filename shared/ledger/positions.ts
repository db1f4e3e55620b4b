import type { EpochRow } from '../earnings/epoch-row.ts'
import type { Portfolio, Position } from '../staking/position.ts'
import { type Alpha, alpha as alphaOf, type Rao, rao, valueAtPrice } from '../units/amounts.ts'
import type { Holding } from './lot-book.ts'
import { type AlphaYield, yieldOf } from './yield.ts'

/** What the books add to what the chain says about a position. */
export interface PositionBook {
  /** rao paid for what is held; `undefined` as soon as the cost of a part is unknown. */
  readonly cost?: Rao | undefined
  /** rao, of the part whose cost is known. */
  readonly knownCost: Rao
  /** 1e-9 alpha whose cost nobody knows: from before recording, from a gap, from another account. */
  readonly unknownAlpha: Alpha
  /** 1e-9 alpha on the chain that no line explains yet, signed: what came since the last epoch. */
  readonly notBooked: bigint
  /** rao, signed: of all disposals so far whose gain is known. */
  readonly realised: bigint
  /** 1e-9 alpha that left without a known gain. */
  readonly unknownDisposed: Alpha
  /** rao, signed: value at spot of what is booked, less its cost. */
  readonly unrealised?: bigint | undefined
  readonly yield?: AlphaYield | undefined
}

export interface BookedPosition extends Position {
  /** 1e-9 alpha that may not leave now. */
  readonly locked: Alpha
  /** Parts per million of all alpha of the subnet that is not in its pool; `undefined` without the subnet's figures. */
  readonly shareOfPoolPpm?: number | undefined
  readonly book: PositionBook
}

/** Sums of the rows, exactly; `undefined` as soon as one row does not know. */
export interface PositionTotals {
  readonly valueAtSpot?: bigint | undefined
  readonly ifSold?: bigint | undefined
  readonly cost?: bigint | undefined
  readonly knownCost: bigint
  readonly realised: bigint
  readonly unrealised?: bigint | undefined
}

export interface BookedPositions {
  readonly positions: readonly BookedPosition[]
  readonly totals: PositionTotals
}

/**
 * How much of a subnet's token one position is.
 * @param outside 1e-9 alpha of the subnet outside its pool: what all stakers together hold
 * @returns parts per million, cut; `undefined` without the subnet's figure, and where a part is stated as more than the whole
 */
export const shareOfPoolPpm = (held: bigint, outside: bigint | undefined): number | undefined =>
  outside && held <= outside ? Number((held * 1_000_000n) / outside) : undefined

const keyOf = ({ netuid, hotkey }: { readonly netuid: number; readonly hotkey: string }): string =>
  `${netuid}/${hotkey}`

/** What the books know of one position, beside what the chain says that it holds. */
export function bookOf(
  position: Pick<Position, 'alpha' | 'price'>,
  holding: Holding | undefined,
  epochs: readonly EpochRow[],
): PositionBook {
  const held = holding ?? NOTHING
  const notBooked = position.alpha - held.alpha
  // Books that hold more than the chain does miss something that left: then no lot can be trusted to be there.
  const unknown = held.unknownAlpha > 0n || notBooked < 0n || held.alpha === 0n
  const cost = unknown ? undefined : rao(held.knownCost)
  const booked = unknown ? undefined : alphaOf(held.alpha)
  return {
    cost,
    knownCost: rao(held.knownCost),
    unknownAlpha: alphaOf(held.unknownAlpha),
    notBooked,
    realised: held.realised,
    unknownDisposed: alphaOf(held.unknownDisposed),
    unrealised:
      cost === undefined || booked === undefined || position.price === undefined
        ? undefined
        : valueAtPrice(booked, position.price) - cost,
    yield: yieldOf(epochs),
  }
}
const NOTHING = { alpha: 0n, unknownAlpha: 0n, knownCost: 0n, realised: 0n, unknownDisposed: 0n }

export interface BooksBeside {
  readonly holdings: readonly Holding[]
  readonly epochsOf: (position: Pick<Holding, 'account' | 'netuid' | 'hotkey'>) => readonly EpochRow[]
  /** 1e-9 alpha outside the pool, by netuid. */
  readonly alphaOutside: ReadonlyMap<number, bigint>
}

/** Every position of a portfolio with its books, and sums that are those of the rows. */
export function bookPositions(
  portfolio: Portfolio,
  { holdings, epochsOf, alphaOutside }: BooksBeside,
): BookedPositions {
  const mine = new Map(
    holdings.filter(({ account }) => account === portfolio.coldkey).map((holding) => [keyOf(holding), holding]),
  )
  const positions = portfolio.positions.map((position): BookedPosition => {
    const outside = alphaOutside.get(position.netuid)
    return {
      ...position,
      locked: alphaOf(position.alpha - position.available),
      shareOfPoolPpm: shareOfPoolPpm(position.alpha, outside),
      book: bookOf(position, mine.get(keyOf(position)), epochsOf({ ...position, account: portfolio.coldkey })),
    }
  })
  return { positions, totals: totalsOf(positions) }
}

export function totalsOf(
  positions: readonly Pick<BookedPosition, 'valueAtSpot' | 'ifSold' | 'book'>[],
): PositionTotals {
  const sum = (of: (row: (typeof positions)[number]) => bigint | undefined): bigint | undefined =>
    positions.reduce<bigint | undefined>((total, row) => {
      const part = of(row)
      return total === undefined || part === undefined ? undefined : total + part
    }, 0n)
  return {
    valueAtSpot: sum((row) => row.valueAtSpot),
    ifSold: sum((row) => row.ifSold),
    cost: sum((row) => row.book.cost),
    knownCost: sum((row) => row.book.knownCost) ?? 0n,
    realised: sum((row) => row.book.realised) ?? 0n,
    unrealised: sum((row) => row.book.unrealised),
  }
}
