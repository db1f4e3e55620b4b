/**
 * The value below which `share` of the samples lie, by nearest rank: always one of the samples, never between two.
 * @param share 0..1
 * @returns `undefined` without samples
 */
export function percentile(samples: readonly number[], share: number): number | undefined {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}
