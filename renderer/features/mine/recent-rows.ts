import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'

type Request = MiningStatus['recent'][number]
export type RequestRow = Request & { readonly key: string }

/**
 * Gives each request a name that it keeps while others come before it and old ones leave, and the same object as last time: a table
 * then draws only those that are new.
 * @param recent newest first
 * @param before rows of last time
 */
export function recentRows(recent: readonly Request[], before: readonly RequestRow[]): readonly RequestRow[] {
  const known = new Map(before.map((row) => [row.key, row]))
  const alike = new Map<string, number>()
  return recent.map((request): RequestRow => {
    const { atMs, caller = '', status, reason, totalMs } = request
    const name = `${atMs}/${caller}/${status}/${reason}/${totalMs}/${request.completionTokens ?? ''}`
    const nth = alike.get(name) ?? 0
    alike.set(name, nth + 1)
    const key = `${name}/${nth}`
    return known.get(key) ?? { ...request, key }
  })
}
