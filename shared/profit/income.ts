import { UNITS_PER_WHOLE } from '../units/amounts.ts'
import { DAY_MS, type Figure, perDay, spreadOfSum, spreadPpm, together } from './figure.ts'
import type { SlotMiner } from './profit-slot.ts'

/** What mining brought to one place in one row of the earnings. */
export interface MinedEpoch extends SlotMiner {
  readonly atMs: number
  /** Incentive, 1e-9 alpha, wherever auto-stake sent it. `undefined`: nobody looked what the row is made of. */
  readonly alpha: bigint | undefined
  /** rao for a whole alpha, right after the epoch. */
  readonly price?: bigint | undefined
  /** More than one: the row is their sum. */
  readonly epochs: number
}

/** What one place brought over a stretch of time. */
export interface MinerIncome extends SlotMiner {
  readonly epochs: number
  /** Rows that nobody looked into: what they brought is not in the sum. */
  readonly notLooked: number
  /** 1e-9 alpha. Error: `undefined` while there are too few epochs to say. */
  readonly alphaPerDay: { readonly amount: bigint; readonly error?: bigint | undefined }
  /** rao: each epoch at the price right after it. `undefined`: a price was not read. */
  readonly atEpochs?: bigint | undefined
  /** How far the price of one epoch stood from the mean: two standard deviations, parts per million. */
  readonly pricePpm?: number | undefined
}

const keyOf = ({ netuid, hotkey }: SlotMiner): string => `${netuid}/${hotkey}`

/**
 * How far a sum of epochs may be off: the larger of what epochs differ from one another, and of what whole days do, because a good epoch is
 * often followed by a good one.
 */
function errorOf(
  looked: readonly { readonly atMs: number; readonly alpha: bigint; readonly epochs: number }[],
  fromMs: number,
) {
  // A row of several epochs says what they brought together: each gets an equal part.
  const single = looked.flatMap(({ alpha, epochs }) => Array.from({ length: epochs }, () => alpha / BigInt(epochs)))
  const days = Map.groupBy(looked, ({ atMs }) => Math.floor((atMs - fromMs) / DAY_MS))
  const sums = [...days.values()].map((day) => day.reduce((sum, { alpha }) => sum + alpha, 0n))
  const byEpoch = spreadOfSum(single)
  // The last day is not over; what it lacks is no variation.
  const byDay = spreadOfSum(sums.slice(0, -1))
  return byEpoch === undefined ? undefined : byDay !== undefined && byDay > byEpoch ? byDay : byEpoch
}

/** What each place brought from one moment to the other. @param span ms since 1970, whole */
export function incomesOf(
  epochs: readonly MinedEpoch[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly MinerIncome[] {
  const inSpan = epochs.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  return [...Map.groupBy(inSpan, keyOf).values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const { netuid, hotkey } = first
    const looked = rows.flatMap(({ alpha, ...row }) => (alpha === undefined ? [] : [{ ...row, alpha }]))
    const sum = looked.reduce((all, { alpha }) => all + alpha, 0n)
    const error = errorOf(looked, fromMs)
    const length = toMs - fromMs
    const atEpochs = looked.reduce<bigint | undefined>(
      (all, { alpha, price }) =>
        alpha === 0n ? all : all === undefined || price === undefined ? undefined : all + alpha * price,
      0n,
    )
    return [
      {
        netuid,
        hotkey,
        epochs: looked.reduce((all, row) => all + row.epochs, 0),
        notLooked: rows.length - looked.length,
        alphaPerDay: {
          amount: perDay(sum, length),
          error: error === undefined ? undefined : perDay(error, length),
        },
        atEpochs: atEpochs === undefined ? undefined : perDay(atEpochs / UNITS_PER_WHOLE, length),
        pricePpm: spreadPpm(looked.flatMap(({ price }) => (price === undefined ? [] : [price]))),
      },
    ]
  })
}

/** Income with what is taken for its price. */
export interface PricedIncome extends MinerIncome {
  /**
   * rao a day: what the sale of a day's alpha would bring now by the chain, its fee taken off; `epochs`: the chain could not say, so each
   * epoch is taken at the price right after it, which no sale is sure to bring.
   */
  readonly worth?: { readonly rao: Figure; readonly by: 'sale' | 'epochs' } | undefined
}

const part = (amount: bigint, of: bigint, whole: bigint): bigint =>
  whole === 0n ? 0n : (amount * of + whole - 1n) / whole

/** @param sale rao that the sale of a day's alpha brings now; `undefined`: the chain could not say */
export function priced(income: MinerIncome, sale: bigint | undefined): PricedIncome {
  const { alphaPerDay, atEpochs, pricePpm } = income
  const amount = alphaPerDay.amount === 0n ? 0n : (sale ?? atEpochs)
  if (amount === undefined || alphaPerDay.error === undefined) return { ...income, worth: undefined }
  const byQuantity = part(amount, alphaPerDay.error, alphaPerDay.amount)
  const byPrice = part(amount, BigInt(pricePpm ?? 0), 1_000_000n)
  const error = together(byQuantity, byPrice)
  return { ...income, worth: { rao: { amount, error }, by: sale === undefined ? 'epochs' : 'sale' } }
}
