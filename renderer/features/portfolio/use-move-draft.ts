import { useState } from 'react'
import type { Position } from '../../../shared/staking/position.ts'
import { isAlpha } from '../../../shared/units/amounts.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { AMOUNT_WORDS, type AmountUnit, readAmount } from '../../format/read-amount.ts'

/** What a person types for a move out of one position, and how it is understood. */
export function useMoveDraft(position: Position) {
  const settings = valueIn(useSubscription('settings.watch'))
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<AmountUnit>('whole')
  const [ownPpm, setOwnPpm] = useState<number>()
  const [partial, setPartial] = useState(false)
  const read = readAmount(text, unit, position.available, position.price)
  return {
    text,
    setText,
    unit,
    setUnit,
    partial,
    setPartial,
    tolerancePpm: ownPpm ?? settings?.tolerancePpm ?? 5_000,
    setTolerance: setOwnPpm,
    read,
    amount: read.ok && isAlpha(read.value) && read.value > 0n ? read.value : undefined,
    wrong: !read.ok && read.error !== 'empty' ? AMOUNT_WORDS[read.error] : undefined,
    /** A part of what is available, as text in the field. */
    setPart: (percent: number) => {
      setUnit('whole')
      setText(formatUnits((position.available * BigInt(percent)) / 100n))
    },
  }
}
export type MoveDraft = ReturnType<typeof useMoveDraft>
