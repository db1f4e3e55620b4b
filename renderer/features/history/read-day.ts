/** A day as a person types it, UTC: the taxes of most places count days, and the ledger's times are UTC. */
export type Day =
  | { readonly state: 'none' }
  /** ms of its first moment. */
  | { readonly state: 'day'; readonly atMs: number }
  | { readonly state: 'wrong' }

/** `2026-11-22`; an empty text is no day at all. */
export function readDay(text: string): Day {
  const trimmed = text.trim()
  if (trimmed === '') return { state: 'none' }
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed)
  if (!match) return { state: 'wrong' }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const atMs = Date.UTC(year, month - 1, day)
  const back = new Date(atMs)
  // 31 February would slip into March.
  const isReal = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && year >= 1970
  return isReal ? { state: 'day', atMs } : { state: 'wrong' }
}
