import type { MoveQuote, StakeMove } from '../../../../shared/staking/stake-move.ts'
import { type Alpha, alpha, type Netuid, rao, U64_MAX } from '../../../../shared/units/amounts.ts'
import { asNumber } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { View } from '../view.ts'
import { ROOT } from './prices.ts'
import { simulateBuy, simulateSale } from './simulate.ts'

/** Fee rates are parts of this. @source protocol 3.3: input × FeeRate ÷ 65,535 */
const RATE_PARTS = 65_535n

/** @returns parts of 65,535 */
export const feeRateOf = (stored: Stored): number => asNumber(stored.value, 'Swap.FeeRate')

interface Leg {
  readonly netuid: Netuid
  readonly amount: bigint
}
/** What the chain says of one leg and of all before it on the same pool. */
interface Simulated {
  readonly out: bigint
  readonly fee: bigint
  readonly totalIn: bigint
  readonly totalOut: bigint
}
type Simulate = (netuid: Netuid, amount: bigint) => Promise<{ readonly out: bigint; readonly fee: bigint }>
const CANNOT: Simulated = { out: 0n, fee: 0n, totalIn: 0n, totalOut: 0n }

/**
 * The same pool several times in one plan: the chain simulates all that goes in up to here, and the difference to before is
 * this leg's. So the second of two sales is quoted behind the first. All at once, one request for each leg.
 */
async function simulateAll(
  legs: readonly (Leg | undefined)[],
  simulate: Simulate,
): Promise<readonly (Simulated | undefined)[]> {
  const taken = new Map<Netuid, bigint>()
  const totals = legs.map((leg) => {
    if (!leg) return undefined
    const total = (taken.get(leg.netuid) ?? 0n) + leg.amount
    taken.set(leg.netuid, total)
    return { netuid: leg.netuid, total }
  })
  const answers = await Promise.all(
    totals.map((entry) => (entry && entry.total <= U64_MAX ? simulate(entry.netuid, entry.total) : undefined)),
  )
  const before = new Map<Netuid, { readonly out: bigint; readonly fee: bigint }>()
  return totals.map((entry, index) => {
    if (!entry) return undefined
    const { netuid, total } = entry
    const answer = answers[index]
    const last = before.get(netuid) ?? { out: 0n, fee: 0n }
    // All zero: the pool cannot take so much.
    if (!answer || answer.out <= last.out) return CANNOT
    before.set(netuid, answer)
    const fee = answer.fee > last.fee ? answer.fee - last.fee : 0n
    return { out: answer.out - last.out, fee, totalIn: total - answer.fee, totalOut: answer.out }
  })
}

const saleLeg = (move: StakeMove, held: Alpha | undefined): Leg | undefined => {
  if (move.kind === 'remove') return { netuid: move.netuid, amount: move.amount }
  if (move.kind === 'remove-all') return { netuid: move.netuid, amount: held ?? 0n }
  return move.kind === 'swap' ? { netuid: move.fromNetuid, amount: move.amount } : undefined
}

export interface QuoteAsk {
  /** Alpha of the position that each move leaves, when its turn comes. */
  readonly held: readonly Alpha[]
  /** A swap pays once: on its sale, or on its purchase when it comes from root. Parts of 65,535. */
  readonly feeRates: ReadonlyMap<Netuid, number>
}

/**
 * What each move brings, by the chain's own simulation; nothing for a move within a subnet. Without `sim_swap_*` (older
 * runtimes) every trade but those on root stays unquoted.
 */
export async function quoteMoves(
  view: View,
  moves: readonly StakeMove[],
  { held, feeRates }: QuoteAsk,
): Promise<readonly MoveQuote[]> {
  const simulates = view.runtime.has(FEATURES.quotes)
  // Root has no pool to simulate: what it gives is known on every runtime.
  const quoted = moves.map((move) => (simulates || isOnRoot(move) ? move : undefined))
  const sales = await simulateAll(
    quoted.map((move, index) => move && saleLeg(move, held[index])),
    async (netuid, amount) => {
      const { taoOut, poolFee } = await simulateSale(view, netuid, alpha(amount))
      return { out: taoOut, fee: poolFee }
    },
  )
  const purchases = await simulateAll(
    quoted.map((move, index) => move && purchaseLeg(move, { proceeds: sales[index]?.out ?? 0n, feeRates })),
    async (netuid, amount) => {
      const { alphaOut, poolFee } = await simulateBuy(view, netuid, rao(amount))
      return { out: alphaOut, fee: poolFee }
    },
  )
  return moves.map((move, index) => {
    const [sold, bought] = [sales[index], purchases[index]]
    const free = move.kind === 'swap' && move.fromNetuid !== ROOT
    return {
      sale: sold && { ...sold, taoOut: rao(sold.out), poolFee: alpha(sold.fee) },
      purchase: bought && { ...bought, alphaOut: alpha(bought.out), poolFee: rao(free ? 0n : bought.fee) },
    }
  })
}

const isOnRoot = (move: StakeMove): boolean => 'netuid' in move && move.netuid === ROOT

function purchaseLeg(
  move: StakeMove,
  { proceeds, feeRates }: { readonly proceeds: bigint; readonly feeRates: ReadonlyMap<Netuid, number> },
): Leg | undefined {
  if (move.kind === 'add') return { netuid: move.netuid, amount: move.amount }
  if (move.kind !== 'swap' || proceeds === 0n) return undefined
  // The simulation takes a fee that the chain does not: given that much more, it answers for what really goes in. Root has
  // no pool, so nothing is taken there either way.
  const rate = move.fromNetuid === ROOT || move.toNetuid === ROOT ? 0n : BigInt(feeRates.get(move.toNetuid) ?? 0)
  const kept = RATE_PARTS - rate
  return { netuid: move.toNetuid, amount: kept > 0n ? (proceeds * RATE_PARTS + kept - 1n) / kept : proceeds }
}
