import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { HotkeyView } from '../../../shared/contract/wallet-info.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { AddHotkeyDialog } from './add-hotkey.tsx'
import { ExportJsonDialog } from './export-dialogs.tsx'
import { RemoveHotkeyDialog, RenameHotkeyDialog, UnlockHotkeyDialog } from './hotkey-dialogs.tsx'
import { PasswordDialog } from './wallet-dialogs.tsx'
import { FORMAT_WORDS } from './wallet-words.ts'

type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'rename' | 'remove' | 'unlock' | 'password' | 'json'; readonly hotkey: HotkeyView }

export interface HotkeysPanelProps {
  readonly wallet: WalletView
  readonly onDone: (title: string) => void
}
/** The hotkeys of a wallet: they sign for the miner, and hold no money. */
export function HotkeysPanel({ wallet, onDone }: HotkeysPanelProps) {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const done = (title: string) => {
    close()
    onDone(title)
  }
  return (
    <section className="grid gap-3" aria-label="Hotkeys">
      <span className="row">
        <h3>Hotkeys</h3>
        <span className="end">
          <Button onPress={() => setOpen({ kind: 'add' })}>Add a hotkey</Button>
        </span>
      </span>
      {wallet.hotkeys.length === 0 && (
        <p className="soft">None yet. A miner or validator needs one; holding TAO does not.</p>
      )}
      <ul className="grid gap-4">
        {wallet.hotkeys.map((hotkey) => (
          <Hotkey key={hotkey.name} wallet={wallet.name} hotkey={hotkey} onOpen={(kind) => setOpen({ kind, hotkey })} />
        ))}
      </ul>
      {open?.kind === 'add' && (
        <AddHotkeyDialog wallet={wallet.name} onClose={close} onDone={(name) => done(`Hotkey ${name} was saved.`)} />
      )}
      {open?.kind === 'rename' && (
        <RenameHotkeyDialog
          wallet={wallet.name}
          hotkey={open.hotkey.name}
          onClose={close}
          onDone={(name) => done(`The hotkey is now called ${name}.`)}
        />
      )}
      {open?.kind === 'remove' && (
        <RemoveHotkeyDialog
          wallet={wallet.name}
          hotkey={open.hotkey}
          onClose={close}
          onDone={() => done(`Hotkey ${open.hotkey.name} is in the trash.`)}
        />
      )}
      {open?.kind === 'unlock' && (
        <UnlockHotkeyDialog wallet={wallet.name} hotkey={open.hotkey.name} onClose={close} onDone={close} />
      )}
      {open?.kind === 'password' && (
        <PasswordDialog
          wallet={wallet.name}
          hotkey={open.hotkey.name}
          sealed={open.hotkey.encrypted}
          onClose={close}
          onDone={() => done(`Hotkey ${open.hotkey.name} has a new password.`)}
        />
      )}
      {open?.kind === 'json' && <ExportJsonDialog wallet={wallet.name} hotkey={open.hotkey.name} onClose={close} />}
    </section>
  )
}

interface HotkeyProps {
  readonly wallet: string
  readonly hotkey: HotkeyView
  readonly onOpen: (kind: 'rename' | 'remove' | 'unlock' | 'password' | 'json') => void
}
function Hotkey({ wallet, hotkey, onOpen }: HotkeyProps) {
  const lock = useCommand('wallet.lockHotkey')
  const { name, encrypted } = hotkey
  return (
    <li className="grid gap-2">
      <span className="row wrap">
        <b className="clip">{name}</b>
        <Chip>{encrypted ? (hotkey.unlocked ? 'unlocked' : 'locked') : 'signs without a password'}</Chip>
        <Chip>{FORMAT_WORDS[hotkey.format]}</Chip>
        <span className="mute">{hotkey.cryptoType}</span>
      </span>
      <GroupedAddress address={hotkey.address} twoLines />
      <span className="row wrap">
        {encrypted && !hotkey.unlocked && (
          <Button label={`Unlock hotkey ${name}`} onPress={() => onOpen('unlock')}>
            Unlock
          </Button>
        )}
        {encrypted && hotkey.unlocked && (
          <Button label={`Lock hotkey ${name}`} onPress={() => void lock.send({ wallet, name })}>
            Lock
          </Button>
        )}
        <Button
          label={`${encrypted ? 'Change password' : 'Set a password'} of hotkey ${name}`}
          onPress={() => onOpen('password')}
        >
          {encrypted ? 'Change password' : 'Set a password'}
        </Button>
        <Button label={`Export hotkey ${name} for polkadot.js`} onPress={() => onOpen('json')}>
          Export
        </Button>
        <Button label={`Rename hotkey ${name}`} onPress={() => onOpen('rename')}>
          Rename
        </Button>
        <Button kind="quiet" label={`Remove hotkey ${name}`} onPress={() => onOpen('remove')}>
          Remove
        </Button>
      </span>
      {lock.error && <ErrorNote error={lock.error} />}
    </li>
  )
}
