import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import {
  type Alpha,
  alpha,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  rao,
  raoPerAlpha,
  type Ss58,
  subAlpha,
  U64_MAX,
  UNITS_PER_WHOLE,
  valueAtPrice,
} from '../units/amounts.ts'
import { intentOfMove } from './move-intent.ts'
import { leastBetween, limitsOf, ROOT, ratioOf, type TradePrices, tooFar } from './move-limits.ts'
import {
  destinationOf,
  type MoveNote,
  type MoveQuote,
  type MovesSnapshot,
  type PlannedMove,
  placeKey,
  type StakeMove,
} from './stake-move.ts'

export interface Place {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}
/** The position that stake leaves, as it is when this move's turn comes. */
export interface Leaving extends Place {
  readonly held: Alpha
  readonly available: Alpha
  /** First block in which it may leave root; absent: at once. */
  readonly heldUntil?: number | undefined
}
export interface MoveFacts {
  readonly snapshot: MovesSnapshot
  readonly quote: MoveQuote
  readonly tolerancePpm: number
  readonly leaving: Leaving | undefined
  /** TAO at that time, in the worst case of what comes before, rao; network fees are already off. */
  readonly free: bigint
  /** Those fees, rao: what is told of too little TAO counts them. */
  readonly fees: bigint
  /** Of {@link leaving}, sold for the fee before the move: already off it. 0 where the fee is paid in TAO. */
  readonly feeAlpha: Alpha
}

const refuse = (error: AppError): Result<never, AppError> => err(error)
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const capped = (n: bigint): bigint => (n > U64_MAX ? U64_MAX : n)
const asPrice = (n: bigint): RaoPerAlpha => raoPerAlpha(capped(n))

/**
 * Plans one move behind others.
 * @errors stake/unknown-subnet, stake/subnet-not-started, stake/unknown-hotkey, stake/not-enough-alpha, stake/same-place,
 *         stake/transfers-off, stake/too-small, stake/balance-too-low, stake/no-liquidity, stake/limit-needed,
 *         stake/root-held, stake/impact-too-large, stake/second-leg-lost, stake/price-moved (a limit of one's own that the price has passed)
 */
export function planOneMove(asked: StakeMove, facts: MoveFacts): Result<PlannedMove, AppError> {
  const refusal = placeRefusal(asked, facts)
  if (refusal) return refuse(refusal)
  const given = givenBy(asked, facts)
  if (!given.ok) return given
  const { move } = given.value
  switch (move.kind) {
    case 'move':
    case 'transfer':
      return planStay(move, facts, given.value)
    case 'add':
      return planPurchase(move, facts)
    case 'swap':
      return planSwap(move, facts, given.value)
    default:
      return planSale(move, facts, given.value)
  }
}

/** What is wrong with where it comes from or goes to. */
function placeRefusal(move: StakeMove, { snapshot: s, leaving }: MoveFacts): AppError | undefined {
  const to = destinationOf(move)
  const places: readonly Place[] = [...(leaving ? [leaving] : []), ...(to ? [to] : [])]
  for (const { netuid, hotkey } of places) {
    const subnet = s.subnets.get(netuid)
    if (!subnet?.exists) return { code: 'stake/unknown-subnet', netuid }
    if (!subnet.started && netuid !== ROOT) return { code: 'stake/subnet-not-started', netuid }
    if (s.hotkeysKnown.get(hotkey) !== true) return { code: 'stake/unknown-hotkey', hotkey }
    if (move.kind === 'transfer' && subnet.transfersAllowed === false) return { code: 'stake/transfers-off', netuid }
  }
  // The next block is the first that can have it.
  if (leaving?.heldUntil !== undefined && leaving.heldUntil > s.block + 1)
    return { code: 'stake/root-held', hotkey: leaving.hotkey, until: leaving.heldUntil }
  if (move.kind === 'transfer') return move.to === s.coldkey ? { code: 'transfer/to-itself' } : undefined
  const same = leaving && to && leaving.netuid === to.netuid && leaving.hotkey === to.hotkey
  return same ? { code: 'stake/same-place', netuid: to.netuid } : undefined
}

