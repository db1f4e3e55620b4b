import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { type Alpha, alpha, alphaAtPrice, isAlpha, isRao, type Netuid, type Rao, rao } from '../units/amounts.ts'
import { destinationOf, type Holdings, originOf, placeKey, type StakeMove } from './stake-move.ts'

/** As a person gives it: exact, all that can be had, a part of that in percent, or what is worth so much TAO now. */
export type AskedAlpha = Alpha | 'max' | { readonly percent: number } | { readonly worth: Rao }
export type AskedTao = Rao | 'max' | { readonly percent: number }

type Asking<M> = M extends { readonly kind: 'add' }
  ? Omit<M, 'amount'> & { readonly amount: AskedTao }
  : M extends { readonly amount: Alpha }
    ? Omit<M, 'amount'> & { readonly amount: AskedAlpha }
    : M
/** A move whose amount is not a number yet. */
export type AskedMove = Asking<StakeMove>

/** Kept back from the largest purchase for network fees, this one's and the next ones': 0.01 TAO. */
const FEE_ROOM = 10_000_000n

/**
 * Turns what was asked into exact amounts, by what is held and available at one block. Moves are done in order, so a later
 * one may count on an earlier one of the same subnet. Pure.
 * @errors stake/not-enough-alpha, stake/balance-too-low; an amount in TAO of a subnet without a price: stake/price-unknown
 */
export function exactMoves(asked: readonly AskedMove[], holdings: Holdings): Result<readonly StakeMove[], AppError> {
  const state = new Left(holdings)
  const moves: StakeMove[] = []
  for (const move of asked) {
    const exact = exactMove(move, state)
    if (!exact.ok) return exact
    moves.push(exact.value)
    state.book(exact.value)
  }
  return ok(moves)
}

/** What can still be moved, behind the moves before. */
class Left {
  readonly #holdings: Holdings
  readonly #held = new Map<string, bigint>()
  readonly #available: Map<Netuid, bigint> | undefined
  free: bigint

  constructor(holdings: Holdings) {
    this.#holdings = holdings
    this.free = holdings.free
    for (const row of holdings.positions) this.#held.set(placeKey(row.hotkey, row.netuid), row.alpha)
    this.#available = holdings.available && new Map([...holdings.available])
  }

  of(move: AskedMove): { readonly netuid: Netuid; readonly available: Alpha; readonly held: bigint } | undefined {
    const from = originOf(move as StakeMove)
    if (!from) return undefined
    const held = this.#held.get(placeKey(from.hotkey, from.netuid)) ?? 0n
    const left = this.#available ? (this.#available.get(from.netuid) ?? 0n) : held
    return { netuid: from.netuid, available: alpha(left < held ? left : held), held }
  }
  price = (netuid: Netuid) => this.#holdings.prices.get(netuid)

  book(move: StakeMove): void {
    const [from, to] = [originOf(move), destinationOf(move)]
    const amount = move.kind === 'remove-all' ? (this.of(move)?.held ?? 0n) : move.amount
    if (move.kind === 'add') this.free -= amount
    if (from) this.#shift(from, -amount)
    if (to && move.kind === 'move') this.#shift(to, amount)
  }
  #shift({ netuid, hotkey }: { readonly netuid: Netuid; readonly hotkey: string }, by: bigint): void {
    const key = `${hotkey}/${netuid}`
    this.#held.set(key, (this.#held.get(key) ?? 0n) + by)
    this.#available?.set(netuid, (this.#available.get(netuid) ?? 0n) + by)
  }
}

const part = (whole: bigint, percent: number): bigint => (whole * BigInt(Math.round(percent * 10_000))) / 1_000_000n

function exactMove(move: AskedMove, left: Left): Result<StakeMove, AppError> {
  if (move.kind === 'remove-all') return ok(move)
  if (move.kind === 'add') {
    const most = left.free > FEE_ROOM ? left.free - FEE_ROOM : 0n
    const { amount: asked } = move
    const amount = typeof asked === 'bigint' ? asked : asked === 'max' ? most : part(most, asked.percent)
    if (isRao(amount) && amount > 0n) return ok({ ...move, amount })
    return err({
      code: 'stake/balance-too-low',
      available: rao(left.free > 0n ? left.free : 0n),
      needed: rao(FEE_ROOM),
    })
  }
  return exactAlpha(move, left)
}

type AlphaMove = Extract<AskedMove, { readonly amount: AskedAlpha }> & {
  readonly kind: Exclude<AskedMove['kind'], 'add'>
}

function exactAlpha(move: AlphaMove, left: Left): Result<StakeMove, AppError> {
  const from = left.of(move)
  if (!from) return err({ code: 'stake/nothing-to-do' })
  const { netuid, available, held } = from
  const { amount: asked } = move
  // All of a position that is wholly free: then nothing is left that was earned in the meantime.
  if (move.kind === 'remove' && asked === 'max' && available === held && held > 0n && !move.allowPartial) {
    const { hotkey, limitPrice } = move
    return ok({ kind: 'remove-all', netuid, hotkey, ...(limitPrice === undefined ? {} : { limitPrice }) })
  }
  const price = left.price(netuid)
  if (typeof asked === 'object' && 'worth' in asked && price === undefined)
    return err({ code: 'stake/price-unknown', netuid })
  const amount = amountOf(asked, available, price)
  if (isAlpha(amount) && amount > 0n) return ok({ ...move, amount })
  return err({ code: 'stake/not-enough-alpha', netuid, available, needed: alpha(0n) })
}

function amountOf(asked: AskedAlpha, available: Alpha, price: Parameters<typeof alphaAtPrice>[1] | undefined): bigint {
  if (typeof asked === 'bigint') return asked
  if (asked === 'max') return available
  if ('percent' in asked) return part(available, asked.percent)
  return price === undefined ? 0n : (alphaAtPrice(asked.worth, price) ?? 0n)
}
