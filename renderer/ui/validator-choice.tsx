import type { ValidatorView } from '../../shared/contract/chain-views.contract.ts'
import { shortAddress } from '../format/address.ts'
import { cleanName } from '../format/hostile-text.ts'
import { writePpmShort } from '../format/percent.ts'
import { FullAddress } from './address.tsx'
import { Amount, type Unit } from './amount.tsx'
import { Select } from './select.tsx'

export interface ValidatorChoiceProps {
  readonly validators: readonly ValidatorView[]
  readonly hotkey: string
  /** Token of the subnet, for what is staked already. */
  readonly unit: Unit
  readonly onPick: (hotkey: string) => void
}

const nameOf = (validator: ValidatorView): string => cleanName(validator.name ?? '') || shortAddress(validator.hotkey)
const takeOf = (validator: ValidatorView): string =>
  validator.takePpm === undefined ? 'take unknown' : `take ${writePpmShort(validator.takePpm)}`

/** Name and take to choose by, and the whole address of the chosen one: this is where a decision is made. */
export function ValidatorChoice({ validators, hotkey, unit, onPick }: ValidatorChoiceProps) {
  const chosen = validators.find((validator) => validator.hotkey === hotkey)
  return (
    <div className="grid gap-2">
      <Select
        label="Validator"
        value={hotkey}
        onPick={onPick}
        choices={validators.map((validator) => ({
          value: validator.hotkey,
          text: `${nameOf(validator)}, ${takeOf(validator)}${validator.permit ? '' : ', no permit'}`,
        }))}
      />
      {chosen && (
        <>
          <FullAddress address={chosen.hotkey} twoLines />
          <p className="mute small">
            uid {chosen.uid}, <Amount value={chosen.stake} unit={unit} decimals={3} /> staked with it.
            {!chosen.permit && ' It has no permit: it sets no weights, so this stake may earn nothing.'}
          </p>
        </>
      )}
    </div>
  )
}
