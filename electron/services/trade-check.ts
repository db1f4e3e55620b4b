import type { AppError } from '../../shared/errors.ts'
import { planRegister } from '../../shared/registration/plan-register.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import { moveOfIntent } from '../../shared/staking/move-intent.ts'
import { doubtsSeen, unseenDoubt } from '../../shared/staking/plan-doubts.ts'
import { planMoves } from '../../shared/staking/plan-moves.ts'
import type { StakeMove } from '../../shared/staking/stake-move.ts'
import { planCloseAccount, planTransfer, type TransferSnapshot } from '../../shared/transfers/plan-transfer.ts'
import { type Rao, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { StakingPort } from '../chain/staking.port.ts'

export type TradeReads = Pick<ChainPort, 'registerSnapshot' | 'transferSnapshot'> & StakingPort

const NOTHING = rao(0n)
/** The limit is in the intent already; it is compared with the price of now, not made again. */
const NO_TOLERANCE = 0

/** Whoever signs for another account pays the network fee, not that account. */
export const withoutFee = <S extends { readonly txFee: Rao }>(snapshot: S): S => ({ ...snapshot, txFee: NOTHING })

export interface TradeAsk {
  readonly coldkey: Ss58
  readonly intent: Intent
  /** Two sources disagree on the price, and the person who saw both goes on. */
  readonly despiteDoubts?: boolean | undefined
}

/**
 * Whether the chain would make this call for `coldkey` now, judged as if that account acted itself: its balance, its
 * positions, and the price against the limit that was agreed to. Kinds without such facts are not judged here.
 * @errors those of the planner of the kind, stake/price-moved, stake/price-doubted, register/price-above-limit
 */
export async function tradeRefusal(
  chain: TradeReads,
  { coldkey, intent, despiteDoubts }: TradeAsk,
): Promise<AppError | undefined> {
  switch (intent.kind) {
    case 'register': {
      const request = { ...intent, tolerancePpm: NO_TOLERANCE }
      const planned = planFrom(await chain.registerSnapshot(coldkey, request), (now) => planRegister(request, now))
      if (!planned.ok) return planned.error
      const { price } = planned.value
      return price > intent.limit ? { code: 'register/price-above-limit', price, limit: intent.limit } : undefined
    }
    case 'batch':
      return batchRefusal(chain, { coldkey, intents: intent.intents, despiteDoubts })
    case 'transfer':
    case 'transfer-all':
      return payRefusal(chain, coldkey, intent)
    default: {
      const move = moveOfIntent(intent)
      return move && moveRefusal(chain, coldkey, { moves: [move], despiteDoubts })
    }
  }
}

/** Its moves of stake together, as they build on each other and share the balance; every other call by itself. */
async function batchRefusal(
  chain: TradeReads,
  { coldkey, intents, despiteDoubts }: Omit<TradeAsk, 'intent'> & { readonly intents: readonly Intent[] },
): Promise<AppError | undefined> {
  const moves = intents.flatMap((intent) => moveOfIntent(intent) ?? [])
  const refusal = moves.length > 0 ? await moveRefusal(chain, coldkey, { moves, despiteDoubts }) : undefined
  if (refusal) return refusal
  for (const intent of intents.filter((one) => moveOfIntent(one) === undefined)) {
    const other = await tradeRefusal(chain, { coldkey, intent, despiteDoubts })
    if (other) return other
  }
  return undefined
}

/** By the same planner as every other move of stake, with the limits that are in the calls. */
async function moveRefusal(
  chain: StakingPort,
  coldkey: Ss58,
  { moves, despiteDoubts }: { readonly moves: readonly StakeMove[]; readonly despiteDoubts: boolean | undefined },
): Promise<AppError | undefined> {
  const read = await chain.movesSnapshot(coldkey, () => ok(moves), {})
  if (!read.ok) return read.error
  const request = { purpose: 'moves', moves, tolerancePpm: NO_TOLERANCE, despiteDoubts } as const
  const planned = planMoves(request, { ...read.value, txFees: [NOTHING], paidByOther: true })
  return planned.ok ? unseenDoubt(doubtsSeen(planned.value), planned.value) : planned.error
}

async function payRefusal(
  chain: TradeReads,
  coldkey: Ss58,
  intent: Extract<Intent, { kind: 'transfer' | 'transfer-all' }>,
): Promise<AppError | undefined> {
  const { to } = intent
  // What may end the account, or stops short of it, has rules of its own: the chain's.
  if (intent.kind === 'transfer' ? intent.allowDeath : intent.keepAlive) return undefined
  const amount = intent.kind === 'transfer' ? intent.amount : undefined
  const read = await chain.transferSnapshot(coldkey, to, amount)
  const planned: Result<unknown, AppError> = planFrom<TransferSnapshot, unknown>(read, (now) =>
    amount === undefined ? planCloseAccount({ to }, now) : planTransfer({ to, amount }, now),
  )
  return planned.ok ? undefined : planned.error
}

function planFrom<S extends { readonly txFee: Rao }, P>(
  read: Result<S, AppError>,
  plan: (now: S) => Result<P, AppError>,
): Result<P, AppError> {
  return read.ok ? plan(withoutFee(read.value)) : read
}
