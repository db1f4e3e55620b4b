import { parseArgs } from 'node:util'
import { writeFiat } from '../../shared/fiat/fiat-price.ts'
import { writeFigure } from '../../shared/profit/money-text.ts'
import type { ProfitLine } from '../../shared/profit/profit.ts'
import type { ProfitResult, ProfitView } from '../../shared/profit/profit-view.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { formatUnits } from '../../shared/units/decimal.ts'
import {
  LINE_WORDS,
  MISSING_WORDS,
  priceSentence,
  ruleSentence,
  verdictSentence,
} from '../../shared/words/profit-words.ts'

export const PROFIT_HELP = `taoforge profit [--data DIR] [--network NAME]

Says what mining on this computer brings and costs in a day, net of all, with its error; what is missing for it, and what the rule does.
As JSON: profit.watch. What it takes for given is set by profit.set, in billionths of the currency and rao:
  profit.set '{"tariff":{"nanosPerKwh":"310000000","bands":[{"days":[6,0],"fromMinute":0,"toMinute":0,"nanosPerKwh":"220000000"}]}}'
  profit.set '{"nanosPerTao":"312450000000","hardware":{"priceNanos":"2400000000000","resaleNanos":"0","lifeDays":1460}}'
  profit.set '{"rule":{"pauseAfterHours":2,"wakeAfterHours":0.5,"leastPauseHours":1,"marginPercent":10}}'
`

interface ProfitArguments {
  readonly data?: string | undefined
  readonly network?: string | undefined
}

/** @errors in words, for a person at a terminal */
export function profitArguments(argv: readonly string[]): Result<ProfitArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { data: { type: 'string' }, network: { type: 'string' } },
    })
    return ok({ data: values.data, network: values.network })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

function lineText({ kind, money, rao, atLeast, missing }: ProfitLine, currency: string, tao: string): string {
  const figure = money && writeFigure(money)
  const written = figure
    ? `${figure.amount}${figure.error === undefined ? '' : ` ± ${figure.error}`} ${currency}`
    : 'unknown'
  const inTao = rao === undefined || rao.amount === 0n ? '' : `, ${formatUnits(rao.amount)} ${tao}`
  const why = missing === undefined ? '' : `  ${MISSING_WORDS[missing]}`
  return `  ${LINE_WORDS[kind].padEnd(20)} ${atLeast ? 'at least ' : ''}${written}${inTao}${why}`
}

/** The result, and where it would come out even. */
function resultText(result: ProfitResult, { settings, price, play }: ProfitView): readonly string[] {
  const { currency } = settings
  const { breakEvenPerKwh, breakEvenPerAlpha } = result
  const even = [
    ...(breakEvenPerKwh ? [`power up to ${writeFiat(breakEvenPerKwh.amount)} ${currency} for a kilowatt-hour`] : []),
    ...(breakEvenPerAlpha ? [`one alpha from ${writeFiat(breakEvenPerAlpha.amount)} ${currency} on`] : []),
  ]
  return [
    verdictSentence(result, currency),
    `A day, since ${new Date(result.fromMs).toISOString()}:`,
    ...result.lines.map((line) => lineText(line, currency, play ? 'play TAO' : 'TAO')),
    ...(even.length === 0 ? [] : [`It comes out even with ${even.join(', or ')}.`]),
    priceSentence(price, settings, play),
  ]
}

/** What a person at a terminal reads. */
export function profitText(view: ProfitView): readonly string[] {
  const { result, rule, settings } = view
  return [
    ...(result
      ? resultText(result, view)
      : [
          view.offline
            ? 'No chain is connected, so nothing is reckoned.'
            : 'Nothing was mined in this time, so there is no result.',
        ]),
    ruleSentence(rule, settings.currency, (atMs) => new Date(atMs).toISOString()),
  ]
}
