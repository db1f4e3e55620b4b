import { alpha, type Netuid, type Rao, valueAtPrice } from '../units/amounts.ts'
import { MOST_MOVES } from './plan-moves.ts'
import type { Holdings, SkippedPosition, StakeMove } from './stake-move.ts'

export interface Chosen {
  readonly moves: readonly StakeMove[]
  readonly skipped: readonly SkippedPosition[]
}

type Row = Holdings['positions'][number] & { readonly valueRao: Rao | undefined }

/** Dearest first, so that a plan that cannot hold all holds what matters; unknown values last. */
function byValue({ positions, prices }: Holdings): readonly Row[] {
  const rows = positions.map((row) => {
    const price = prices.get(row.netuid)
    return { ...row, valueRao: price && valueAtPrice(row.alpha, price) }
  })
  return rows.sort((a, b) => {
    const [left, right] = [a.valueRao ?? -1n, b.valueRao ?? -1n]
    return left === right ? 0 : left < right ? 1 : -1
  })
}

const skip = ({ netuid, hotkey, alpha: held, valueRao }: Row, reason: SkippedPosition['reason']): SkippedPosition => ({
  netuid,
  hotkey,
  alpha: held,
  valueRao,
  reason,
})

/**
 * Every position that can be left now, each as a whole, or as much of it as is not locked. Pure.
 * @param below rao: only positions worth less at spot (sweeping dust); absent: all
 */
export function chooseExit(holdings: Holdings, below?: Rao): Chosen {
  const left: Map<Netuid, bigint> | undefined = holdings.available && new Map([...holdings.available])
  const moves: StakeMove[] = []
  const skipped: SkippedPosition[] = []
  for (const row of byValue(holdings)) {
    const { netuid, hotkey } = row
    if (below !== undefined && (row.valueRao === undefined || row.valueRao >= below)) {
      skipped.push(skip(row, 'not-small'))
      continue
    }
    const onSubnet = left ? (left.get(netuid) ?? 0n) : row.alpha
    const amount = onSubnet < row.alpha ? onSubnet : row.alpha
    if (amount === 0n || moves.length === MOST_MOVES) {
      skipped.push(skip(row, amount === 0n ? 'locked' : 'next-plan'))
      continue
    }
    left?.set(netuid, onSubnet - amount)
    if (amount === row.alpha) moves.push({ kind: 'remove-all', netuid, hotkey })
    else moves.push({ kind: 'remove', netuid, hotkey, amount: alpha(amount) })
  }
  return { moves, skipped }
}
