import type { PowerPoint } from '../../../shared/care/power.ts'
import type { TimedValue } from '../../format/series-path.ts'

export const DAY_MS = 86_400_000
/** One value of the drawn day: narrower than a pixel, nothing more would be seen. */
export const SLOT_MS = 300_000

/** Mean watts of every five minutes; a time in which nobody measured, or no part told, has none. */
export function meanWatts(points: readonly PowerPoint[]): readonly TimedValue[] {
  const slots = new Map<number, { sum: number; count: number }>()
  for (const { atMs, watts } of points) {
    if (watts === undefined) continue
    const slot = Math.floor(atMs / SLOT_MS) * SLOT_MS
    const { sum, count } = slots.get(slot) ?? { sum: 0, count: 0 }
    slots.set(slot, { sum: sum + watts, count: count + 1 })
  }
  return [...slots].sort(([a], [b]) => a - b).map(([atMs, { sum, count }]) => ({ atMs, value: sum / count }))
}
