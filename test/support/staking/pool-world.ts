import { heldBefore } from '../../../shared/staking/held-before.ts'
import { planMoves } from '../../../shared/staking/plan-moves.ts'
import {
  type MoveQuote,
  type MovesSnapshot,
  placeKey,
  type StakeMove,
  type StakeMovesRequest,
} from '../../../shared/staking/stake-move.ts'
import {
  type Alpha,
  alpha,
  type Netuid,
  netuid,
  type RaoPerAlpha,
  rao,
  raoPerAlpha,
  ss58,
  UNITS_PER_WHOLE,
} from '../../../shared/units/amounts.ts'

export const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
export const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
export const OTHER = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
export const [ONE, TWO] = [netuid(1), netuid(2)]
export const MIN = 2_000_000n
export const ED = 500n
export const FEE = 1_600_000n

/** A smooth pool, for numbers that hang together: constant product, fee 33 of 65,535 on what goes in. */
interface Pool {
  tao: bigint
  alpha: bigint
}
export const feeOf = (amount: bigint) => (amount * 33n) / 65_535n
export const priceOf = ({ tao, alpha: inPool }: Pool) => (tao * UNITS_PER_WHOLE) / inPool
export const sell = (pool: Pool, amount: bigint) => {
  const swapped = amount - feeOf(amount)
  return {
    out: pool.tao - (pool.tao * pool.alpha + pool.alpha + swapped - 1n) / (pool.alpha + swapped),
    fee: feeOf(amount),
  }
}
const buy = (pool: Pool, amount: bigint) => {
  const swapped = amount - feeOf(amount)
  return {
    out: pool.alpha - (pool.tao * pool.alpha + pool.tao + swapped - 1n) / (pool.tao + swapped),
    fee: feeOf(amount),
  }
}
const POOLS: ReadonlyMap<Netuid, Pool> = new Map([
  [ONE, { tao: 20_000_000_000_000n, alpha: 400_000_000_000_000n }],
  [TWO, { tao: 9_000_000_000_000n, alpha: 30_000_000_000_000n }],
])
export const poolOf = (id: Netuid): Pool => POOLS.get(id) ?? { tao: 1n, alpha: 1n }

/** As the adapter does it: each leg behind those before it on the same pool. */
function quotesOf(moves: readonly StakeMove[], held: readonly bigint[]): readonly MoveQuote[] {
  const sold = new Map<Netuid, bigint>()
  const bought = new Map<Netuid, bigint>()
  const sale = (id: Netuid, amount: bigint) => {
    const before = sold.get(id) ?? 0n
    sold.set(id, before + amount)
    const [then, now] = [sell(poolOf(id), before), sell(poolOf(id), before + amount)]
    const totalIn = before + amount - now.fee
    return { taoOut: rao(now.out - then.out), poolFee: alpha(now.fee - then.fee), totalIn, totalOut: now.out }
  }
  const purchase = (id: Netuid, amount: bigint) => {
    const before = bought.get(id) ?? 0n
    bought.set(id, before + amount)
    const [then, now] = [buy(poolOf(id), before), buy(poolOf(id), before + amount)]
    const totalIn = before + amount - now.fee
    return { alphaOut: alpha(now.out - then.out), poolFee: rao(now.fee - then.fee), totalIn, totalOut: now.out }
  }
  return moves.map((move, index): MoveQuote => {
    if (move.kind === 'add') return { purchase: purchase(move.netuid, move.amount) }
    if (move.kind === 'remove') return { sale: sale(move.netuid, move.amount) }
    if (move.kind === 'remove-all') return { sale: sale(move.netuid, held[index] ?? 0n) }
    if (move.kind !== 'swap') return {}
    const first = sale(move.fromNetuid, move.amount)
    return { sale: first, purchase: purchase(move.toNetuid, first.taoOut) }
  })
}

export interface World {
  readonly held?: bigint
  /** Absent: `held` on each of both subnets. */
  readonly positions?: MovesSnapshot['positions']
  readonly free?: bigint
  readonly available?: bigint
  readonly extra?: Partial<MovesSnapshot>
}
export function snapshotOf(
  moves: readonly StakeMove[],
  { held = 100_000_000_000n, free = 5_000_000_000n, available, extra, ...world }: World = {},
): MovesSnapshot {
  const each = [ONE, TWO].map((id) => ({ netuid: id, hotkey: ALICE, alpha: alpha(held), registered: true }))
  const { positions = each } = world
  return {
    coldkey: OTHER,
    block: 77,
    free: rao(free),
    minStake: rao(MIN),
    existentialDeposit: rao(ED),
    alive: true,
    positions,
    available:
      available === undefined
        ? undefined
        : new Map<Netuid, Alpha>([
            [ONE, alpha(available)],
            [TWO, alpha(available)],
          ]),
    prices: new Map<Netuid, RaoPerAlpha>([...POOLS].map(([id, pool]) => [id, raoPerAlpha(priceOf(pool))])),
    moves,
    quotes: quotesOf(moves, heldBefore(moves, { positions })),
    subnets: new Map([ONE, TWO].map((id) => [id, { exists: true, started: true, transfersAllowed: true }])),
    hotkeysKnown: new Map([
      [ALICE, true],
      [BOB, true],
    ]),
    registeredThere: new Set([placeKey(ALICE, ONE), placeKey(ALICE, TWO), placeKey(BOB, ONE)]),
    txFees: [rao(FEE)],
    canBatch: true,
    pools: new Map(
      [...POOLS].map(([id, pool]) => [
        id,
        {
          taoReserve: rao(pool.tao),
          alphaReserve: alpha(pool.alpha),
          taoWeight: 500_000_000_000_000_000n,
          stable: false,
        },
      ]),
    ),
    ...extra,
  }
}
export const request = (tolerancePpm = 50_000, more: Partial<StakeMovesRequest> = {}): StakeMovesRequest => ({
  purpose: 'moves',
  moves: [],
  tolerancePpm,
  ...more,
})
export const plan = (moves: readonly StakeMove[], world: World = {}, asked = request()) =>
  planMoves(asked, snapshotOf(moves, world))
export const must = (moves: readonly StakeMove[], world: World = {}, asked = request()) => {
  const made = plan(moves, world, asked)
  if (!made.ok) throw new Error(JSON.stringify(made.error, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v)))
  return made.value
}
