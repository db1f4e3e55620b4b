import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { Amount, alphaOf, UnitMark } from '../../ui/amount.tsx'
import { AmountField } from '../../ui/amount-field.tsx'
import type { MoveDraft } from './use-move-draft.ts'

/** How much of a position: in alpha, by its worth in TAO, in percent, or all that is available. */
export function MoveAmount({
  label,
  position,
  draft,
}: {
  readonly label: string
  readonly position: Position
  readonly draft: MoveDraft
}) {
  const token = alphaOf(position.netuid, useDirectory().get(position.netuid)?.symbol)
  const above = !draft.read.ok && draft.read.error === 'above-available'
  return (
    <AmountField
      label={label}
      text={draft.text}
      unit={draft.unit}
      unitName={<UnitMark unit={token} />}
      inTao
      onType={draft.setText}
      onUnit={draft.setUnit}
      onPart={draft.setPart}
      available={<Amount value={position.available} unit={token} />}
      wrong={draft.wrong}
      code={above ? 'stake/not-enough-alpha' : undefined}
    />
  )
}
