import { useState } from 'react'
import { isAlpha, type RaoPerAlpha } from '../../../shared/units/amounts.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { AMOUNT_WORDS, type AmountUnit, readAmount } from '../../format/read-amount.ts'

/** An amount of alpha as it is typed. What TAO is worth in alpha is taken at the price of when it was typed. */
export function useAmount(most: bigint, price: RaoPerAlpha | undefined) {
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<AmountUnit>('whole')
  const [priceThen, setPrice] = useState(price)
  const read = readAmount(text, unit, most, priceThen)
  return {
    text,
    unit,
    setUnit,
    setText: (typed: string) => {
      setPrice(price)
      setText(typed)
    },
    setPart: (percent: number) => {
      setUnit('whole')
      setText(formatUnits((most * BigInt(percent)) / 100n))
    },
    amount: read.ok && isAlpha(read.value) && read.value > 0n ? read.value : undefined,
    wrong: !read.ok && read.error !== 'empty' ? AMOUNT_WORDS[read.error] : undefined,
    isAbove: !read.ok && read.error === 'above-available',
  }
}
export type TypedAmount = ReturnType<typeof useAmount>

/** Why there is no amount yet. */
export const whyNoAmount = ({ amount, wrong }: TypedAmount): string | undefined =>
  wrong !== undefined ? 'Correct the amount first.' : amount === undefined ? 'Enter an amount first.' : undefined