interface Given {
  /** As it is signed. */
  readonly move: StakeMove
  /** Alpha that leaves the position; 0 for a purchase. */
  readonly amount: Alpha
  /** The same should the fee in alpha be twice what it is now. */
  readonly least: Alpha
  /** What of the amount that was asked and quoted does not leave, because the fee is taken first. */
  readonly cut: Alpha
}

/**
 * What leaves. A fee in alpha is taken first, at the price of then, and the chain makes what is more than the rest the rest:
 * so as much again is kept for a price that falls. What is locked it does not cut, but refuses: there less is asked for.
 */
function givenBy(move: StakeMove, { leaving, feeAlpha }: MoveFacts): Result<Given, AppError> {
  const nothing = alpha(0n)
  if (move.kind === 'add' || !leaving) return ok({ move, amount: nothing, least: nothing, cut: nothing })
  const { netuid, held, available } = leaving
  const needed = move.kind === 'remove-all' ? alpha(held + feeAlpha) : move.amount
  const tooLittle = refuse({ code: 'stake/not-enough-alpha', netuid, available, needed })
  if (needed === 0n || needed > available + feeAlpha) return tooLittle
  const sure = subAlpha(available, feeAlpha) ?? nothing
  if (feeAlpha === 0n || needed <= sure) return ok({ move, amount: needed, least: needed, cut: nothing })
  const locked = available < held
  const amount = locked ? sure : needed < available ? needed : available
  if (amount === 0n) return tooLittle
  const signed = locked && move.kind !== 'remove-all' ? { ...move, amount } : move
  return ok({ move: signed, amount, least: sure, cut: alpha(needed - amount) })
}

/** A simulated sale of which a part is not done: no more than that part is worth at spot is missing of what it brings. */
function cutSale(sale: MoveQuote['sale'], { amount, cut }: Given, price: RaoPerAlpha | undefined): MoveQuote['sale'] {
  if (!sale || cut === 0n) return sale
  const missing = price === undefined ? sale.taoOut : valueAtPrice(cut, price) + 1n
  const poolFee = alpha((sale.poolFee * amount) / (amount + cut))
  return { ...sale, poolFee, taoOut: rao(sale.taoOut > missing ? sale.taoOut - missing : 0n) }
}

/** The second leg of a swap whose first brings less: its pool gives no less than in proportion. */
function cutPurchase({ sale, purchase }: MoveQuote, cut: MoveQuote['sale']): MoveQuote['purchase'] {
  if (!sale || !purchase || !cut || sale.taoOut === 0n) return purchase
  return { ...purchase, alphaOut: alpha((purchase.alphaOut * cut.taoOut) / sale.taoOut) }
}

/** What goes into the pool when only `least` of the amount does. */
const inProportion = (swapped: bigint | undefined, { amount, least: some }: Given): bigint | undefined =>
  swapped === undefined || amount === 0n ? swapped : (swapped * some) / amount

interface Traded {
  readonly best: bigint
  readonly expected: bigint | undefined
  readonly worst: bigint | undefined
}

function notesOf(move: StakeMove, facts: MoveFacts, alphaAfter: Alpha | undefined): MoveNote[] {
  const { snapshot: s, leaving } = facts
  const to = destinationOf(move)
  const price = leaving && s.prices.get(leaving.netuid)
  const dust = alphaAfter !== undefined && alphaAfter > 0n && price && valueAtPrice(alphaAfter, price) < s.minStake
  const root = leaving?.netuid === ROOT || to?.netuid === ROOT
  return [
    ...(move.kind === 'move' || move.kind === 'transfer' ? (['no-trade'] as const) : []),
    ...(move.kind === 'transfer' ? (['cannot-be-undone'] as const) : []),
    ...('allowPartial' in move && move.allowPartial ? (['partial'] as const) : []),
    ...(dust ? (['leaves-dust'] as const) : []),
    ...(to && !s.registeredThere.has(placeKey(to.hotkey, to.netuid)) ? (['earns-nothing-there'] as const) : []),
    ...(root && move.kind !== 'swap' && move.kind !== 'move' ? (['root-one-to-one'] as const) : []),
    ...(leaving?.netuid === ROOT && s.rootHoldBlocks ? (['root-hold'] as const) : []),
  ]
}

