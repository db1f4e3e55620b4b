import type { AppError } from '../errors.ts'
import { alpha } from '../units/amounts.ts'
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

/** A refusal that concerns one position only; anything else concerns the whole plan. */
function reasonOf({ code }: AppError): SkipReason | undefined {
  switch (code) {
    case 'stake/no-liquidity':
    case 'stake/limit-needed':
      return 'pool-cannot'
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

/** Which of the snapshot's moves the chain would make, each looked at by itself: one that cannot go does not hold the others. */
export function keptOf(request: StakeMovesRequest, s: MovesSnapshot): Kept {
  const moves: StakeMove[] = []
  const skipped: SkippedPosition[] = []
  for (const [index, move] of s.moves.entries()) {
    const quote = s.quotes[index]
    // Fees are the plan's; here a position is judged by itself, with an account that can pay.
    const alone = { ...s, moves: [move], quotes: quote ? [quote] : [], txFees: [] }
    const planned = planMoves(request, alone)
    const reason = planned.ok ? undefined : reasonOf(planned.error)
    if (reason === undefined) moves.push(move)
    else skipped.push(...skippedOf(move, s, reason))
  }
  return { moves, skipped }
}

/** What one step carries of all network fees, rao: its part, rounded up. */
export const feeShare = ({ txFee, steps }: Pick<StakeMovesPlan, 'txFee' | 'steps'>): bigint =>
  steps.length === 0 ? 0n : (txFee + BigInt(steps.length) - 1n) / BigInt(steps.length)

/** Whether a step brings more than its part of the fees; `undefined`: what it brings is not known. */
export const paysForItself = (step: PlannedMove, plan: Pick<StakeMovesPlan, 'txFee' | 'steps'>): boolean | undefined =>
  step.expectedRao === undefined ? undefined : step.expectedRao > feeShare(plan)

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
