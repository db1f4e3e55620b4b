import type { Via } from '../accounts/plan-account.ts'
import type { AppError } from '../errors.ts'
import type { Ss58 } from '../units/amounts.ts'
import type { MovesPurpose, PlanDoubt, StakeMove, StakeMovesPlan } from './stake-move.ts'

/** @param preparedId names the transaction that was made of it, also after a crash. */
export interface QueuedMove {
  readonly move: StakeMove
  readonly state: 'waiting' | 'sending' | 'done' | 'failed'
  readonly preparedId?: string | undefined
  readonly error?: AppError | undefined
}

/** Moves that were agreed to as one, and are signed one after the other because one call cannot carry them. */
export interface MoveQueue {
  readonly id: string
  readonly genesis: string
  /** Whose stake moves. */
  readonly coldkey: Ss58
  /** Who signs each of them. */
  readonly signer: Ss58
  readonly via: Via
  readonly purpose: MovesPurpose
  readonly tolerancePpm: number
  readonly typedTo?: string | undefined
  /** Contradictions that the person has seen and goes on with: no others. */
  readonly doubts?: readonly PlanDoubt[] | undefined
  readonly startedAtMs: number
  readonly items: readonly QueuedMove[]
}

/** A list, and whether it is being carried out at this moment: that is never kept. */
export type KnownQueue = MoveQueue & { readonly now: 'running' | 'stopping' | 'resting' }

/** The move with the limit that was agreed to: it holds for as long as the list lasts, whatever the price does. */
function bounded({ move, limitPrice, limitRatio }: StakeMovesPlan['steps'][number]): StakeMove {
  if (move.kind === 'swap') return limitRatio === undefined ? move : { ...move, limitRatio }
  if (move.kind === 'add' || move.kind === 'remove' || move.kind === 'remove-all')
    return limitPrice === undefined ? move : { ...move, limitPrice }
  return move
}

export const queueOf = (
  plan: StakeMovesPlan,
  facts: Pick<MoveQueue, 'id' | 'genesis' | 'signer' | 'via' | 'startedAtMs'>,
): MoveQueue => ({
  ...facts,
  coldkey: plan.coldkey,
  purpose: plan.request.purpose,
  tolerancePpm: plan.request.tolerancePpm,
  typedTo: plan.request.typedTo,
  doubts: plan.request.despiteDoubts ? plan.doubts : undefined,
  items: plan.steps.map((step) => ({ move: bounded(step), state: 'waiting' })),
})

/**
 * Which one is next; `undefined`: none. One whose end is not known yet comes first. Behind one that was not done nothing is made
 * that builds on it: a purchase would spend TAO that the sale before it has not brought.
 */
export function nextIn(queue: MoveQueue): number | undefined {
  const open = queue.items.findIndex(({ state }) => state === 'sending' || (state === 'waiting' && !isOver(queue)))
  return open < 0 ? undefined : open
}

/** One was not done, and the others build on it: they will not be made. */
export const isOver = (queue: MoveQueue): boolean =>
  !goesOn(queue) && queue.items.some(({ state }) => state === 'failed')

export const withItem = (queue: MoveQueue, index: number, change: Partial<QueuedMove>): MoveQueue => ({
  ...queue,
  items: queue.items.map((item, at) => (at === index ? { ...item, ...change } : item)),
})

/** Not the move is at fault: the list waits, and goes on from here later. */
export const isPause = ({ code }: AppError): boolean =>
  /^(keys|policy|signer|host|storage)\//.test(code) ||
  code === 'stake/balance-too-low' ||
  code === 'account/balance-too-low' ||
  PAUSES.has(code)
const PAUSES: ReadonlySet<string> = new Set([
  'chain/not-connected',
  'chain/unreachable',
  'chain/over-budget',
  'chain/rate-limited',
  'chain/runtime-changed',
  'chain/fee-doubted',
  'stake/price-doubted',
  'contract/cancelled',
  'internal',
])

/** After one that failed the others go on only where they do not build on it. */
const goesOn = ({ purpose }: MoveQueue): boolean => purpose === 'exit' || purpose === 'sweep'
