import type { OrderType } from '../../../shared/signing/limit-order.ts'
import { isNetuid, isRaoPerAlpha, isSs58Shape } from '../../../shared/units/amounts.ts'
import type { Input } from '../../bridge/client.ts'
import { AMOUNT_WORDS, type AmountUnit, readAmount } from '../../format/read-amount.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** How long an order may wait. */
export const LASTS: readonly { readonly ms: number; readonly text: string }[] = [
  { ms: HOUR, text: '1 hour' },
  { ms: DAY, text: '1 day' },
  { ms: 7 * DAY, text: '7 days' },
  { ms: 30 * DAY, text: '30 days' },
]
/** Parts per billion beyond the limit; `undefined`: any price. */
export const SLIPPAGES: readonly (number | undefined)[] = [5_000_000, 10_000_000, 50_000_000, undefined]

/** What a person typed and chose. */
export interface OrderForm {
  readonly type: OrderType
  readonly netuid: number | undefined
  readonly hotkey: string | undefined
  readonly amountText: string
  readonly unit: AmountUnit
  readonly priceText: string
  readonly slippagePpb: number | undefined
  readonly lastsMs: number
  /** Only the relayers below may carry it out. */
  readonly named: boolean
  readonly relayersText: string
  readonly partial: boolean
}

export const EMPTY_FORM: OrderForm = {
  type: 'LimitBuy',
  netuid: undefined,
  hotkey: undefined,
  amountText: '',
  unit: 'whole',
  priceText: '',
  slippagePpb: 10_000_000,
  lastsMs: 7 * DAY,
  named: false,
  relayersText: '',
  partial: false,
}

export interface ReadOrder {
  /** Absent while something is missing or wrong. */
  readonly draft?: Input<'orders.plan'>
  /** What is wrong with what was typed; what is merely missing is not. */
  readonly wrong: { readonly amount?: string; readonly price?: string; readonly relayers?: string }
  /** Limit price, rao for one alpha, as far as it can be read. */
  readonly limitPrice?: bigint
}

/** Addresses, apart by spaces, commas or lines. */
const wordsOf = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '')
/** @source subtensor `Order.relayer`: at most 10 */
const MOST_RELAYERS = 10

function relayersIn({ named, relayersText }: OrderForm) {
  const words = wordsOf(relayersText)
  if (!named) return { relayers: undefined }
  const odd = words.find((word) => !isSs58Shape(word))
  if (odd !== undefined)
    return { wrong: `${odd.slice(0, 12)} is no address: one begins with 5 and has 48 letters and digits.` }
  if (words.length > MOST_RELAYERS) return { wrong: 'An order can name ten relayers at most.' }
  if (new Set(words).size < words.length) return { wrong: 'One of them stands there twice.' }
  return { relayers: words.filter(isSs58Shape) }
}

/** A price may be anything that the chain can hold. */
const ANY_PRICE = (1n << 64n) - 1n

/**
 * Reads the form. What was typed is understood or it is not; it is never corrected.
 * @param available what may be spent or sold, 1e-9 units; `undefined` while it is not known
 * @param nowMs the end is counted from the next full minute, so that it does not change while one types
 */
export function readOrderForm(form: OrderForm, available: bigint | undefined, nowMs: number): ReadOrder {
  const { type, netuid, hotkey, amountText, unit, priceText, slippagePpb, lastsMs, partial } = form
  const amount = readAmount(amountText, unit, available)
  const price = readAmount(priceText, 'whole', ANY_PRICE)
  const named = relayersIn(form)
  const wrong = {
    ...(amount.ok || amount.error === 'empty' ? {} : { amount: AMOUNT_WORDS[amount.error] }),
    ...(price.ok || price.error === 'empty' ? {} : { price: AMOUNT_WORDS[price.error] }),
    ...(price.ok && price.value === 0n ? { price: 'A price of nothing is no limit.' } : {}),
    ...(named.wrong === undefined ? {} : { relayers: named.wrong }),
  }
  const limitPrice = price.ok && price.value > 0n && isRaoPerAlpha(price.value) ? price.value : undefined
  const seen = { wrong, ...(limitPrice === undefined ? {} : { limitPrice }) }
  const isWhole = amount.ok && amount.value > 0n && limitPrice !== undefined && Object.keys(wrong).length === 0
  if (!isWhole || !isNetuid(netuid) || !isSs58Shape(hotkey)) return seen
  if (named.relayers?.length === 0) return seen
  const draft = {
    type,
    netuid,
    hotkey,
    amount: amount.value,
    limitPrice,
    expiryMs: Math.ceil(nowMs / MINUTE) * MINUTE + lastsMs,
    ...(named.relayers ? { relayers: named.relayers, partialFills: partial } : {}),
    // The chain reads it the wrong way round for a stop-loss, so none is ever set there.
    ...(type === 'StopLoss' || slippagePpb === undefined ? {} : { maxSlippagePpb: slippagePpb }),
  }
  return { ...seen, draft }
}
