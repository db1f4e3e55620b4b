import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import {
  type Alpha,
  addRao,
  alpha,
  alphaAtPrice,
  type Netuid,
  type Rao,
  rao,
  type Ss58,
  subAlpha,
  U64_MAX,
} from '../units/amounts.ts'
import { batchOf } from './move-intent.ts'
import { ROOT } from './move-limits.ts'
import { doubtsOf } from './plan-doubts.ts'
import { type Leaving, type Place, planOneMove } from './plan-one-move.ts'
import {
  destinationOf,
  type MovesSnapshot,
  originOf,
  type PlannedMove,
  placeKey,
  type SkippedPosition,
  type StakeMove,
  type StakeMovesPlan,
  type StakeMovesRequest,
} from './stake-move.ts'

/** One call carries no more: a person has to be able to read it. */
export const MOST_MOVES = 50
const NOTHING = rao(0n)
const capped = (n: bigint): Rao => rao(n > U64_MAX ? U64_MAX : n)

/** What is there before each step: the steps before it are done. */
class Running {
  readonly #held = new Map<string, bigint>()
  readonly #left: Map<Netuid, bigint> | undefined
  readonly #snapshot: MovesSnapshot
  /** Validators behind whom a step changed the stake on root. */
  readonly #touched = new Set<Ss58>()
  /** Worst case, rao; fees are already off. */
  free: bigint

  constructor(snapshot: MovesSnapshot, free: bigint) {
    this.free = free
    this.#snapshot = snapshot
    for (const { hotkey, netuid, alpha: amount } of snapshot.positions) this.#held.set(placeKey(hotkey, netuid), amount)
    this.#left = snapshot.available && new Map([...snapshot.available])
  }

  at({ hotkey, netuid }: Place): { held: Alpha; available: Alpha } {
    const held = this.#held.get(placeKey(hotkey, netuid)) ?? 0n
    const left = this.#left ? (this.#left.get(netuid) ?? 0n) : held
    return { held: alpha(held), available: alpha(left < held ? left : held) }
  }

  /**
   * First block in which stake may leave root: a chain with a hold begins to count with each change behind a validator, also
   * with one a step earlier. Nothing else is held.
   * @source subtensor `staking/stake_utils.rs`: ensure_root_stake_unlocked, for sales, moves, swaps and transfers alike
   */
  heldUntil({ hotkey, netuid }: Place): number | undefined {
    const { block, rootHoldBlocks, rootHeldUntil } = this.#snapshot
    if (netuid !== ROOT) return undefined
    return rootHoldBlocks && this.#touched.has(hotkey) ? block + 1 + rootHoldBlocks : rootHeldUntil?.get(hotkey)
  }

  take(place: Place, amount: bigint): void {
    const key = placeKey(place.hotkey, place.netuid)
    this.#held.set(key, (this.#held.get(key) ?? 0n) - amount)
    this.#left?.set(place.netuid, (this.#left.get(place.netuid) ?? 0n) - amount)
  }

  put(place: Place, amount: bigint): void {
    const key = placeKey(place.hotkey, place.netuid)
    this.#held.set(key, (this.#held.get(key) ?? 0n) + amount)
    this.#left?.set(place.netuid, (this.#left.get(place.netuid) ?? 0n) + amount)
  }

  /** Books the worst case of a step, so that what comes after it works in every case. Alpha that a trade brings is not counted on. */
  book(step: PlannedMove): void {
    const { move } = step
    const from = originOf(move)
    if (from) this.take(from, step.gives)
    for (const place of [from, destinationOf(move)]) if (place?.netuid === ROOT) this.#touched.add(place.hotkey)
    if (move.kind === 'add') this.free -= step.gives
    if (step.receives === 'tao') this.free += step.worst ?? 0n
    if (move.kind === 'move') this.put({ hotkey: move.toHotkey, netuid: move.netuid }, step.worst ?? 0n)
  }
}

interface FeeAnswer {
  readonly free: bigint
  /** At the spot price, as the chain asks it; it sells that much whatever it brings. */
  readonly inAlpha: StakeMovesPlan['feeInAlpha']
}

/**
 * Who pays the network fee. The chain takes it before anything is sold, so it has to be free; a single move of one
 * position may pay in that position's alpha instead, of what is not locked.
 * @source subtensor `pallets/transaction-fee`: remove, move, swap and transfer of stake, one subnet
 */
function payFee(moves: readonly StakeMove[], s: MovesSnapshot): Result<FeeAnswer, AppError> {
  const txFee = s.txFees.reduce(addRao, NOTHING)
  const enough = s.free >= txFee + (moves.some(({ kind }) => kind === 'add') ? s.existentialDeposit : 0n)
  if (enough) return ok({ free: s.free - txFee, inAlpha: undefined })
  const tooLow = err({ code: 'stake/balance-too-low', available: s.free, needed: txFee } as const)
  const [move, second] = moves
  const from = move && originOf(move)
  if (!from || second || !s.alive || s.free >= txFee) return tooLow
  const price = s.prices.get(from.netuid)
  const inAlpha = price && alphaAtPrice(txFee, price)
  const held = s.positions.find((row) => row.hotkey === from.hotkey && row.netuid === from.netuid)?.alpha
  const unlocked = s.available ? (s.available.get(from.netuid) ?? alpha(0n)) : held
  if (inAlpha === undefined || held === undefined || unlocked === undefined) return tooLow
  if (subAlpha(held, inAlpha) === undefined || subAlpha(unlocked, inAlpha) === undefined) return tooLow
  return ok({ free: s.free, inAlpha: { ...from, alpha: inAlpha } })
}

