import type { AppError } from '../../shared/errors.ts'
import { planRegister } from '../../shared/registration/plan-register.ts'
import type { Result } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import { planAddStake } from '../../shared/staking/plan-add-stake.ts'
import { planRemoveStake } from '../../shared/staking/plan-remove-stake.ts'
import { planCloseAccount, planTransfer, type TransferSnapshot } from '../../shared/transfers/plan-transfer.ts'
import { type Rao, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'

export type TradeReads = Pick<
  ChainPort,
  'addStakeSnapshot' | 'removeStakeSnapshot' | 'registerSnapshot' | 'transferSnapshot'
>

const NOTHING = rao(0n)
/** The limit is in the intent already; it is compared with the price of now, not made again. */
const NO_TOLERANCE = 0

/** Whoever signs for another account pays the network fee, not that account. */
export const withoutFee = <S extends { readonly txFee: Rao }>(snapshot: S): S => ({ ...snapshot, txFee: NOTHING })

/**
 * Whether the chain would make this call for `coldkey` now, judged as if that account acted itself: its balance, its
 * positions, and the price against the limit that was agreed to. Kinds without such facts are not judged here.
 * @errors those of the planner of the kind, stake/price-moved, register/price-above-limit
 */
export async function tradeRefusal(chain: TradeReads, coldkey: Ss58, intent: Intent): Promise<AppError | undefined> {
  switch (intent.kind) {
    case 'add-stake': {
      const request = { ...intent, tolerancePpm: NO_TOLERANCE }
      const planned = planFrom(await chain.addStakeSnapshot(coldkey, request), (now) => planAddStake(request, now))
      if (!planned.ok) return planned.error
      const { price } = planned.value
      return price > intent.limitPrice ? { code: 'stake/price-moved', price, limitPrice: intent.limitPrice } : undefined
    }
    case 'remove-stake': {
      const request = { ...intent, tolerancePpm: NO_TOLERANCE }
      const planned = planFrom(await chain.removeStakeSnapshot(coldkey, request), (now) =>
        planRemoveStake(request, now),
      )
      if (!planned.ok) return planned.error
      const { price } = planned.value
      return price < intent.limitPrice ? { code: 'stake/price-moved', price, limitPrice: intent.limitPrice } : undefined
    }
    case 'register': {
      const request = { ...intent, tolerancePpm: NO_TOLERANCE }
      const planned = planFrom(await chain.registerSnapshot(coldkey, request), (now) => planRegister(request, now))
      if (!planned.ok) return planned.error
      const { price } = planned.value
      return price > intent.limit ? { code: 'register/price-above-limit', price, limit: intent.limit } : undefined
    }
    case 'transfer':
    case 'transfer-all':
      return payRefusal(chain, coldkey, intent)
    default:
      return undefined
  }
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
