import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Select } from '../../ui/select.tsx'

export interface OwnHotkeyProps {
  readonly label: string
  /** Empty: none yet. */
  readonly hotkey: string
  /** Not a choice. */
  readonly except?: string
  readonly onPick: (hotkey: string) => void
}

/** One of the active wallet's hotkeys; the whole address of the chosen one, because this decides. */
export function OwnHotkey({ label, hotkey, except, onPick }: OwnHotkeyProps) {
  const hotkeys = valueIn(useSubscription('wallet.state'))?.active?.hotkeys ?? []
  const choices = hotkeys
    .filter(({ address }) => address !== except)
    .map(({ name, address }) => ({ value: address, text: `${name}, ${shortAddress(address)}` }))
  return (
    <div className="grid gap-2">
      <Select
        label={label}
        value={hotkey}
        onPick={onPick}
        choices={[{ value: '', text: 'Choose a hotkey', off: hotkey !== '' }, ...choices]}
        {...(choices.length === 0 ? { hint: 'This wallet has no other hotkey. Create one on the page Mine.' } : {})}
      />
      {hotkey !== '' && <FullAddress address={hotkey} twoLines />}
    </div>
  )
}
