import type { ChooseMoves } from '../../../electron/chain/staking.port.ts'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type Holdings, type MovesSnapshot, placeKey, type StakeMove } from '../../../shared/staking/stake-move.ts'
import {
  alpha,
  type Netuid,
  netuid,
  rao,
  raoPerAlpha,
  type Ss58,
  ss58,
  UNITS_PER_WHOLE,
} from '../../../shared/units/amounts.ts'

export const BOB: Ss58 = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
export const TWO: Netuid = netuid(2)
/** 0.05 TAO. */
export const PRICE = 50_000_000n
/** Deep enough that no test moves its price by more than a tenth of a percent. */
const TAO_RESERVE = 20_000_000_000_000_000n

/** What the chain says in a test. */
export interface Said {
  readonly coldkey: Ss58
  readonly block?: number
  readonly free?: bigint
  readonly price?: bigint
  /** What follows from the reserves; absent: the same. */
  readonly poolPrice?: bigint
  /** Held of netuid 2, with Bob. */
  readonly held?: bigint
  readonly txFee?: bigint
}

/** Everything that a plan of moves on netuid 2 needs, of a pool so deep that it hardly moves. Swap fee 0.05 %. */
export function movesSnapshot(said: Said, choose: ChooseMoves): Result<MovesSnapshot, AppError> {
  const { coldkey, block = 100, free = 10_000_000_000n, price = PRICE, held = 0n, txFee = 1_600_000n } = said
  const holdings: Holdings = {
    coldkey,
    block,
    free: rao(free),
    minStake: rao(2_000_000n),
    positions: held > 0n ? [{ netuid: TWO, hotkey: BOB, alpha: alpha(held), registered: true }] : [],
    available: undefined,
    prices: new Map([[TWO, raoPerAlpha(price)]]),
  }
  const chosen = choose(holdings)
  if (!chosen.ok) return err(chosen.error)
  const { poolPrice = price } = said
  return ok({
    ...holdings,
    moves: chosen.value,
    quotes: chosen.value.map((move) => quoteOf(move, { price, held })),
    existentialDeposit: rao(500n),
    alive: true,
    subnets: new Map([[TWO, { exists: true, started: true, transfersAllowed: true }]]),
    hotkeysKnown: new Map([[BOB, true]]),
    registeredThere: new Set([placeKey(BOB, TWO)]),
    txFees: [rao(txFee)],
    canBatch: true,
    pools: new Map([
      [
        TWO,
        {
          taoReserve: rao(TAO_RESERVE),
          alphaReserve: alpha((TAO_RESERVE * UNITS_PER_WHOLE) / poolPrice),
          taoWeight: 500_000_000_000_000_000n,
          stable: false,
        },
      ],
    ]),
  })
}

const after = (amount: bigint): { readonly fee: bigint; readonly totalIn: bigint } => {
  const fee = (amount * 33n) / 65_535n
  return { fee, totalIn: amount - fee }
}

function quoteOf(move: StakeMove, { price, held }: { readonly price: bigint; readonly held: bigint }) {
  if (move.kind === 'add') {
    const { fee, totalIn } = after(move.amount)
    const totalOut = (totalIn * UNITS_PER_WHOLE) / price
    return { purchase: { alphaOut: alpha(totalOut), poolFee: rao(fee), totalIn, totalOut } }
  }
  const { fee, totalIn } = after(move.kind === 'remove' ? move.amount : held)
  const totalOut = (totalIn * price) / UNITS_PER_WHOLE
  return { sale: { taoOut: rao(totalOut), poolFee: alpha(fee), totalIn, totalOut } }
}
