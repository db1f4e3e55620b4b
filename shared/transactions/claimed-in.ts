import type { Outcome } from './transaction.ts'

/** What claims from root paid in all, rao. `undefined`: there was none, or the chain does not show of one how much. */
export function claimedIn({ held = [] }: Pick<Outcome, 'held'>): bigint | undefined {
  const claims = held.filter(({ event }) => event === 'root-claimed')
  if (claims.length === 0) return undefined
  return claims.reduce<bigint | undefined>(
    (sum, { amount }) => (sum === undefined || amount === undefined ? undefined : sum + amount),
    0n,
  )
}
