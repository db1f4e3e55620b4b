import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { CopyAddress } from '../../ui/copy-address.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { ExportFolderDialog, ExportJsonDialog } from './export-dialogs.tsx'
import { HotkeysPanel } from './hotkeys-panel.tsx'
import { RevealDialog } from './reveal-dialog.tsx'
import { UnlockDialog } from './unlock-dialog.tsx'
import { ConvertDialog, PasswordDialog, RemoveDialog, RenameDialog } from './wallet-dialogs.tsx'
import { WalletChips } from './wallet-row.tsx'
import { WeaknessNotes } from './weakness-notes.tsx'

const NO_WORDS = 'The key file holds no words: it was not made from words, or they were not saved with it.'
const WATCHED = 'This wallet is only watched: its key is not on this computer, so there is nothing to unlock or show.'

type Open = 'unlock' | 'password' | 'convert' | 'words' | 'folder' | 'json' | 'rename' | 'remove'

export interface WalletDrawerProps {
  readonly wallet: WalletView
  readonly onRenamed: (name: string) => void
  readonly onDone: (title: string) => void
  readonly onClose: () => void
}

/** Everything that can be done with one wallet, and why something cannot. */
export function WalletDrawer({ wallet, onRenamed, onDone, onClose }: WalletDrawerProps) {
  const [open, setOpen] = useState<Open>()
  const lock = useCommand('wallet.lock')
  const close = () => setOpen(undefined)
  const done = (title: string) => {
    close()
    onDone(title)
  }
  return (
    <Drawer title={<span className="clip">{wallet.name}</span>} onClose={onClose}>
      <div className="grid gap-2">
        <span className="row wrap">
          <WalletChips wallet={wallet} />
          <span className="mute">{wallet.cryptoType}</span>
        </span>
        <GroupedAddress address={wallet.address} twoLines />
        <CopyAddress address={wallet.address} />
      </div>
      {wallet.watchOnly ? (
        <Note title="Watch only">
          <p>{WATCHED}</p>
        </Note>
      ) : (
        <>
          <WeaknessNotes weaknesses={wallet.weaknesses} onConvert={() => setOpen('convert')} />
          <section className="grid gap-2" aria-label="Key">
            <h3>Key</h3>
            <span className="row wrap">
              {wallet.unlocked ? (
                <Button
                  busyWith={lock.busy ? 'Locking' : undefined}
                  onPress={() => void lock.send({})}
                  label="Lock all wallets"
                >
                  Lock all wallets
                </Button>
              ) : (
                <Button onPress={() => setOpen('unlock')}>Unlock {wallet.name}</Button>
              )}
              <Button onPress={() => setOpen('password')}>
                {wallet.format === 'plain' ? 'Set a password' : 'Change the password'}
              </Button>
              {wallet.format === 'vault' && <Button onPress={() => setOpen('convert')}>Convert to $NACL</Button>}
              <Button onPress={() => setOpen('words')} offBecause={wallet.hasWords === 'no' ? NO_WORDS : undefined}>
                Show the words
              </Button>
            </span>
            {wallet.hasWords === 'no' && <p className="why">{NO_WORDS}</p>}
            {lock.error && <ErrorNote error={lock.error} />}
          </section>
        </>
      )}
      <section className="grid gap-2" aria-label="Wallet">
        <h3>Wallet</h3>
        <span className="row wrap">
          <Button onPress={() => setOpen('folder')}>Export for the official tools</Button>
          {!wallet.watchOnly && <Button onPress={() => setOpen('json')}>Export for polkadot.js</Button>}
          <Button onPress={() => setOpen('rename')}>Rename</Button>
          <Button onPress={() => setOpen('remove')}>Remove</Button>
        </span>
      </section>
      <HotkeysPanel wallet={wallet} onDone={onDone} />
      {open === 'unlock' && <UnlockDialog wallet={wallet} onClose={close} />}
      {open === 'password' && (
        <PasswordDialog
          wallet={wallet.name}
          sealed={wallet.format !== 'plain'}
          onClose={close}
          onDone={() => done(`${wallet.name} has a new password.`)}
        />
      )}
      {open === 'convert' && (
        <ConvertDialog
          wallet={wallet}
          onClose={close}
          onDone={(format) => done(`${wallet.name} is now kept as ${format === 'vault' ? 'a vault' : '$NACL'}.`)}
        />
      )}
      {open === 'words' && <RevealDialog wallet={wallet} onClose={close} />}
      {open === 'folder' && <ExportFolderDialog wallet={wallet} onClose={close} />}
      {open === 'json' && <ExportJsonDialog wallet={wallet.name} hotkey={undefined} onClose={close} />}
      {open === 'rename' && (
        <RenameDialog
          wallet={wallet}
          onClose={close}
          onDone={(name) => {
            onRenamed(name)
            done(`${wallet.name} is now called ${name}.`)
          }}
        />
      )}
      {open === 'remove' && (
        <RemoveDialog
          wallet={wallet}
          onClose={close}
          onDone={() => {
            onClose()
            done(`${wallet.name} is in the trash.`)
          }}
        />
      )}
    </Drawer>
  )
}
