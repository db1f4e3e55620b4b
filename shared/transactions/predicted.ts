import type { PlannedMove, StakeMove } from '../staking/stake-move.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'
import type { HappenedMove, Outcome, Plan, TransactionRecord } from './transaction.ts'

/** What a plan said that one move would bring: kept with the transaction. Amounts in 1e-9 of what is received. */
export interface PredictedMove {
  readonly kind: StakeMove['kind']
  /** The position that is left, or that is bought into. */
  readonly netuid: Netuid
  readonly hotkey: Ss58
  /** Where it arrives, if stake arrives elsewhere. */
  readonly toNetuid?: Netuid | undefined
  readonly toHotkey?: Ss58 | undefined
  readonly to?: Ss58 | undefined
  readonly gives: bigint
  readonly receives: 'tao' | 'alpha'
  readonly best?: bigint | undefined
  readonly expected?: bigint | undefined
  readonly worst?: bigint | undefined
}

function placesOf(move: StakeMove): Pick<PredictedMove, 'netuid' | 'hotkey' | 'toNetuid' | 'toHotkey' | 'to'> {
  switch (move.kind) {
    case 'move':
      return { netuid: move.netuid, hotkey: move.fromHotkey, toNetuid: move.netuid, toHotkey: move.toHotkey }
    case 'swap':
      return { netuid: move.fromNetuid, hotkey: move.hotkey, toNetuid: move.toNetuid, toHotkey: move.hotkey }
    case 'transfer':
      return { netuid: move.netuid, hotkey: move.hotkey, toNetuid: move.netuid, toHotkey: move.hotkey, to: move.to }
    default:
      return { netuid: move.netuid, hotkey: move.hotkey }
  }
}

const predictedMove = ({ move, gives, receives, best, expected, worst }: PlannedMove): PredictedMove => ({
  kind: move.kind,
  ...placesOf(move),
  gives,
  receives,
  best,
  expected,
  worst,
})

/** What a confirmed plan promises, move by move; empty where it moves no stake. */
export const predictedBy = (plan: Plan): readonly PredictedMove[] =>
  plan.kind === 'stake-moves' ? plan.steps.map(predictedMove) : []

/**
 * How one move ended: as foreseen between best and worst; `below`: less than the bound that was agreed to; `tao-instead`:
 * the chain sold and did not buy; `failed`: the chain refused this one of many; `unknown`: the events do not tell.
 */
export type MoveVerdict = 'within' | 'better' | 'below' | 'tao-instead' | 'failed' | 'unknown'
export interface ComparedMove {
  readonly predicted: PredictedMove
  readonly gave?: bigint | undefined
  readonly received?: bigint | undefined
  /** What was to be received for what was given: of a part that was traded its share, not the whole. */
  readonly expected?: bigint | undefined
  readonly verdict: MoveVerdict
  /** The chain's name of the failure. */
  readonly error?: string | undefined
}

/** Takes events one after the other: each belongs to one move only. */
class Events {
  readonly #left: HappenedMove[]
  constructor(events: readonly HappenedMove[]) {
    this.#left = [...events]
  }
  next(event: HappenedMove['event'], netuid: Netuid, hotkey: Ss58): HappenedMove | undefined {
    const at = this.#left.findIndex((one) => one.event === event && one.netuid === netuid && one.hotkey === hotkey)
    return at < 0 ? undefined : this.#left.splice(at, 1)[0]
  }
}

/**
 * Predicted against happened, in the order of the plan. Pure; `undefined` where nothing was predicted or nothing is known yet.
 */
export function compareMoves(
  record: Pick<TransactionRecord, 'predicted' | 'outcome'>,
): readonly ComparedMove[] | undefined {
  const { predicted, outcome } = record
  if (!predicted || predicted.length === 0 || !outcome?.moves) return undefined
  const events = new Events(outcome.moves)
  return predicted.map((move, index) => compareMove(move, { events, failure: outcome.failedItems?.[index], outcome }))
}

function compareMove(
  predicted: PredictedMove,
  {
    events,
    failure,
  }: { readonly events: Events; readonly failure: string | null | undefined; readonly outcome: Outcome },
): ComparedMove {
  if (failure) return { predicted, verdict: 'failed', error: failure }
  const { kind, netuid, hotkey, toNetuid, toHotkey } = predicted
  const out = kind === 'add' ? undefined : events.next('removed', netuid, hotkey)
  const arrives = kind === 'add' ? { netuid, hotkey } : { netuid: toNetuid ?? netuid, hotkey: toHotkey ?? hotkey }
  const into = predicted.receives === 'alpha' ? events.next('added', arrives.netuid, arrives.hotkey) : undefined
  const gave = kind === 'add' ? into?.tao : out && out.alpha + out.fee
  const received = predicted.receives === 'tao' ? out?.tao : into?.alpha
  const expected = shareOf(predicted.expected, gave, predicted)
  const facts = { predicted, gave, expected }
  if (received === undefined) return { ...facts, verdict: kind === 'swap' && out ? 'tao-instead' : 'unknown' }
  // The bound of a partial fill is that of any part already; the best of a part is its share, rounded up.
  const best = shareOf(predicted.best, gave, predicted)
  if (predicted.worst !== undefined && received < predicted.worst) return { ...facts, received, verdict: 'below' }
  const better = best !== undefined && received > best + (isPart(facts) ? 1n : 0n) && kind !== 'remove-all'
  return { ...facts, received, verdict: better ? 'better' : 'within' }
}

/** By amount: what a part costs less in price is the trader's gain and shows as the difference. */
function shareOf(whole: bigint | undefined, gave: bigint | undefined, predicted: PredictedMove): bigint | undefined {
  if (whole === undefined || gave === undefined || !isPart({ gave, predicted })) return whole
  return (whole * gave) / predicted.gives
}

/** What deserves a flag: a bound that did not hold, or a leg that was left out. */
export const isBroken = ({ verdict }: ComparedMove): boolean => verdict === 'below' || verdict === 'tao-instead'

/** Less than a millionth is rounding of the chain, not a part; of a small move as little as a few smallest units. */
const PART_OF = 1_000_000n
const ROUNDING = 10n

/** Only a part was traded: the limit stopped it, and the rest stayed where it was. */
export const isPart = ({ gave, predicted: { gives } }: Pick<ComparedMove, 'gave' | 'predicted'>): boolean =>
  gave !== undefined && gives - gave > ROUNDING && (gives - gave) * PART_OF > gives
