import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { alpha, type Netuid } from '../units/amounts.ts'
import { planMoves } from './plan-moves.ts'
import {
  type MovesSnapshot,
  originOf,
  type PlannedMove,
  type SkippedPosition,
  type SkipReason,
  type StakeMove,
  type StakeMovesPlan,
  type StakeMovesRequest,
} from './stake-move.ts'

interface Kept {
  readonly moves: readonly StakeMove[]
  readonly skipped: readonly SkippedPosition[]
}
/** @param behind too much for their pool only behind one that stays: to be quoted again without it, smallest first */
interface Sorted extends Kept {
  readonly behind: readonly StakeMove[]
}

/** A refusal that concerns one position only; anything else concerns the whole plan. */
function reasonOf({ code }: AppError): SkipReason | undefined {
  switch (code) {
    case 'stake/no-liquidity':
    case 'stake/limit-needed':
      return 'pool-cannot'
    case 'stake/root-held':
      return 'held'
    case 'stake/impact-too-large':
      return 'moves-price'
    case 'stake/subnet-not-started':
    case 'stake/unknown-subnet':
      return 'not-started'
    case 'stake/not-enough-alpha':
    case 'stake/too-small':
      return 'locked'
    default:
      return undefined
  }
}

function skippedOf(move: StakeMove, s: Pick<MovesSnapshot, 'positions'>, reason: SkipReason): SkippedPosition[] {
  const from = originOf(move)
  const row = from && s.positions.find(({ hotkey, netuid }) => hotkey === from.hotkey && netuid === from.netuid)
  return row ? [{ netuid: row.netuid, hotkey: row.hotkey, alpha: row.alpha, reason }] : []
}

/** One sale now, which pays its fee in its own alpha; what it brings pays for the others. */
export const feeFirst = (now: StakeMove, { moves, skipped }: Kept, s: Pick<MovesSnapshot, 'positions'>): Kept => ({
  moves: [now],
  skipped: [...skipped, ...moves.filter((move) => move !== now).flatMap((move) => skippedOf(move, s, 'fee-first'))],
})

/** The chain simulates nothing, and no limit was set although one could follow from the price. */
const waitsForLimit = (move: StakeMove, { code }: AppError, { prices }: MovesSnapshot): boolean => {
  const from = originOf(move)
  return code === 'stake/limit-needed' && from !== undefined && (prices.get(from.netuid) ?? 0n) > 0n
}

/** A refusal that follows from how much goes into the pool, this sale and those before it together. */
const isOfPool = ({ code }: AppError): boolean => code === 'stake/impact-too-large' || code === 'stake/no-liquidity'

/**
 * Which of the snapshot's moves the chain would make, each looked at by itself: one that cannot go does not hold the others.
 * @param isLast the smallest of a pool come first, so what its pool does not take will not be taken
 * @errors stake/limit-needed where a limit has to be set first; stake/price-unknown where none can follow from any price
 */
export function keptOf(request: StakeMovesRequest, s: MovesSnapshot, isLast = false): Result<Sorted, AppError> {
  const moves: StakeMove[] = []
  const skipped: SkippedPosition[] = []
  const behind: StakeMove[] = []
  const full = new Set<Netuid | undefined>()
  let unpriced: Netuid | undefined
  for (const [index, move] of s.moves.entries()) {
    const quote = s.quotes[index]
    // Fees are the plan's; here a position is judged by itself, with an account that can pay.
    const alone = { ...s, moves: [move], quotes: quote ? [quote] : [], txFees: [] }
    const planned = planMoves(request, alone)
    if (!planned.ok && waitsForLimit(move, planned.error, s)) return planned
    if (!planned.ok && planned.error.code === 'stake/limit-needed') unpriced ??= planned.error.netuid
    const pool = originOf(move)?.netuid
    if (!planned.ok && !isLast && isOfPool(planned.error)) {
      if (full.has(pool)) {
        behind.unshift(move)
        continue
      }
      full.add(pool)
    }
    const reason = planned.ok ? undefined : reasonOf(planned.error)
    if (reason === undefined) moves.push(move)
    else skipped.push(...skippedOf(move, s, reason))
  }
  if (moves.length === 0 && unpriced !== undefined) return err({ code: 'stake/price-unknown', netuid: unpriced })
  return ok({ moves, skipped, behind })
}

/** What one step carries of all network fees, rao: its part, rounded up. */
export const feeShare = ({ txFee, steps }: Pick<StakeMovesPlan, 'txFee' | 'steps'>): bigint =>
  steps.length === 0 ? 0n : (txFee + BigInt(steps.length) - 1n) / BigInt(steps.length)

/**
 * Whether a step brings more than its part of the fees. Where nothing was simulated: surely, when the least that its limit
 * lets through does; surely not, when even the spot price does not. `undefined`: between the two, so nobody knows.
 */
export function paysForItself(
  { expectedRao, worstRao, givesRao }: PlannedMove,
  plan: Pick<StakeMovesPlan, 'txFee' | 'steps'>,
): boolean | undefined {
  const share = feeShare(plan)
  if (expectedRao !== undefined) return expectedRao > share
  if (worstRao !== undefined && worstRao > share) return true
  return givesRao !== undefined && givesRao <= share ? false : undefined
}

/** The steps of a plan that pay, and those that cost more than they bring. */
export function unprofitable(plan: StakeMovesPlan): Kept {
  const moves: StakeMove[] = []
  const skipped: SkippedPosition[] = []
  for (const step of plan.steps) {
    const from = originOf(step.move)
    if (paysForItself(step, plan) !== false || !from) moves.push(step.move)
    else skipped.push({ ...from, alpha: alphaOf(step), valueRao: step.givesRao, reason: 'costs-more' })
  }
  return { moves, skipped }
}

const alphaOf = ({ gives }: PlannedMove): SkippedPosition['alpha'] => alpha(gives)
