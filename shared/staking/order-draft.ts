import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import type { LimitOrder } from '../signing/limit-order.ts'
import type { Ss58 } from '../units/amounts.ts'

/** What a person decides of an order. */
export type OrderDraft = Pick<LimitOrder, 'hotkey' | 'netuid' | 'type' | 'amount' | 'limitPrice' | 'expiryMs'> & {
  readonly relayers?: readonly Ss58[] | undefined
  readonly maxSlippagePpb?: number | undefined
  readonly partialFills?: boolean | undefined
}

/** What the order is made for. */
export interface OrderPlace {
  readonly signer: Ss58
  /** sr25519 keys alone can sign orders. */
  readonly cryptoType: string
  /** The chain's switch; `undefined`: the chain has no orders, or does not tell. */
  readonly enabled: boolean | undefined
  readonly chainId: number | undefined
  readonly nowMs: number
}

/**
 * Makes an order out of a draft, or says why nobody could carry it out. Pure. No fee goes to anybody.
 * @errors chain/unsupported, order/switched-off, order/key-type, order/on-root, order/stop-loss-slippage, order/expired,
 *   contract/bad-input
 */
export function orderOf(draft: OrderDraft, place: OrderPlace): Result<LimitOrder, AppError> {
  const { hotkey, netuid, type, amount, limitPrice, expiryMs, relayers, maxSlippagePpb, partialFills } = draft
  const { signer, cryptoType, enabled, chainId, nowMs } = place
  if (chainId === undefined) return err({ code: 'chain/unsupported', missing: ['LimitOrders'] })
  if (enabled !== true) return err({ code: 'order/switched-off' })
  if (cryptoType !== 'sr25519') return err({ code: 'order/key-type' })
  if (netuid === 0) return err({ code: 'order/on-root' })
  if (amount === 0n) return err({ code: 'contract/bad-input', issues: ['amount: 0'] })
  if (type === 'StopLoss' && maxSlippagePpb !== undefined) return err({ code: 'order/stop-loss-slippage' })
  if (expiryMs <= nowMs) return err({ code: 'order/expired' })
  return ok({
    signer,
    hotkey,
    netuid,
    type,
    amount,
    limitPrice,
    expiryMs,
    feePpb: 0,
    feeTo: signer,
    ...(relayers ? { relayers } : {}),
    ...(maxSlippagePpb === undefined ? {} : { maxSlippagePpb }),
    chainId,
    partialFills: partialFills ?? false,
  })
}
