import type { EarningsSummary } from '../../../shared/contract/earnings.contract.ts'
import { isNetuid, isSs58Shape } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Select } from '../../ui/select.tsx'
import type { Ask } from './ask.ts'

export interface EarningsFiltersProps {
  readonly ask: Ask
  readonly seen: EarningsSummary['seen']
  readonly onAsk: (ask: Ask) => void
}

const ALL = { value: '', text: 'All' }

/** Whose epochs, of which subnet and hotkey. */
export function EarningsFilters({ ask, seen, onAsk }: EarningsFiltersProps) {
  const directory = useDirectory()
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const own = new Map(wallets.flatMap(({ hotkeys }) => hotkeys.map((one) => [one.address as string, one.name])))
  const { account: _account, netuid: _netuid, hotkey: _hotkey, ...range } = ask
  const { account, netuid, hotkey } = ask
  const rest = {
    ...(account === undefined ? {} : { account }),
    ...(netuid === undefined ? {} : { netuid }),
    ...(hotkey === undefined ? {} : { hotkey }),
  }
  const without = (name: 'account' | 'netuid' | 'hotkey') => {
    const { [name]: _gone, ...others } = rest
    return { ...range, ...others }
  }
  const netuids = [...seen.netuids].sort((a, b) => a - b)
  return (
    <div className="pad earn-filters">
      <Select
        label="Wallet"
        value={account ?? ''}
        choices={[ALL, ...wallets.map(({ address, name }) => ({ value: address as string, text: name }))]}
        onPick={(value) => onAsk(isSs58Shape(value) ? { ...ask, account: value } : without('account'))}
      />
      <Select
        label="Subnet"
        value={netuid === undefined ? '' : String(netuid)}
        choices={[
          ALL,
          ...netuids.map((id) => ({
            value: String(id),
            text: `${id} ${cleanName(directory.get(id)?.name ?? '')}`.trim(),
          })),
        ]}
        onPick={(value) => {
          const id = Number(value)
          onAsk(value !== '' && isNetuid(id) ? { ...ask, netuid: id } : without('netuid'))
        }}
      />
      <Select
        label="Hotkey"
        value={hotkey ?? ''}
        choices={[
          ALL,
          ...seen.hotkeys.map((key) => ({ value: key as string, text: own.get(key) ?? shortAddress(key) })),
        ]}
        onPick={(value) => onAsk(isSs58Shape(value) ? { ...ask, hotkey: value } : without('hotkey'))}
      />
    </div>
  )
}
