import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import {
  alpha,
  alphaAtPrice,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  rao,
  type Ss58,
  valueAtPrice,
} from '../units/amounts.ts'
import { MOST_MOVES } from './plan-moves.ts'
import type { Holdings, StakeMove } from './stake-move.ts'
import { swapToValidator } from './swap-to-validator.ts'

/** Parts of a whole portfolio, in parts per million. */
export const WHOLE_PPM = 1_000_000

export interface Target {
  readonly netuid: Netuid
  /** With whom all stake goes that comes to this subnet; what is there stays with whom it is. */
  readonly hotkey: Ss58
  /** Wanted share of the value at spot price. */
  readonly ppm: number
}
export interface RebalanceRequest {
  /** Subnets that are not named shall hold nothing. The rest up to the whole is free TAO. */
  readonly targets: readonly Target[]
  /** Free TAO that counts as part of the portfolio, rao; the rest is not touched. */
  readonly freeCounted: Rao
  /** The worst that sales may bring counts, so that the purchases behind them can always be paid. */
  readonly tolerancePpm: number
}

interface Source {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly price: RaoPerAlpha
  /** Alpha that may leave, and what it is worth, rao. */
  available: bigint
  value: bigint
  /** True when all of the position is meant. */
  readonly whole: boolean
}
interface Sink {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  missing: bigint
}
interface Imbalance {
  readonly sources: Source[]
  readonly sinks: Sink[]
  /** TAO that is free for purchases, or (negative) wanted out of stake, rao. */
  readonly tao: bigint
}

/** More than the swap fee of any pool that is known, 0.2 %. */
const SWAP_FEE_PPM = 2_000

interface Rules {
  /** Smallest trade, rao. */
  readonly least: bigint
  /** What a sale surely brings of its value at spot. */
  readonly keptPpm: bigint
}

/** Below twice the chain's minimum a move is not worth its fee, and a small fall of the price would have it refused. */
const leastTrade = ({ minStake }: Holdings): bigint => minStake * 2n

/**
 * Sets of moves that take a portfolio to the wanted shares, each by moving no more value than has to move. Which is the
 * cheapest depends on fees and pools, which the chain tells: they are quoted, and the cheapest is taken.
 * - `swaps`: surplus goes straight to where it is missing, largest to largest: the fewest trades, one swap fee each. Stake
 *   of another validator than the wanted one goes to that one first.
 * - `through-tao`: surplus is sold, what is missing is bought: more trades, but cheaper ones where many meet many.
 *
 * Pure. Values are at spot price; a position without a price cannot be weighed.
 * @errors contract/bad-input (shares), stake/price-unknown, stake/nothing-to-do, stake/too-many-moves
 */
export function rebalance(
  request: RebalanceRequest,
  holdings: Holdings,
): Result<{ readonly swaps: readonly StakeMove[]; readonly throughTao: readonly StakeMove[] }, AppError> {
  const found = imbalanceOf(request, holdings)
  if (!found.ok) return found
  const rules = { least: leastTrade(holdings), keptPpm: BigInt(WHOLE_PPM - request.tolerancePpm - SWAP_FEE_PPM) }
  const swaps = bySwaps(copy(found.value), rules)
  const throughTao = byTao(copy(found.value), rules)
  if (swaps.length === 0 && throughTao.length === 0) return err({ code: 'stake/nothing-to-do' })
  const fits = (moves: readonly StakeMove[]) => moves.length <= MOST_MOVES
  if (!fits(swaps) && !fits(throughTao)) return err({ code: 'stake/too-many-moves', most: MOST_MOVES })
  return ok({ swaps: fits(swaps) ? swaps : [], throughTao: fits(throughTao) ? throughTao : [] })
}

const copy = ({ sources, sinks, tao }: Imbalance): Imbalance => ({
  sources: sources.map((source) => ({ ...source })),
  sinks: sinks.map((sink) => ({ ...sink })),
  tao,
})

const largest = <T>(list: readonly T[], of: (item: T) => bigint): T | undefined =>
  list.reduce<T | undefined>((best, item) => (best === undefined || of(item) > of(best) ? item : best), undefined)

function imbalanceOf({ targets, freeCounted }: RebalanceRequest, holdings: Holdings): Result<Imbalance, AppError> {
  const issues = shareIssues(targets, freeCounted, holdings)
  if (issues.length > 0) return err({ code: 'contract/bad-input', issues })
  const value = new Map<Netuid, bigint>()
  let total: bigint = freeCounted
  for (const { netuid, alpha: held } of holdings.positions) {
    const price = holdings.prices.get(netuid)
    if (price === undefined) return err({ code: 'stake/price-unknown', netuid })
    const worth = valueAtPrice(held, price)
    value.set(netuid, (value.get(netuid) ?? 0n) + worth)
    total += worth
  }
  const missing = targets.find(({ netuid }) => !holdings.prices.has(netuid))
  if (missing) return err({ code: 'stake/price-unknown', netuid: missing.netuid })
  const wanted = (netuid: Netuid) => {
    const share = targets.find((target) => target.netuid === netuid)?.ppm ?? 0
    return (total * BigInt(share)) / BigInt(WHOLE_PPM)
  }
  const sources: Source[] = []
  for (const [netuid, has] of value) {
    const surplus = has - wanted(netuid)
    if (surplus > 0n) sources.push(...sourcesOn(netuid, { surplus, all: wanted(netuid) === 0n }, holdings))
  }
  const sinks = targets
    .map(({ netuid, hotkey }): Sink => ({ netuid, hotkey, missing: wanted(netuid) - (value.get(netuid) ?? 0n) }))
    .filter((sink) => sink.missing > 0n)
  const shares = targets.reduce((sum, { ppm }) => sum + ppm, 0)
  const wantedFree = (total * BigInt(WHOLE_PPM - shares)) / BigInt(WHOLE_PPM)
  return ok({ sources, sinks, tao: freeCounted - wantedFree })
}

