import { useId } from 'react'
import type { Output } from '../../bridge/client.ts'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { FORM_WORDS } from './wallet-words.ts'

export type Reading = Output<'wallet.inspectSecret'>[number]

export interface ReadingChoiceProps {
  readonly legend: string
  readonly readings: readonly Reading[]
  readonly chosen: Reading | undefined
  readonly onChoose: (reading: Reading) => void
}

/** The accounts to which a secret can lead. Nobody but its owner can tell which one is meant. */
export function ReadingChoice({ legend, readings, chosen, onChoose }: ReadingChoiceProps) {
  const name = useId()
  return (
    <fieldset className="grid gap-2">
      <legend className="legend">{legend}</legend>
      {readings.map((reading) => (
        <label key={reading.address} className="pick">
          <input type="radio" name={name} checked={reading === chosen} onChange={() => onChoose(reading)} />
          <span className="grid gap-1">
            <span className="soft">
              {FORM_WORDS[reading.form] ?? reading.form}, {reading.cryptoType}
            </span>
            <GroupedAddress address={reading.address} twoLines />
          </span>
        </label>
      ))}
    </fieldset>
  )
}
