import { useState } from 'react'
import { type RaoPerAlpha, raoPerAlpha } from '../../shared/units/amounts.ts'
import { parseTao } from '../../shared/units/decimal.ts'
import { valueIn } from '../bridge/loadable.ts'
import { useSubscription } from '../bridge/use-subscription.ts'
import { AMOUNT_WORDS } from '../format/read-amount.ts'
import type { LimitDraft } from '../ui/limit-choice.tsx'
import type { MovesQuote } from './use-moves-review.ts'

const USUAL_PPM = 5_000

/** The limit of a trade as it is typed, and as it is understood. */
export function useLimitDraft(): LimitDraft & {
  /** Rao for one alpha, or a ratio times 1e9; absent where the tolerance counts, or where it is not understood. */
  readonly limit: RaoPerAlpha | undefined
  /** What is missing before anything can be quoted. */
  readonly lacks: string | undefined
} {
  const settings = valueIn(useSubscription('settings.watch'))
  const [ownPpm, pickTolerance] = useState<number>()
  const [own, setOwn] = useState(false)
  const [text, setText] = useState('')
  const read = own && text.trim() !== '' ? parseTao(text.trim()) : undefined
  const limit = read?.ok && read.value > 0n ? raoPerAlpha(read.value) : undefined
  const zero = read?.ok && limit === undefined ? 'A limit above 0, please: at 0 nothing would be bounded.' : undefined
  return {
    tolerancePpm: ownPpm ?? settings?.tolerancePpm ?? USUAL_PPM,
    pickTolerance,
    own,
    setOwn,
    text,
    type: (typed) => {
      setOwn(true)
      setText(typed)
    },
    wrong: read && !read.ok ? AMOUNT_WORDS[read.error] : zero,
    limit,
    lacks: own && limit === undefined ? 'Enter a limit first.' : undefined,
  }
}

/** No quote can be had here without a limit of one's own. */
export const needsLimit = (quote: MovesQuote): boolean =>
  (quote.state === 'failed' && quote.error.code === 'stake/limit-needed') ||
  (quote.state === 'ready' && quote.value.steps.some(({ notes }) => notes.includes('no-quote')))
