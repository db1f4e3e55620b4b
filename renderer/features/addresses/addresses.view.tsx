import { useState } from 'react'
import type { AddressEntry } from '../../../shared/addresses/address-book.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Head } from '../../ui/head.tsx'
import { KnownAsContext } from '../../ui/known-as-context.ts'
import { ErrorNote } from '../../ui/note.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { ExportDialog, ImportDialog } from './book-file.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

type Open =
  | { readonly kind: 'entry'; readonly entry: AddressEntry | undefined }
  | { readonly kind: 'remove'; readonly entry: AddressEntry }
  | { readonly kind: 'export' | 'import' }

/** Here the name stands above each address already. */
const NAMELESS: ReadonlyMap<string, string> = new Map()

export function AddressesView() {
  const book = useSubscription('addresses.watch')
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const entries = book.state === 'ready' ? book.value.entries : []
  return (
    <>
      <Head title="Address book" age={<span className="age">{entries.length} on this kind of network</span>}>
        <Button onPress={() => setOpen({ kind: 'import' })}>Import</Button>
        <Button onPress={() => setOpen({ kind: 'export' })}>Export</Button>
        <Button kind="main" onPress={() => setOpen({ kind: 'entry', entry: undefined })}>
          Add an address
        </Button>
      </Head>
      {book.state === 'loading' && <Loading awaits="the address book" rows={4} />}
      {book.state === 'failed' && <Failed error={book.error} />}
      {book.state === 'ready' && entries.length === 0 && (
        <Empty title="No names yet">
          <p className="soft">
            A name that you give to an address is shown wherever the address is, and an imitation of it is noticed. Each
            kind of network has a book of its own.
          </p>
        </Empty>
      )}
      <KnownAsContext value={NAMELESS}>
        <ul>
          {entries.map((entry) => (
            <Entry key={entry.address} entry={entry} onOpen={setOpen} />
          ))}
        </ul>
      </KnownAsContext>
      {open?.kind === 'entry' && <EntryDrawer key={open.entry?.address ?? ''} entry={open.entry} onClose={close} />}
      {open?.kind === 'export' && <ExportDialog onClose={close} />}
      {open?.kind === 'import' && <ImportDialog onClose={close} />}
      {open?.kind === 'remove' && <Removing entry={open.entry} onClose={close} />}
    </>
  )
}

function Entry({ entry, onOpen }: { readonly entry: AddressEntry; readonly onOpen: (open: Open) => void }) {
  return (
    <li className="wallet-row">
      <div className="grid min-w-0 gap-1">
        <span className="row wrap">
          <b className="clip">
            <bdi>{entry.name}</bdi>
          </b>
          {entry.note !== '' && (
            <span className="soft clip">
              <bdi>{entry.note}</bdi>
            </span>
          )}
        </span>
        <GroupedAddress address={entry.address} />
      </div>
      <span className="end row wrap">
        <a className="btn" href={hrefOf({ view: 'send', to: entry.address })} aria-label={`Send to ${entry.name}`}>
          Send
        </a>
        <Button label={`Change ${entry.name}`} onPress={() => onOpen({ kind: 'entry', entry })}>
          Change
        </Button>
        <Button label={`Remove ${entry.name}`} kind="quiet" onPress={() => onOpen({ kind: 'remove', entry })}>
          Remove
        </Button>
      </span>
    </li>
  )
}

function Removing({ entry, onClose }: { readonly entry: AddressEntry; readonly onClose: () => void }) {
  const remove = useCommand('addresses.remove')
  const press = async () => {
    const removed = await remove.send({ address: entry.address })
    if (removed.ok) onClose()
  }
  return (
    <RemoveDialog entry={entry} onRemove={() => void press()} onClose={onClose}>
      {remove.error && <ErrorNote error={remove.error} />}
    </RemoveDialog>
  )
}
