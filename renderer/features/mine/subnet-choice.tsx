import type { MiningOption } from '../../../shared/contract/mining.contract.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { AdapterChoice } from './adapter-choice.tsx'
import { useMineDraft } from './mine-draft.store.ts'

export interface SubnetChoiceProps {
  readonly options: readonly MiningOption[]
  readonly chosen: MiningOption | undefined
}

export function SubnetChoice({ options, chosen }: SubnetChoiceProps) {
  const directory = useDirectory()
  const { userPicked } = useMineDraft()
  const others = options.filter((option) => !option.usable)
  const row = (option: MiningOption) => (
    <OptionRow
      key={option.netuid}
      option={option}
      symbol={directory.get(option.netuid)?.symbol}
      chosen={option.netuid === chosen?.netuid}
      onPick={() => userPicked({ netuid: option.netuid })}
    />
  )
  return (
    <>
      <fieldset className="grid gap-2">
        <legend className="legend">Subnet</legend>
        {options.length === 0 && (
          <p className="soft">
            The app knows the protocol of no subnet on this network. On the practice network it does.
          </p>
        )}
        {options.filter((option) => option.usable).map(row)}
        {others.length > 0 && (
          <details open={chosen !== undefined && !chosen.usable}>
            <summary>{others.length} subnets that no adapter was made for and tried with</summary>
            <div className="grid gap-2 mt-2">{others.map(row)}</div>
          </details>
        )}
      </fieldset>
      {chosen && chosen.adapters.length > 0 && <AdapterChoice option={chosen} />}
    </>
  )
}

const wordOf = ({ usable, adapters }: MiningOption): string =>
  usable ? 'can be mined' : adapters.length > 0 ? 'only by hand' : 'not possible'

interface OptionRowProps {
  readonly option: MiningOption
  readonly symbol: string | undefined
  readonly chosen: boolean
  readonly onPick: () => void
}
function OptionRow({ option, symbol, chosen, onPick }: OptionRowProps) {
  return (
    <label className="pick">
      <input
        type="radio"
        name="netuid"
        checked={chosen}
        disabled={!option.usable && option.adapters.length === 0}
        onChange={onPick}
      />
      <span className="grid min-w-0 gap-1">
        <span className="row wrap">
          <SubnetName inline netuid={option.netuid} name={option.name} symbol={symbol} />
          <Chip kind={option.usable ? 'good' : 'dashed'}>{wordOf(option)}</Chip>
        </span>
        <span className="soft small">
          {option.reason !== 'ready' && `${option.reason.replace(/\.$/, '')}. `}
          {option.placesTaken} of {option.places} places taken. A place costs{' '}
          <Amount value={option.registrationPrice} unit={TAO} decimals={3} why="The chain gave no price" />.
        </span>
      </span>
    </label>
  )
}
