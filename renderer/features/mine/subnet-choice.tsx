import type { MiningOption } from '../../../shared/contract/mining.contract.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { useMineDraft } from './mine-draft.store.ts'

export interface SubnetChoiceProps {
  readonly options: readonly MiningOption[]
  readonly chosen: MiningOption | undefined
}

export function SubnetChoice({ options, chosen }: SubnetChoiceProps) {
  const directory = useDirectory()
  const { userPicked } = useMineDraft()
  return (
    <fieldset className="grid gap-2">
      <legend className="legend">Subnet</legend>
      {options.length === 0 && (
        <p className="soft">
          The app knows the protocol of no subnet on this network. On the practice network it does.
        </p>
      )}
      {options.map((option) => (
        <label key={option.netuid} className="pick">
          <input
            type="radio"
            name="netuid"
            checked={option.netuid === chosen?.netuid}
            disabled={!option.usable}
            onChange={() => userPicked({ netuid: option.netuid })}
          />
          <span className="grid min-w-0 gap-1">
            <span className="row wrap">
              <SubnetName
                inline
                netuid={option.netuid}
                name={option.name}
                symbol={directory.get(option.netuid)?.symbol}
              />
              <Chip kind={option.usable ? 'good' : 'dashed'}>{option.usable ? 'can be mined' : 'not possible'}</Chip>
            </span>
            <span className="soft small">
              {option.reason}. {option.placesTaken} of {option.places} places taken. A place costs{' '}
              <Amount value={option.registrationPrice} unit={TAO} decimals={3} why="The chain gave no price" />.
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
