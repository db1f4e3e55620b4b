import { type ProfitSettings, profitProblem } from '../../../shared/profit/profit-settings.ts'
import { useCommand } from '../../bridge/use-command.ts'

type Change = Parameters<ReturnType<typeof useCommand<'profit.set'>>['send']>[0]

/**
 * Saves what was typed.
 * @param change `undefined` while it cannot be read
 * @returns what is wrong with it, in a sentence, before it is sent
 */
export function useGiven(settings: ProfitSettings, change: Partial<ProfitSettings> | undefined, unread: string) {
  const set = useCommand('profit.set')
  const wrong = change ? profitProblem({ ...settings, ...change }) : unread
  const same =
    change &&
    wrong === undefined &&
    Object.entries(change).every(([key, value]) => written(settings[key as keyof ProfitSettings]) === written(value))
  const offBecause = wrong ?? (same ? 'It is so already.' : undefined)
  return { wrong, offBecause, error: set.error, busy: set.busy, send: (what: Change) => void set.send(what) }
}

/** Amounts are no JSON. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)) ?? ''

/** `12,5` is 12.5; nothing is `undefined`. NaN: no number. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') return undefined
  return /^\d{1,9}(\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : Number.NaN
}