/**
 * Plans any number of stake moves as one agreement: each with its own limit, its best, expected and worst case, and what
 * all of it costs. Pure: same input, same plan. Amounts in rao and 1e-9 alpha.
 *
 * @errors stake/nothing-to-do, stake/too-many-moves, stake/balance-too-low, and those of {@link planOneMove}
 * @source subtensor `staking/{add,remove,move}_stake.rs`; protocol chapters 3.2, 3.3, 7.3
 */
export function planMoves(
  request: StakeMovesRequest,
  s: MovesSnapshot,
  skipped: readonly SkippedPosition[] = [],
): Result<StakeMovesPlan, AppError> {
  const { moves } = s
  if (moves.length === 0) return err({ code: 'stake/nothing-to-do' })
  if (moves.length > MOST_MOVES) return err({ code: 'stake/too-many-moves', most: MOST_MOVES })
  const fee = payFee(moves, s)
  if (!fee.ok) return fee
  const running = new Running(s, fee.value.free)
  const { inAlpha } = fee.value
  if (inAlpha) running.take(inAlpha, inAlpha.alpha)
  const steps: PlannedMove[] = []
  for (const [index, move] of moves.entries()) {
    const from = originOf(move)
    const leaving: Leaving | undefined = from && { ...from, ...running.at(from), heldUntil: running.heldUntil(from) }
    const step = planOneMove(move, {
      snapshot: s,
      quote: s.quotes[index] ?? {},
      tolerancePpm: request.tolerancePpm,
      leaving,
      free: running.free,
      fees: s.free - fee.value.free,
      feeAlpha: inAlpha?.alpha ?? alpha(0n),
    })
    if (!step.ok) return step
    steps.push(step.value)
    running.book(step.value)
  }
  // Less than an account can hold is lost when it is paid out.
  if (running.free < s.existentialDeposit && steps.some(({ receives }) => receives === 'tao'))
    return err({ code: 'stake/balance-too-low', available: s.free, needed: s.existentialDeposit })
  return ok(put(request, s, { steps, fee: fee.value, skipped }))
}

interface Parts {
  readonly steps: readonly PlannedMove[]
  readonly fee: FeeAnswer
  readonly skipped: readonly SkippedPosition[]
}

function put(request: StakeMovesRequest, s: MovesSnapshot, { steps, fee, skipped }: Parts): StakeMovesPlan {
  const intents = steps.map(({ intent }) => intent)
  const [first] = intents
  const carry = intents.length === 1 ? 'single' : s.canBatch && !request.oneByOne ? 'batch' : 'queue'
  const mode = request.purpose === 'exit' || request.purpose === 'sweep' ? 'each' : 'all'
  const txFee = s.txFees.reduce(addRao, NOTHING)
  const after = (of: 'expected' | 'worst') => freeAfter(fee.free, steps, of)
  // The cast-free fallback is never taken: a plan has at least one step.
  const intent = carry === 'batch' || !first ? batchOf(intents, mode) : first
  return {
    kind: 'stake-moves',
    coldkey: s.coldkey,
    // The very moves that were quoted: a plan that is made again is about the same amounts.
    request: { ...request, moves: s.moves },
    atBlock: s.block,
    steps,
    carry,
    intent,
    txFee,
    feeInAlpha: fee.inAlpha,
    free: s.free,
    freeAfter: after('expected'),
    freeAfterWorst: after('worst'),
    costRao: costOf(steps, txFee, 'expectedRao'),
    worstCostRao: costOf(steps, txFee, 'worstRao'),
    rootHoldBlocks: steps.some(({ notes }) => notes.includes('root-hold')) ? s.rootHoldBlocks : undefined,
    skipped,
    doubts: doubtsOf(s, { intents: carry === 'queue' ? intents : [intent], txFee }),
  }
}

function freeAfter(free: bigint, steps: readonly PlannedMove[], of: 'expected' | 'worst'): Rao | undefined {
  let sum = free
  for (const step of steps) {
    if (step.move.kind === 'add') sum -= step.gives
    const got = step[of]
    if (step.receives === 'tao' && got === undefined) return undefined
    if (step.receives === 'tao') sum += got ?? 0n
  }
  return capped(sum < 0n ? 0n : sum)
}

/** What is given at spot price, less what is received at spot price, and the fees. Stake given away is no cost of the move. */
function costOf(steps: readonly PlannedMove[], txFee: Rao, of: 'expectedRao' | 'worstRao'): bigint | undefined {
  let sum: bigint = txFee
  for (const step of steps) {
    const got = step[of]
    if (step.givesRao === undefined || got === undefined) return undefined
    sum += step.givesRao - got
  }
  return sum
}
