import { useState } from 'react'
import { valueIn } from '../bridge/loadable.ts'
import { useSubscription } from '../bridge/use-subscription.ts'
import { readDistance } from './read-distance.ts'

const USUAL_PPM = 5_000

export interface SpotLimitDraft {
  readonly tolerancePpm: number
  readonly pickTolerance: (ppm: number) => void
  readonly text: string
  readonly type: (text: string) => void
  readonly wrong: string | undefined
}

/** One limit for all trades of a plan: the usual distance, or where it has to be said, one that was typed. */
export function useSpotLimit(): SpotLimitDraft & {
  /** Somebody typed here, so the field stays while the next quote is on its way. */
  readonly typed: boolean
  readonly limitFromSpotPpm: number | undefined
} {
  const settings = valueIn(useSubscription('settings.watch'))
  const [ownPpm, pickTolerance] = useState<number>()
  const [text, setText] = useState<string>()
  const read = text === undefined || text.trim() === '' ? undefined : readDistance(text)
  return {
    tolerancePpm: ownPpm ?? settings?.tolerancePpm ?? USUAL_PPM,
    pickTolerance,
    text: text ?? '',
    type: setText,
    typed: text !== undefined,
    wrong: read?.ok === false ? read.error : undefined,
    limitFromSpotPpm: read?.ok ? read.value : undefined,
  }
}
