import { useState } from 'react'
import type { Position } from '../../../shared/staking/position.ts'
import { isAlpha } from '../../../shared/units/amounts.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { AMOUNT_WORDS, type AmountUnit, readAmount } from '../../format/read-amount.ts'

/** What a person types for a move out of one position, and how it is understood. */
export function useMoveDraft(position: Position) {
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<AmountUnit>('whole')
  const [partial, setPartial] = useState(false)
  // What TAO is worth in alpha is taken at the price of when it was typed: else the amount would change with each block.
  const [price, setPrice] = useState(position.price)
  const read = readAmount(text, unit, position.available, price)
  return {
    text,
    setText: (typed: string) => {
      setPrice(position.price)
      setText(typed)
    },
    unit,
    setUnit,
    partial,
    setPartial,
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

/** Of a move within one subnet there is no price that could get worse. */
export const NO_TRADE = 0
