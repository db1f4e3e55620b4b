import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type AskedMove, exactMoves } from '../../shared/staking/asked-move.ts'
import { chooseExit } from '../../shared/staking/choose-exit.ts'
import { feeFirst, keptOf, unprofitable } from '../../shared/staking/plan-exit.ts'
import { planMoves } from '../../shared/staking/plan-moves.ts'
import { type RebalanceRequest, rebalance } from '../../shared/staking/rebalance.ts'
import { limitedFromSpot } from '../../shared/staking/spot-limits.ts'
import type {
  MovesSnapshot,
  SkippedPosition,
  StakeMove,
  StakeMovesPlan,
  StakeMovesRequest,
} from '../../shared/staking/stake-move.ts'
import { type Netuid, type Rao, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChooseMoves, MovesTerms, StakingPort } from '../chain/staking.port.ts'
import type { MarketsService } from './markets.service.ts'
import type { RecipientGuard } from './recipient-guard.ts'
import type { WalletService } from './wallet.service.ts'

export interface StakeMovesDeps {
  readonly chain: StakingPort
  readonly wallets: WalletService
  readonly recipients: RecipientGuard
  /** What was recorded of earlier blocks, to hold a price against. */
  readonly markets: Pick<MarketsService, 'history'>
}

type Common = Omit<StakeMovesRequest, 'purpose' | 'moves'>
/** A limit that a person says for all trades at once: so far from the price of now, parts per million. */
interface Limited {
  readonly limitFromSpotPpm?: number | undefined
}
export interface MovesAsk extends Common, Limited {
  readonly moves: readonly AskedMove[]
}
export interface ExitAsk extends Common, Limited {
  /** Only positions worth less than this at spot, rao, and only where it pays; absent: everything. */
  readonly below?: Rao | undefined
}
/** What goes of what was chosen, and the snapshot that this was judged by. */
interface Going {
  readonly kept: { readonly moves: readonly StakeMove[]; readonly skipped: readonly SkippedPosition[] }
  readonly first: MovesSnapshot
  readonly skipped: readonly SkippedPosition[]
}
export type RebalanceAsk = Common & RebalanceRequest & Limited

const NOTHING = rao(0n)
/** How far back a look at the market says something of the price of now: a day. */
const RECORDED_BLOCKS = 7_200
/** Each look for a sale that pays its own fee is a few requests. */
const MOST_TRIES = 3

/** Gather → plan, for every kind of move of stake. Signs nothing and keeps nothing. */
export class StakeMovesService {
  readonly #deps: StakeMovesDeps
  constructor(deps: StakeMovesDeps) {
    this.#deps = deps
  }

  /** @errors those of {@link planMoves}, of the amounts, and of the recipient check */
  async plan({ moves, limitFromSpotPpm, ...rest }: MovesAsk): Promise<Result<StakeMovesPlan, AppError>> {
    const common = within(rest, limitFromSpotPpm)
    const refusal = await this.#recipientRefusal(moves, common.typedTo)
    if (refusal) return err(refusal)
    const chosen = limited(limitFromSpotPpm, (holdings) => exactMoves(moves, holdings))
    const snapshot = await this.#snapshot(common, chosen, { priced: moves.flatMap(boughtOn) })
    return snapshot.ok ? planMoves({ ...common, purpose: 'moves', moves: [] }, snapshot.value) : snapshot
  }

  /** The same moves with the chain of now. */
  async again({ request, skipped }: StakeMovesPlan): Promise<Result<StakeMovesPlan, AppError>> {
    const { moves, typedTo } = request
    const refusal = await this.#recipientRefusal(moves, typedTo)
    if (refusal) return err(refusal)
    const snapshot = await this.#snapshot(request, () => ok(moves))
    return snapshot.ok ? planMoves(request, snapshot.value, skipped) : snapshot
  }