interface Put extends Traded {
  readonly move: StakeMove
  readonly gives: bigint
  readonly receives: 'tao' | 'alpha'
  readonly prices: TradePrices
  readonly limits: { readonly limitPrice?: RaoPerAlpha | undefined; readonly limitRatio?: bigint | undefined }
  readonly poolFeeRao: bigint | undefined
  readonly betweenRao?: Rao | undefined
  /** The whole amount would take the price past the limit, so only a part of it is done. */
  readonly cutShort?: boolean
}

const ppmBelow = (part: bigint, whole: bigint): number | undefined =>
  whole === 0n ? undefined : Number(((whole - least(part, whole)) * 1_000_000n) / whole)

function put(facts: MoveFacts, p: Put): PlannedMove {
  const { leaving } = facts
  const alphaAfter = leaving && subAlpha(leaving.held, alpha(p.gives))
  const price = p.receives === 'alpha' ? p.prices.to : undefined
  const inRao = (n: bigint | undefined): Rao | undefined => {
    if (n === undefined) return undefined
    if (p.receives === 'tao') return rao(capped(n))
    return price && valueAtPrice(alpha(capped(n)), price)
  }
  const notes = [...(p.cutShort ? (['only-a-part'] as const) : []), ...notesOf(p.move, facts, alphaAfter)]
  return {
    move: p.move,
    intent: intentOfMove(p.move, p.limits),
    gives: p.gives,
    receives: p.receives,
    priceFrom: p.prices.from,
    priceTo: p.prices.to,
    ...p.limits,
    best: p.expected === undefined ? undefined : p.best,
    expected: p.expected,
    worst: p.worst,
    givesRao: leaving ? p.prices.from && valueAtPrice(alpha(p.gives), p.prices.from) : rao(p.gives),
    bestRao: p.expected === undefined ? undefined : inRao(p.best),
    expectedRao: inRao(p.expected),
    worstRao: inRao(p.worst),
    betweenRao: p.betweenRao,
    poolFeeRao: p.poolFeeRao === undefined ? undefined : rao(capped(p.poolFeeRao)),
    impactPpm: p.expected === undefined ? undefined : ppmBelow(p.expected, p.best),
    alphaAfter,
    notes: p.expected === undefined ? ['no-quote', ...notes] : notes,
  }
}

/** Another validator or another coldkey of the same subnet: the alpha arrives as it leaves. */
function planStay(
  move: StakeMove,
  facts: MoveFacts,
  { amount: given, least: worst }: Given,
): Result<PlannedMove, AppError> {
  const { snapshot: s, leaving } = facts
  const price = leaving && s.prices.get(leaving.netuid)
  if (price && valueAtPrice(worst, price) < s.minStake) return refuse({ code: 'stake/too-small', minimum: s.minStake })
  const prices = { from: price, to: price }
  const arrives = { best: given, expected: given, worst }
  return ok(put(facts, { move, gives: given, receives: 'alpha', prices, limits: {}, poolFeeRao: 0n, ...arrives }))
}

/** Parts of which a fee rate is. @source protocol 3.3: input × FeeRate ÷ 65,535 */
const RATE_PARTS = 65_535n

/**
 * What goes into the pool of an amount whose trade was not simulated: less the fee, by the rate that the chain keeps, rounded
 * up. `undefined`: the runtime does not tell the rate.
 */
function withoutPoolFee(amount: bigint, netuid: Netuid, { feeRates }: MovesSnapshot): bigint | undefined {
  const rate = netuid === ROOT ? 0 : feeRates?.get(netuid)
  return rate === undefined ? undefined : amount - (amount * BigInt(rate) + RATE_PARTS - 1n) / RATE_PARTS
}

/** Nothing was simulated and nothing was said: a limit that follows from a price alone would look safer than it is. */
const isBlind = (leg: unknown, ownLimit: bigint | undefined): boolean => leg === undefined && ownLimit === undefined

type Sale = Extract<StakeMove, { kind: 'remove' | 'remove-all' }>