function shareIssues(targets: readonly Target[], freeCounted: Rao, { free }: Holdings): readonly string[] {
  const shares = targets.reduce((sum, { ppm }) => sum + ppm, 0)
  return [
    ...(shares > WHOLE_PPM ? ['targets: together more than the whole'] : []),
    ...(new Set(targets.map(({ netuid }) => netuid)).size < targets.length ? ['targets: a subnet twice'] : []),
    ...(freeCounted > free ? ['freeCounted: more than is free'] : []),
  ]
}

/** Which positions of a subnet give up its surplus: the largest first, and of each no more than is available. */
function sourcesOn(
  netuid: Netuid,
  { surplus, all }: { readonly surplus: bigint; readonly all: boolean },
  { positions, available, prices }: Holdings,
): readonly Source[] {
  const price = prices.get(netuid)
  if (price === undefined || price === 0n) return []
  const rows = positions.filter((row) => row.netuid === netuid).sort((a, b) => (a.alpha > b.alpha ? -1 : 1))
  let onSubnet = available ? (available.get(netuid) ?? 0n) : rows.reduce((sum, row) => sum + row.alpha, 0n)
  let left = surplus
  const found: Source[] = []
  for (const { hotkey, alpha: held } of rows) {
    const can = onSubnet < held ? onSubnet : held
    const wanted = all ? held : (alphaAtPrice(rao(left), price) ?? 0n)
    const amount = wanted < can ? wanted : can
    if (amount === 0n) continue
    const value = valueAtPrice(alpha(amount), price)
    found.push({ netuid, hotkey, price, available: amount, value, whole: all && amount === held })
    onSubnet -= amount
    left -= value < left ? value : left
    if (left === 0n && !all) break
  }
  return found
}

/** Alpha of a source that is worth `value`; the last part takes what rounding left. */
function takeFrom(source: Source, value: bigint): bigint {
  const amount = value >= source.value ? source.available : (value * source.available) / source.value
  source.available -= amount
  source.value -= value >= source.value ? source.value : value
  return amount
}

function bySwaps({ sources, sinks, tao }: Imbalance, { least }: Rules): readonly StakeMove[] {
  const moves: StakeMove[] = []
  let free = tao
  for (;;) {
    const source = largest(sources, ({ value }) => value)
    const sink = largest(sinks, ({ missing }) => missing)
    if (!source || !sink || source.value < least || sink.missing < least) break
    const value = source.value < sink.missing ? source.value : sink.missing
    const amount = alpha(takeFrom(source, value))
    const between = {
      fromHotkey: source.hotkey,
      toHotkey: sink.hotkey,
      fromNetuid: source.netuid,
      toNetuid: sink.netuid,
    }
    const { first, swap } = swapToValidator({ ...between, amount })
    moves.push(...first, swap)
    sink.missing -= value
  }
  // What no purchase wants becomes TAO; what no sale brought is bought with TAO.
  for (const source of sources)
    if (source.value >= least && free < 0n) {
      const value = source.value < -free ? source.value : -free
      moves.push(saleOf(source, value))
      free += value
    }
  return [...moves, ...purchases(sinks, { budget: free, least })]
}

function byTao({ sources, sinks, tao }: Imbalance, { least, keptPpm }: Rules): readonly StakeMove[] {
  const needed = sinks.reduce((sum, { missing }) => sum + missing, 0n)
  let wanted = needed - tao
  const sales: StakeMove[] = []
  let sold = 0n
  for (const source of [...sources].sort((a, b) => (a.value > b.value ? -1 : 1))) {
    const value = source.value < wanted ? source.value : wanted
    if (value < least) continue
    sales.push(saleOf(source, value))
    wanted -= value
    sold += value
  }
  return [...sales, ...purchases(sinks, { budget: tao + (sold * keptPpm) / BigInt(WHOLE_PPM), least })]
}

function saleOf(source: Source, value: bigint): StakeMove {
  const { netuid, hotkey, whole } = source
  const isAll = whole && value >= source.value
  const amount = alpha(takeFrom(source, value))
  return isAll ? { kind: 'remove-all', netuid, hotkey } : { kind: 'remove', netuid, hotkey, amount }
}

function purchases(
  sinks: readonly Sink[],
  { budget, least }: { readonly budget: bigint; readonly least: bigint },
): readonly StakeMove[] {
  let left = budget
  const moves: StakeMove[] = []
  for (const { netuid, hotkey, missing } of [...sinks].sort((a, b) => (a.missing > b.missing ? -1 : 1))) {
    const value = missing < left ? missing : left
    if (value < least) continue
    moves.push({ kind: 'add', netuid, hotkey, amount: rao(value) })
    left -= value
  }
  return moves
}