  /**
   * Leaves every position that can be left, or sweeps the small ones that pay for it. What cannot be sold is left out and
   * named; the rest is then quoted once more, alone.
   * @errors stake/limit-needed where the chain simulates nothing and no limit was said
   */
  async exit({ below, limitFromSpotPpm, ...rest }: ExitAsk): Promise<Result<StakeMovesPlan, AppError>> {
    const common = within(rest, limitFromSpotPpm)
    const purpose = below === undefined ? 'exit' : 'sweep'
    let skipped: readonly SkippedPosition[] = []
    const choose = limited(limitFromSpotPpm, (holdings) => {
      const chosen = chooseExit(holdings, below)
      skipped = chosen.skipped
      return chosen.moves.length > 0 ? ok(chosen.moves) : err({ code: 'stake/nothing-to-do' })
    })
    const first = await this.#snapshot(common, choose)
    if (!first.ok) return first
    const request = { ...common, purpose, moves: [] } as const
    const going = await this.#going(request, first.value)
    if (!going.ok) return going
    let plan = await this.#affordable(request, { ...going.value, skipped })
    if (below === undefined) return plan
    // The fewer are left, the larger is the part of the fee that each has to bring.
    for (;;) {
      if (!plan.ok) return plan
      const kept = unprofitable(plan.value)
      if (kept.skipped.length === 0) return plan
      plan = await this.#planKept(request, { kept, first: going.value.first, skipped: plan.value.skipped })
    }
  }

  /** What can go. Where a large position is too much for its pool, the smaller ones behind it are quoted without it. */
  async #going(request: StakeMovesRequest, first: MovesSnapshot): Promise<Result<Omit<Going, 'skipped'>, AppError>> {
    const sorted = keptOf(request, first)
    if (!sorted.ok) return sorted
    const { moves, behind, skipped } = sorted.value
    if (behind.length === 0) return ok({ kept: sorted.value, first })
    const again = await this.#snapshot(request, () => ok([...moves, ...behind]))
    if (!again.ok) return again
    const kept = keptOf(request, again.value, true)
    if (!kept.ok) return kept
    return ok({ kept: { moves: kept.value.moves, skipped: [...skipped, ...kept.value.skipped] }, first: again.value })
  }

  /** All of it; where the TAO does not reach for the fee of all, the first sale that pays its own in alpha. */
  async #affordable(request: StakeMovesRequest, going: Going): Promise<Result<StakeMovesPlan, AppError>> {
    const all = await this.#planKept(request, going)
    const { moves } = going.kept
    if (all.ok || all.error.code !== 'stake/balance-too-low' || moves.length === 1) return all
    for (const move of moves.slice(0, MOST_TRIES)) {
      const one = await this.#planKept(request, { ...going, kept: feeFirst(move, going.kept, going.first) })
      if (one.ok) return one
    }
    return all
  }

  async #planKept(
    request: StakeMovesRequest,
    { kept, first, skipped }: Going,
  ): Promise<Result<StakeMovesPlan, AppError>> {
    const left = [...skipped, ...kept.skipped]
    if (kept.moves.length === 0) return err({ code: 'stake/nothing-to-do' })
    if (kept.moves.length === first.moves.length) return planMoves(request, first, left)
    const again = await this.#snapshot(request, () => ok(kept.moves))
    return again.ok ? planMoves(request, again.value, left) : again
  }

  /**
   * Quotes every set of moves that leads to the wanted shares, and takes the cheapest. What cannot be quoted has no cost to
   * compare: then the one with the fewest trades.
   */
  async rebalance(ask: RebalanceAsk): Promise<Result<StakeMovesPlan, AppError>> {
    const { targets, freeCounted, limitFromSpotPpm, ...rest } = ask
    const common = within(rest, limitFromSpotPpm)
    const request = { ...common, purpose: 'rebalance', moves: [] } as const
    const planned: Result<StakeMovesPlan, AppError>[] = []
    for (const way of ['swaps', 'throughTao'] as const) {
      const choose = limited(limitFromSpotPpm, (holdings) => {
        const ways = rebalance({ targets, freeCounted, tolerancePpm: common.tolerancePpm }, holdings)
        if (!ways.ok) return ways
        return ways.value[way].length > 0 ? ok(ways.value[way]) : err({ code: 'stake/nothing-to-do' })
      })
      const snapshot = await this.#snapshot(common, choose, { priced: targets.map(({ netuid }) => netuid) })
      planned.push(snapshot.ok ? planMoves(request, snapshot.value) : snapshot)
    }
    return cheapest(planned)
  }

  async #recipientRefusal(moves: readonly AskedMove[], typedTo: string | undefined): Promise<AppError | undefined> {
    for (const move of moves) {
      if (move.kind !== 'transfer') continue
      const refusal = await this.#deps.recipients.refusal(move.to, typedTo)
      if (refusal) return refusal
    }
    return undefined
  }

  /** @param ask whose state counts; a signer that acts for another account pays the fee, so that account does not. */
  async #snapshot(
    { account, oneByOne }: { readonly account?: Ss58 | undefined; readonly oneByOne?: boolean | undefined },
    choose: ChooseMoves,
    { priced }: Pick<MovesTerms, 'priced'> = {},
  ): Promise<Result<MovesSnapshot, AppError>> {
    const wallet = this.#deps.wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const coldkey = account ?? wallet.address
    const read = await this.#deps.chain.movesSnapshot(coldkey, choose, { oneByOne, priced })
    if (!read.ok) return read
    const snapshot = { ...read.value, recorded: this.#recorded(read.value) }
    if (coldkey === wallet.address) return ok(snapshot)
    return ok({ ...snapshot, txFees: snapshot.txFees.map(() => NOTHING), paidByOther: true })
  }

  #recorded({ block, pools }: MovesSnapshot): MovesSnapshot['recorded'] {
    const samplesOf = (netuid: Netuid) => {
      const past = this.#deps.markets.history(netuid, Math.max(0, block - RECORDED_BLOCKS))
      return past.ok ? past.value.samples : []
    }
    return new Map([...pools.keys()].map((netuid) => [netuid, samplesOf(netuid)]))
  }
}

