import { type Intent, innerIntents } from '../signing/intent.ts'
import { formatUnits } from '../units/decimal.ts'

/** `12.5`, `3`: without the zeros that a person would have to type. */
const shortest = (units: bigint): string => formatUnits(units).replace(/\.?0+$/, '')

/** What of one call is destroyed, in words. */
function destroyedBy(intent: Intent): readonly string[] {
  if (intent.kind === 'burn-alpha') return [`burn ${shortest(intent.amount)} alpha of netuid ${intent.netuid}`]
  if (intent.kind === 'recycle-alpha') return [`recycle ${shortest(intent.amount)} alpha of netuid ${intent.netuid}`]
  return innerIntents(intent).flatMap(destroyedBy)
}

/**
 * What a person types before alpha is destroyed: the act, the amount and the subnet, however deep the call lies. Destroyed
 * alpha comes back to nobody, so pressing a button by mistake must not be enough.
 * @returns `undefined` where nothing is destroyed
 */
export function wordsToDestroy(intent: Intent): string | undefined {
  const destroyed = destroyedBy(intent)
  return destroyed.length === 0 ? undefined : destroyed.join(' and ')
}

/** Spaces and capitals are nobody's mistake; everything else is. */
export const saysToDestroy = (typed: string | undefined, words: string): boolean =>
  typed?.trim().replace(/\s+/gu, ' ').toLowerCase() === words
