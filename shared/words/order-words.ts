import { BILLION, type LimitOrder } from '../signing/limit-order.ts'
import { plainAmount } from './plain-text.ts'

const percentOf = (ppb: number): string => `${(ppb / (BILLION / 100)).toFixed(2)} %`

const WHEN = { LimitBuy: 'at or below', TakeProfit: 'at or above', StopLoss: 'at or below' } as const

/** Everything that an order says but its signer, in words; addresses in full. The moment is UTC, so that every device shows the same. */
export function orderSentence(order: LimitOrder): string {
  const { type, amount, netuid, limitPrice, hotkey, expiryMs, feePpb, feeTo, relayers, maxSlippagePpb } = order
  const what =
    type === 'LimitBuy'
      ? `Spend ${plainAmount(amount)} TAO on alpha of netuid ${netuid}`
      : `Sell ${plainAmount(amount)} alpha of netuid ${netuid}`
  const slippage =
    maxSlippagePpb === undefined ? 'then at any price' : `and at most ${percentOf(maxSlippagePpb)} beyond it`
  return [
    `${what} with hotkey ${hotkey} when the price is ${WHEN[type]} ${plainAmount(limitPrice)} TAO, ${slippage}.`,
    `Until ${new Date(expiryMs).toISOString().replace('T', ' ').slice(0, 19)} UTC, ${order.partialFills ? 'in parts if need be' : 'once'},`,
    `by ${relayers === undefined ? 'any relayer' : relayers.join(' or ')},`,
    feePpb === 0 ? 'without a fee.' : `with a fee of ${percentOf(feePpb)} of the TAO to ${feeTo}.`,
    `For chain ${order.chainId}.`,
  ].join(' ')
}