/** A limit that was said counts instead of the tolerance, everywhere. */
const within = <C extends Common>(common: C, limitFromSpotPpm: number | undefined): C => ({
  ...common,
  tolerancePpm: limitFromSpotPpm ?? common.tolerancePpm,
})

/** What was chosen, with the limits that were said for all of it. */
function limited(limitFromSpotPpm: number | undefined, choose: ChooseMoves): ChooseMoves {
  if (limitFromSpotPpm === undefined) return choose
  return (holdings) => {
    const chosen = choose(holdings)
    return chosen.ok ? ok(limitedFromSpot(chosen.value, holdings.prices, limitFromSpotPpm)) : chosen
  }
}

/** Where a move buys: a price that is needed although nothing may be held there. */
const boughtOn = (move: AskedMove): readonly Netuid[] =>
  move.kind === 'add' ? [move.netuid] : move.kind === 'swap' ? [move.toNetuid] : []

/** The first of the cheapest; of those that could not be planned the first says why. */
function cheapest(planned: readonly Result<StakeMovesPlan, AppError>[]): Result<StakeMovesPlan, AppError> {
  const plans = planned.filter((one) => one.ok)
  const costs = plans.map(({ value }) => value.costRao)
  const best = plans.reduce<number | undefined>((least, _, index) => {
    const [cost, before] = [costs[index], least === undefined ? undefined : costs[least]]
    return least === undefined || (cost !== undefined && (before === undefined || cost < before)) ? index : least
  }, undefined)
  const [none] = planned
  return (best === undefined ? none : plans[best]) ?? err({ code: 'stake/nothing-to-do' })
}
