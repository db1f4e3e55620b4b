import type { Position } from '../../../shared/staking/position.ts'
import type { Target } from '../../../shared/staking/rebalance.ts'
import type { Netuid, Ss58 } from '../../../shared/units/amounts.ts'

/** A share as it is typed: percent. */
export interface TargetDraft {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly text: string
}

/** The shares of now, so that a person changes what is there; with whom: the largest position of each subnet. */
export function startShares(positions: readonly Position[]): readonly TargetDraft[] {
  const values = new Map<Netuid, bigint>()
  const allKnown = positions.every(({ valueAtSpot }) => valueAtSpot !== undefined)
  const largest = new Map<Netuid, Position>()
  for (const position of positions) {
    const { netuid } = position
    values.set(netuid, (values.get(netuid) ?? 0n) + (position.valueAtSpot ?? 0n))
    if (position.alpha > (largest.get(netuid)?.alpha ?? -1n)) largest.set(netuid, position)
  }
  const total = [...values.values()].reduce((sum, value) => sum + value, 0n)
  return [...largest.values()].map(({ netuid, hotkey }) => {
    const hundredths = total === 0n ? 0n : ((values.get(netuid) ?? 0n) * 10_000n) / total
    // What a share is while the worth of a position is unknown, nobody knows.
    if (!allKnown) return { netuid, hotkey, text: '' }
    return { netuid, hotkey, text: `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}` }
  })
}

/** Percent with at most two decimals, as parts per million. */
function ppmOf(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{0,2}))?$/.exec(text.trim())
  if (!match) return undefined
  return Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(2, '0')) * 100
}

export interface Targets {
  readonly targets: readonly Target[]
  readonly sumPpm: number
  /** What is wrong with the shares, in a sentence. */
  readonly wrong?: string | undefined
}

/** What was typed, understood or not. */
export function targetsOf(drafts: readonly TargetDraft[]): Targets {
  const targets: Target[] = []
  for (const { netuid, hotkey, text } of drafts) {
    const ppm = ppmOf(text)
    if (ppm === undefined)
      return {
        targets: [],
        sumPpm: 0,
        wrong: `Give the share of netuid ${netuid} as a percentage, with at most two decimals.`,
      }
    targets.push({ netuid, hotkey, ppm })
  }
  const sumPpm = targets.reduce((sum, { ppm }) => sum + ppm, 0)
  const wrong = sumPpm > 1_000_000 ? 'Together the shares are more than 100 %. Take something off.' : undefined
  return { targets, sumPpm, wrong }
}
