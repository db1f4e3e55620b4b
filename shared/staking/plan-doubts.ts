import type { AppError } from '../errors.ts'
import type { Intent } from '../signing/intent.ts'
import { estimateFee, feeDoubt } from '../transactions/fee-estimate.ts'
import { type Netuid, type Rao, rao, U64_MAX } from '../units/amounts.ts'
import { type Leg, priceDoubts } from './judge-price.ts'
import { ROOT } from './move-limits.ts'
import type { MovesSnapshot, PlanDoubt, StakeMove, StakeMovesPlan } from './stake-move.ts'

/** Which pools a move trades in. */
function tradedIn(move: StakeMove): readonly Netuid[] {
  if (move.kind === 'move' || move.kind === 'transfer') return []
  return move.kind === 'swap' ? [move.fromNetuid, move.toNetuid] : [move.netuid]
}

function legsOn(netuid: Netuid, { moves, quotes }: MovesSnapshot): readonly Leg[] {
  return moves.flatMap((move, index): Leg[] => {
    const { sale, purchase } = quotes[index] ?? {}
    const sold = move.kind === 'swap' ? move.fromNetuid : move.kind === 'add' ? undefined : tradedIn(move)[0]
    const bought = move.kind === 'swap' ? move.toNetuid : move.kind === 'add' ? move.netuid : undefined
    return [
      ...(sale && sold === netuid ? [{ side: 'sale', totalIn: sale.totalIn, totalOut: sale.totalOut } as const] : []),
      ...(purchase && bought === netuid
        ? [{ side: 'purchase', totalIn: purchase.totalIn, totalOut: purchase.totalOut } as const]
        : []),
    ]
  })
}

/** What is signed, and what the node says that it costs. */
export interface StatedFee {
  readonly intents: readonly Intent[]
  readonly txFee: Rao
}

/**
 * Everything that contradicts the prices and the fee of a plan: the node that states them may lie, and its limits follow from
 * them. Pure; empty where all sources agree, or where there is no second one.
 */
export function doubtsOf(s: MovesSnapshot, { intents, txFee }: StatedFee): readonly PlanDoubt[] {
  const traded = [...new Set(s.moves.flatMap(tradedIn))].filter((netuid) => netuid !== ROOT)
  const prices = traded.flatMap((netuid) => {
    const stated = s.prices.get(netuid)
    if (stated === undefined) return []
    const { block } = s
    const [pool, recorded] = [s.pools.get(netuid), s.recorded?.get(netuid) ?? []]
    const elsewhere = s.elsewhere?.get(netuid)
    return priceDoubts({ netuid, block, stated, pool, legs: legsOn(netuid, s), recorded, elsewhere })
  })
  const fee = s.paidByOther ? undefined : feeDoubt(txFee, together(intents, s))
  return [...prices, ...(fee ? [fee] : [])]
}

function together(intents: readonly Intent[], { feeBasis }: MovesSnapshot): Rao | undefined {
  const fees = intents.map((intent) => estimateFee(intent, feeBasis))
  if (fees.some((fee) => fee === undefined)) return undefined
  const sum = fees.reduce<bigint>((total, fee) => total + (fee ?? 0n), 0n)
  return rao(sum > U64_MAX ? U64_MAX : sum)
}

const doubtError = (doubt: PlanDoubt): AppError =>
  doubt.kind === 'fee'
    ? { code: 'chain/fee-doubted', stated: doubt.stated, compared: doubt.compared }
    : {
        code: 'stake/price-doubted',
        netuid: doubt.netuid,
        source: doubt.source,
        stated: doubt.stated,
        compared: doubt.compared,
      }

const same = (a: PlanDoubt, b: PlanDoubt): boolean =>
  a.kind === 'fee' || b.kind === 'fee' ? a.kind === b.kind : a.netuid === b.netuid && a.source === b.source

/** The contradictions that a person saw and goes on with. */
export const doubtsSeen = ({ request, doubts }: StakeMovesPlan): readonly PlanDoubt[] =>
  request.despiteDoubts ? doubts : []

/** The first contradiction of a plan, as an error, that is not among those that were seen. */
export function unseenDoubt(seen: readonly PlanDoubt[], now: StakeMovesPlan): AppError | undefined {
  const doubt = now.doubts.find((one) => !seen.some((known) => same(known, one)))
  return doubt && doubtError(doubt)
}
