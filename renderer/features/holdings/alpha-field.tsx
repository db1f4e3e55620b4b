import { Amount, type Unit, UnitMark } from '../../ui/amount.tsx'
import { AmountField } from '../../ui/amount-field.tsx'
import type { TypedAmount } from './use-amount.ts'

export interface AlphaFieldProps {
  readonly label: string
  readonly typed: TypedAmount
  readonly most: bigint
  readonly unit: Unit
}

export function AlphaField({ label, typed, most, unit }: AlphaFieldProps) {
  return (
    <AmountField
      label={label}
      text={typed.text}
      unit={typed.unit}
      unitName={<UnitMark unit={unit} />}
      inTao
      onType={typed.setText}
      onUnit={typed.setUnit}
      onPart={typed.setPart}
      available={<Amount value={most} unit={unit} />}
      wrong={typed.wrong}
      code={typed.isAbove ? 'stake/not-enough-alpha' : undefined}
    />
  )
}
