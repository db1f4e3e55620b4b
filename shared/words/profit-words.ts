import { writeFiat } from '../fiat/fiat-price.ts'
import { writeFigure } from '../profit/money-text.ts'
import type { LineKind, Missing, Verdict } from '../profit/profit.ts'
import type { ProfitSettings } from '../profit/profit-settings.ts'
import type { Blind, PriceSource, ProfitResult, RuleView } from '../profit/profit-view.ts'
import { assertNever } from '../result.ts'

export const LINE_WORDS: Readonly<Record<LineKind, string>> = {
  income: 'What was mined',
  energy: 'Power',
  hardware: 'Computer',
  place: 'Place on the subnet',
  fees: 'Fees of sales',
}

/** Why a part is unknown, and what to do. */
export const MISSING_WORDS: Readonly<Record<Missing, string>> = {
  'no-price': 'Nobody said what a TAO is worth. Enter a price, or choose a source of prices in the settings.',
  'few-epochs': 'Fewer than three epochs were looked into: too few to say how far it may be off.',
  'no-value': 'The chain could not say what a sale brings, and the price after an epoch was not read.',
  'no-tariff': 'Nobody said what power costs. Enter your tariff.',
  'no-watts': 'What mining draws is neither measured nor said. Enter the watts of this computer.',
  'no-hardware': 'Nobody said what the computer cost. Enter 0 if it is paid off.',
  'no-payment': 'The ledger does not know what the place cost. Enter what you paid.',
  'no-survival': 'How long the place is likely kept is not known, so its price cannot be spread over days.',
}

/** A result in one whole sentence. */
export function verdictSentence(
  { verdict, net, atMost }: Pick<ProfitResult, 'verdict' | 'net' | 'atMost'>,
  currency: string,
): string {
  const figure = net && writeFigure(net)
  const off = figure?.error === undefined ? '' : `, give or take ${figure.error}`
  const size = figure?.amount.replace(/^[+−]/, '')
  switch (verdict) {
    case 'earns':
      return `Mining on this computer earned ${size} ${currency} a day${off}, net of all.`
    case 'costs':
      return `Mining on this computer cost ${size} ${currency} a day more than it brought${off}${atMost ? ', or more: costs are missing below' : ''}.`
    case 'below-error':
      return `The result lies below the measurement error: less than ${figure?.error ?? '0'} ${currency} a day, to one side or the other.`
    case 'open':
      return `Costs are missing, so the result is at most ${figure?.amount} ${currency} a day${off}.`
    case 'apart':
      return 'Power is paid in money and mining in TAO: without a price of TAO the two cannot be compared.'
    case 'unknown':
      return 'What mining brings is not known yet.'
    default:
      return assertNever(verdict)
  }
}

/** For a cell of a table. */
export const VERDICT_SHORT: Readonly<Record<Verdict, string>> = {
  earns: 'earned',
  costs: 'cost',
  'below-error': 'below measurement error',
  open: 'costs are missing',
  apart: 'no price of TAO',
  unknown: 'not known',
}

/** @param play the TAO that is meant is play money, which has the price that a user gave it */
export function priceSentence(price: PriceSource, { currency }: ProfitSettings, play = false): string {
  const one = play ? '1 play TAO' : '1 TAO'
  switch (price.by) {
    case 'figure':
      return `${one} = ${writeFiat(price.nanosPerTao)} ${currency}, your figure.`
    case 'source':
      return `${one} = ${writeFiat(price.nanosPerTao)} ${currency}, by ${price.host}${price.stale ? ', and it is old' : ''}.`
    case 'nobody':
      return {
        off: 'No source of prices is chosen.',
        'other-currency': `The source of prices speaks of ${price.currency ?? 'another currency'}, and your costs are in ${currency}.`,
        'not-read': 'The source of prices has not answered yet.',
        worthless:
          'TAO of this network are worth nothing elsewhere. With a price of your own it is reckoned as if they were.',
      }[price.why]
    default:
      return assertNever(price)
  }
}

const BLIND_WORDS: Readonly<Record<Blind, string>> = {
  'no-price': 'no price of TAO is known',
  'no-tariff': 'no tariff is set',
  'no-watts': 'what this computer draws at rest is not known yet',
  'few-epochs': 'fewer than three epochs of this miner were looked into',
  'not-looked': 'epochs of the time in which it mined were not looked into',
  'no-value': 'the chain cannot say what its alpha brings',
}

/** What the rule does now, in whole sentences. @param clock writes a moment */
export function ruleSentence(rule: RuleView, currency: string, clock: (atMs: number) => string): string {
  const { brings, saves, changesAtMs } = rule
  const figures =
    brings === undefined || saves === undefined
      ? ''
      : ` An hour of mining brings ${writeFiat(brings)} ${currency}; the power that it adds costs ${writeFiat(saves)} ${currency}.`
  const paused = rule.state === 'paused'
  const then =
    changesAtMs === undefined ? '' : ` If that stays so, it ${paused ? 'goes on' : 'pauses'} at ${clock(changesAtMs)}.`
  switch (rule.state) {
    case 'off':
      return 'The rule is off: it mines whatever it costs.'
    case 'no-miner':
      return 'No miner runs, so there is nothing to pause.'
    case 'blind':
      return `The rule cannot judge: ${BLIND_WORDS[rule.blind ?? 'no-value']}. It changes nothing meanwhile.`
    case 'watches':
      return `The rule lets it mine.${figures}${then}`
    case 'paused':
      return `The rule has paused mining.${figures || ` It cannot judge now: ${BLIND_WORDS[rule.blind ?? 'no-value']}.`} It goes by what the miner brought before the pause, at the prices of now.${then}`
    default:
      return assertNever(rule.state)
  }
}
