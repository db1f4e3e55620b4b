import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { BILLION, type LimitOrder } from '../signing/limit-order.ts'
import {
  type Alpha,
  alpha,
  isRaoPerAlpha,
  type Rao,
  type RaoPerAlpha,
  rao,
  type Ss58,
  U64_MAX,
  valueAtPrice,
} from '../units/amounts.ts'

/** What a person decides of an order. */
export type OrderDraft = Pick<LimitOrder, 'hotkey' | 'netuid' | 'type' | 'amount' | 'limitPrice' | 'expiryMs'> & {
  readonly relayers?: readonly Ss58[] | undefined
  readonly maxSlippagePpb?: number | undefined
  readonly partialFills?: boolean | undefined
}

/** What the chain says of orders as such. */
export interface OrderGround {
  readonly atBlock: number
  /** The runtime knows limit orders. */
  readonly offered: boolean
  /** The chain's switch; `undefined`: it does not tell. */
  readonly enabled: boolean | undefined
  /** The chain's Ethereum number, which an order names. */
  readonly chainId: number | undefined
}

/** The ground, and the place where an order wants to trade. */
export interface OrderMarket extends OrderGround {
  readonly subnetKnown: boolean
  readonly hotkeyKnown: boolean
  /** Spot, rao per alpha. */
  readonly price: RaoPerAlpha | undefined
  /** Free and not frozen, of the signer. */
  readonly free: Rao
  /** Of the signer, behind this hotkey on this subnet, not locked. */
  readonly sellable: Alpha
  /** The chain trades nothing that is worth less. */
  readonly minimum: Rao
}

/** Who signs, and when. */
export interface OrderSigner {
  readonly signer: Ss58
  /** sr25519 keys alone can sign orders. */
  readonly cryptoType: string
  readonly nowMs: number
}

/**
 * Why this account signs no order on this chain, whatever the order says. Pure.
 * @errors chain/unsupported, order/switched-off, order/key-type
 */
export function groundRefusal(
  { offered, enabled, chainId }: OrderGround,
  { cryptoType }: Pick<OrderSigner, 'cryptoType'>,
): AppError | undefined {
  if (!offered || chainId === undefined) return { code: 'chain/unsupported', missing: ['LimitOrders'] }
  if (enabled !== true) return { code: 'order/switched-off' }
  return cryptoType === 'sr25519' ? undefined : { code: 'order/key-type' }
}

/**
 * Makes an order out of a draft, or says why nobody could carry it out. Pure. No fee goes to anybody.
 * @errors those of {@link groundRefusal}, order/on-root, order/stop-loss-slippage, order/expired, order/parts-need-relayer,
 *   contract/bad-input, stake/unknown-subnet, stake/unknown-hotkey, stake/balance-too-low, stake/not-enough-alpha, stake/too-small
 */
export function orderOf(draft: OrderDraft, market: OrderMarket, by: OrderSigner): Result<LimitOrder, AppError> {
  const refusal = groundRefusal(market, by) ?? draftRefusal(draft, by) ?? marketRefusal(draft, market)
  if (refusal || market.chainId === undefined)
    return err(refusal ?? { code: 'chain/unsupported', missing: ['EVMChainId'] })
  const { hotkey, netuid, type, amount, limitPrice, expiryMs, relayers, maxSlippagePpb, partialFills } = draft
  return ok({
    signer: by.signer,
    hotkey,
    netuid,
    type,
    amount,
    limitPrice,
    expiryMs,
    feePpb: 0,
    feeTo: by.signer,
    ...(relayers ? { relayers } : {}),
    ...(maxSlippagePpb === undefined ? {} : { maxSlippagePpb }),
    chainId: market.chainId,
    partialFills: partialFills ?? false,
  })
}

const bad = (issue: string): AppError => ({ code: 'contract/bad-input', issues: [issue] })

/** What is wrong with a draft, whatever the chain says. */
function draftRefusal(draft: OrderDraft, { nowMs }: OrderSigner): AppError | undefined {
  const { netuid, type, amount, limitPrice, expiryMs, relayers, maxSlippagePpb, partialFills } = draft
  if (netuid === 0) return { code: 'order/on-root' }
  if (type === 'StopLoss' && maxSlippagePpb !== undefined) return { code: 'order/stop-loss-slippage' }
  if (expiryMs <= nowMs) return { code: 'order/expired' }
  // The chain reads an empty list as "nobody", and takes no part of an order that anybody may carry out.
  if (relayers?.length === 0) return bad('relayers: none')
  if (relayers && new Set(relayers).size < relayers.length) return bad('relayers: one twice')
  if (partialFills && !relayers) return { code: 'order/parts-need-relayer' }
  if (amount === 0n || amount > U64_MAX) return bad('amount: from 1 to what the chain can hold')
  return limitPrice === 0n ? bad('limitPrice: 0') : undefined
}

/** Why the chain could not carry it out if the price were there now. */
function marketRefusal(draft: OrderDraft, market: OrderMarket): AppError | undefined {
  const { netuid, hotkey, type, amount } = draft
  if (!market.subnetKnown) return { code: 'stake/unknown-subnet', netuid }
  if (!market.hotkeyKnown) return { code: 'stake/unknown-hotkey', hotkey }
  const { free, sellable, minimum } = market
  if (type === 'LimitBuy' && amount > free)
    return { code: 'stake/balance-too-low', available: free, needed: rao(amount) }
  if (type !== 'LimitBuy' && amount > sellable)
    return { code: 'stake/not-enough-alpha', netuid, available: sellable, needed: alpha(amount) }
  return mostWorth(draft, market) < minimum ? { code: 'stake/too-small', minimum } : undefined
}

/** TAO that the trade is about: what is spent, or what the sale may bring at the best price that is in sight. */
function mostWorth({ type, amount, limitPrice }: OrderDraft, { price }: OrderMarket): Rao {
  if (type === 'LimitBuy') return rao(amount)
  const best = type === 'TakeProfit' && price !== undefined && price > limitPrice ? price : limitPrice
  return valueAtPrice(alpha(amount), best)
}

/** Whether the price is where an order wants it. Pure. @source subtensor `pallets/limit-orders` validate_order */
export const isPriceMet = (
  { type, limitPrice }: Pick<LimitOrder, 'type' | 'limitPrice'>,
  price: RaoPerAlpha,
): boolean => (type === 'TakeProfit' ? price >= limitPrice : price <= limitPrice)

/**
 * The last price that the trade itself may reach, rao per alpha. Pure.
 * @returns `undefined`: any price, once the limit was met
 * @source subtensor `pallets/limit-orders` compute_effective_swap_limit
 */
export function worstPriceOf({
  type,
  limitPrice,
  maxSlippagePpb,
}: Pick<LimitOrder, 'type' | 'limitPrice' | 'maxSlippagePpb'>): RaoPerAlpha | undefined {
  if (maxSlippagePpb === undefined) return undefined
  const delta = (limitPrice * BigInt(maxSlippagePpb)) / BigInt(BILLION)
  const price: bigint = type === 'LimitBuy' ? limitPrice + delta : limitPrice - delta
  return isRaoPerAlpha(price) ? price : undefined
}
