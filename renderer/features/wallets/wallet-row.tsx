import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { FORMAT_WORDS } from './wallet-words.ts'

/** What is known of a key file at a glance: whether it is here, open, and how well it is closed. */
export function WalletChips({ wallet }: { readonly wallet: WalletView }) {
  const weak = wallet.weaknesses.length > 0
  return (
    <>
      {wallet.watchOnly ? (
        <Chip kind="dashed" title="Only the address is on this computer: nothing can be signed.">
          watch only
        </Chip>
      ) : (
        <>
          <Chip>{wallet.unlocked ? 'unlocked' : 'locked'}</Chip>
          <Chip
            kind={weak ? 'warn' : 'neutral'}
            title={weak ? 'Weaker than the app’s vault. Manage says why.' : undefined}
          >
            {FORMAT_WORDS[wallet.format]}
          </Chip>
        </>
      )}
    </>
  )
}

export interface WalletRowProps {
  readonly wallet: WalletView
  readonly shown: boolean
  readonly managed: boolean
  readonly onShow: () => void
  readonly onManage: () => void
}
export function WalletRow({ wallet, shown, managed, onShow, onManage }: WalletRowProps) {
  return (
    <li className="wallet-row data-selected:bg-[var(--selected)]" data-selected={managed || undefined}>
      <div className="grid min-w-0 gap-1">
        <span className="row wrap">
          <b className="clip">{wallet.name}</b>
          {shown && <Chip kind="good">shown now</Chip>}
          <WalletChips wallet={wallet} />
          <span className="mute">
            {wallet.cryptoType}, {wallet.hotkeys.length} {wallet.hotkeys.length === 1 ? 'hotkey' : 'hotkeys'}
          </span>
        </span>
        <GroupedAddress address={wallet.address} />
      </div>
      <span className="end row wrap">
        {!shown && <Button onPress={onShow}>Show {wallet.name}</Button>}
        <Button onPress={onManage}>Manage {wallet.name}</Button>
      </span>
    </li>
  )
}