function planSale(move: Sale, facts: MoveFacts, giving: Given): Result<PlannedMove, AppError> {
  const { snapshot: s, quote, leaving } = facts
  const { netuid } = move
  const prices: TradePrices = { from: s.prices.get(netuid), to: undefined }
  const limits = limitsOf(move, prices, facts.tolerancePpm)
  const given = giving.amount
  const sale = cutSale(quote.sale, giving, prices.from)
  // A least of nothing bounds nothing; on root one is one.
  if (!limits?.limitPrice || isBlind(sale, move.limitPrice)) return refuse({ code: 'stake/limit-needed', netuid })
  const { limitPrice } = limits
  if (sale?.taoOut === 0n) return refuse({ code: 'stake/no-liquidity', netuid })
  if (prices.from !== undefined && prices.from < limitPrice)
    return refuse({ code: 'stake/price-moved', price: prices.from, limitPrice })
  const partly = move.kind === 'remove' && move.allowPartial
  const leaves = given < (leaving?.held ?? 0n)
  if (sale && leaves && sale.taoOut < s.minStake) return refuse({ code: 'stake/too-small', minimum: s.minStake })
  const far =
    sale && prices.from ? tooFar({ netuid, kind: 'sale', price: prices.from, limit: limitPrice, ...sale }) : undefined
  if (far && !partly) return refuse({ ...far, tolerancePpm: facts.tolerancePpm })
  const swapped = sale ? given - sale.poolFee : withoutPoolFee(given, netuid, s)
  const surely = inProportion(swapped, giving)
  const atLimit = surely === undefined ? undefined : valueAtPrice(alpha(surely), limitPrice)
  const best = prices.from ? valueAtPrice(alpha(swapped ?? given), prices.from) : 0n
  return ok(
    put(facts, {
      move,
      gives: given,
      receives: 'tao',
      prices,
      limits,
      cutShort: far !== undefined,
      // A part may be as little as the chain takes at all.
      worst: atLimit && (partly ? least(s.minStake, atLimit) : sale ? least(atLimit, sale.taoOut) : atLimit),
      expected: sale && prices.from ? sale.taoOut : undefined,
      best: sale && best < sale.taoOut ? sale.taoOut : best,
      poolFeeRao: sale && prices.from ? valueAtPrice(sale.poolFee, prices.from) : undefined,
    }),
  )
}

function planPurchase(move: Extract<StakeMove, { kind: 'add' }>, facts: MoveFacts): Result<PlannedMove, AppError> {
  const { snapshot: s, quote, free, fees } = facts
  const { netuid, amount, allowPartial } = move
  const prices: TradePrices = { from: undefined, to: s.prices.get(netuid) }
  const limits = limitsOf(move, prices, facts.tolerancePpm)
  const { purchase } = quote
  if (!limits?.limitPrice || isBlind(purchase, move.limitPrice)) return refuse({ code: 'stake/limit-needed', netuid })
  const { limitPrice } = limits
  const fee = purchase?.poolFee ?? 0n
  if (amount < s.minStake + fee) return refuse({ code: 'stake/too-small', minimum: rao(s.minStake + fee) })
  if (purchase?.alphaOut === 0n) return refuse({ code: 'stake/no-liquidity', netuid })
  if (prices.to !== undefined && prices.to > limitPrice)
    return refuse({ code: 'stake/price-moved', price: prices.to, limitPrice })
  const needed = amount + s.existentialDeposit
  if (free < needed)
    return refuse({
      code: 'stake/balance-too-low',
      available: rao(free + fees < 0n ? 0n : free + fees),
      needed: rao(capped(needed + fees)),
    })
  const far =
    purchase && prices.to
      ? tooFar({ netuid, kind: 'purchase', price: prices.to, limit: limitPrice, ...purchase })
      : undefined
  if (far && !allowPartial) return refuse({ ...far, tolerancePpm: facts.tolerancePpm })
  const swapped = purchase ? amount - fee : withoutPoolFee(amount, netuid, s)
  const atLimit = swapped === undefined ? undefined : (swapped * UNITS_PER_WHOLE) / limitPrice
  const best = prices.to ? ((swapped ?? amount) * UNITS_PER_WHOLE) / prices.to : 0n
  return ok(
    put(facts, {
      move,
      gives: amount,
      receives: 'alpha',
      prices,
      limits,
      cutShort: far !== undefined,
      worst:
        atLimit &&
        (allowPartial
          ? least(atLimit, (s.minStake * UNITS_PER_WHOLE) / limitPrice)
          : purchase
            ? least(atLimit, purchase.alphaOut)
            : atLimit),
      expected: purchase && prices.to ? purchase.alphaOut : undefined,
      best: purchase && best < purchase.alphaOut ? purchase.alphaOut : best,
      poolFeeRao: purchase ? fee : undefined,
    }),
  )
}

