import { useEffect, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { TrashView } from '../../../shared/contract/wallet-keeping.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { writeMoment } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { Failed } from '../../ui/states.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { wrongName } from './password-fields.tsx'
import { FORMAT_WORDS } from './wallet-words.ts'

const nameOf = (entry: TrashView): string =>
  entry.kind === 'wallet' ? entry.wallet : `${entry.hotkey ?? ''} of ${entry.wallet}`
const MINUTE_MS = 60_000

type Open = { readonly kind: 'restore' | 'delete'; readonly entry: TrashView }

export interface TrashListProps {
  readonly wallets: readonly WalletView[]
  readonly onDone: (title: string) => void
}
/** What was removed, newest first. Nothing leaves it by itself. */
export function TrashList({ wallets, onDone }: TrashListProps) {
  const trash = useQuestion('wallet.trash', {}, { freshForMs: 0 })
  const now = useNow(MINUTE_MS)
  const [open, setOpen] = useState<Open>()
  const { again } = trash
  // Whatever changes the list of wallets may have changed the trash. The dependency is the trigger.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is new on each draw
  useEffect(again, [wallets])
  if (trash.state === 'failed') return <Failed error={trash.error} again={again} />
  const entries = trash.state === 'ready' ? trash.value : []
  if (entries.length === 0) return null
  const close = () => setOpen(undefined)
  return (
    <section aria-label="Trash">
      <div className="pad">
        <h2>Trash</h2>
        <p className="soft">Removed wallets and hotkeys stay on this computer until you delete them for good.</p>
      </div>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id} className="wallet-row">
            <span className="row wrap min-w-0">
              <b className="clip">{nameOf(entry)}</b>
              <Chip>{entry.kind}</Chip>
              <Chip kind={entry.format === 'plain' ? 'warn' : entry.format === 'watch-only' ? 'dashed' : 'neutral'}>
                {FORMAT_WORDS[entry.format]}
              </Chip>
              {entry.address && <ShortAddress address={entry.address} />}
              <span className="mute">removed {writeMoment(entry.removedAtMs, now)}</span>
            </span>
            <span className="end row wrap">
              <Button label={`Restore ${nameOf(entry)}`} onPress={() => setOpen({ kind: 'restore', entry })}>
                Restore
              </Button>
              <Button
                kind="quiet"
                label={`Delete for good: ${nameOf(entry)}`}
                onPress={() => setOpen({ kind: 'delete', entry })}
              >
                Delete for good
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {open?.kind === 'restore' && (
        <RestoreDialog
          entry={open.entry}
          onClose={close}
          onDone={(name) => {
            close()
            again()
            onDone(`${name} is back.`)
          }}
        />
      )}
      {open?.kind === 'delete' && (
        <DeleteDialog
          entry={open.entry}
          onClose={close}
          onDone={() => {
            close()
            again()
            onDone(`${nameOf(open.entry)} was deleted for good.`)
          }}
        />
      )}
    </section>
  )
}

interface EntryDialogProps {
  readonly entry: TrashView
  readonly onClose: () => void
  readonly onDone: (name: string) => void
}

function RestoreDialog({ entry, onClose, onDone }: EntryDialogProps) {
  const restore = useCommand('wallet.restore')
  const [name, setName] = useState(entry.hotkey ?? entry.wallet)
  const send = async () => {
    if (wrongName(name)) return
    const back = await restore.send({ id: entry.id, newName: name.trim() })
    if (back.ok) onDone(name.trim())
  }
  return (
    <AskDialog
      title={`Restore ${nameOf(entry)}`}
      action="Restore"
      busyWith={restore.busy ? 'Restoring' : undefined}
      error={restore.error}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p className="soft">
        It comes back as it was, with the same password. Another name can be given if this one is taken.
      </p>
      <Field label="Name" value={name} onType={setName} wrong={wrongName(name)} />
    </AskDialog>
  )
}

function DeleteDialog({ entry, onClose, onDone }: EntryDialogProps) {
  const remove = useCommand('wallet.deleteForever')
  const [password, setPassword] = useState('')
  const sealed = entry.format !== 'plain' && entry.format !== 'watch-only'
  const send = async () => {
    const sending = remove.send({ id: entry.id, password })
    setPassword('')
    const gone = await sending
    if (gone.ok) onDone(nameOf(entry))
  }
  return (
    <AskDialog
      title={`Delete ${nameOf(entry)} for good`}
      action="Delete for good"
      danger
      busyWith={remove.busy ? 'Checking the password' : undefined}
      offBecause={sealed && password === '' ? 'It asks for the password.' : undefined}
      error={beside(remove.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {entry.format === 'watch-only' ? (
        <p className="soft">Only its address was here. It can be watched again at any time.</p>
      ) : (
        <Note kind="bad" title="This cannot be undone.">
          <p>Without its words or another copy, what the account holds is lost for ever.</p>
        </Note>
      )}
      {sealed && (
        <PasswordField
          hint="Only who can open the key may delete it."
          value={password}
          onType={setPassword}
          error={remove.error}
        />
      )}
    </AskDialog>
  )
}