function planSwap(
  move: Extract<StakeMove, { kind: 'swap' }>,
  facts: MoveFacts,
  giving: Given,
): Result<PlannedMove, AppError> {
  const { snapshot: s, quote } = facts
  const { fromNetuid, toNetuid, allowPartial } = move
  if (fromNetuid === toNetuid) return refuse({ code: 'stake/same-place', netuid: toNetuid })
  const prices: TradePrices = { from: s.prices.get(fromNetuid), to: s.prices.get(toNetuid) }
  const limits = limitsOf(move, prices, facts.tolerancePpm)
  const given = giving.amount
  const sale = cutSale(quote.sale, giving, prices.from)
  const purchase = cutPurchase(quote, sale)
  if (!limits?.limitRatio || isBlind(sale, move.limitRatio))
    return refuse({ code: 'stake/limit-needed', netuid: fromNetuid })
  if (sale?.taoOut === 0n) return refuse({ code: 'stake/no-liquidity', netuid: fromNetuid })
  const ratio = ratioOf(prices)
  if (ratio !== undefined && ratio < limits.limitRatio)
    return refuse({ code: 'stake/price-moved', price: asPrice(ratio), limitPrice: asPrice(limits.limitRatio) })
  // Below the minimum the chain leaves the second leg out without a word. Within the limit the proceeds may fall so far; what
  // was not simulated brings no more than it is worth.
  const brings = sale?.taoOut ?? (prices.from && valueAtPrice(given, prices.from))
  const surelyBrings = inProportion(brings, giving)
  const fewest = surelyBrings && leastBetween(surelyBrings, ratio, { ...facts, limitRatio: limits.limitRatio })
  if (fewest !== undefined && fewest <= s.minStake)
    return refuse({ code: 'stake/second-leg-lost', netuid: toNetuid, available: rao(fewest), minimum: s.minStake })
  if (purchase?.alphaOut === 0n) return refuse({ code: 'stake/no-liquidity', netuid: toNetuid })
  const far =
    sale && purchase && prices.from && prices.to
      ? tooFar({ kind: 'swap', sale, purchase, prices, limit: limits.limitRatio, netuid: fromNetuid })
      : undefined
  if (far && !allowPartial) return refuse({ ...far, tolerancePpm: facts.tolerancePpm })
  const swapped = sale ? given - sale.poolFee : withoutPoolFee(given, fromNetuid === ROOT ? toNetuid : fromNetuid, s)
  const surely = inProportion(swapped, giving)
  const atLimit = surely === undefined ? undefined : (surely * limits.limitRatio) / UNITS_PER_WHOLE
  const best = prices.from && prices.to ? ((swapped ?? given) * prices.from) / prices.to : 0n
  const expected = prices.from && prices.to ? purchase?.alphaOut : undefined
  const saleFee = sale && prices.from ? valueAtPrice(sale.poolFee, prices.from) : undefined
  return ok(
    put(facts, {
      move,
      gives: given,
      receives: 'alpha',
      prices,
      limits,
      cutShort: far !== undefined,
      worst: allowPartial ? 0n : atLimit === undefined || expected === undefined ? atLimit : least(atLimit, expected),
      expected,
      best: expected !== undefined && best < expected ? expected : best,
      poolFeeRao: saleFee === undefined || !purchase ? undefined : saleFee + purchase.poolFee,
      betweenRao: sale?.taoOut,
    }),
  )
}
