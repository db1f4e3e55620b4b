import { BookUser } from 'lucide-react'
import { type ClipboardEvent, useId } from 'react'
import { judgePaste } from '../../../shared/addresses/pasted.ts'
import { useAddressBook } from '../../bridge/use-address-book.ts'
import { lastCopied } from '../../ui/copied-address.ts'
import { Wrong } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { useSendDraft } from './send-draft.store.ts'

/** Where the recipient is entered. A paste is compared with what was copied in this app. */
export function RecipientField({ wrong }: { readonly wrong: string | undefined }) {
  const id = useId()
  const draft = useSendDraft()
  const { entries } = useAddressBook()
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const verdict = judgePaste(event.clipboardData.getData('text'), lastCopied())
    // After the change that the paste brings, which would clear it.
    setTimeout(() => draft.userPasted(verdict), 0)
  }
  return (
    <div className="grid gap-2">
      <div className="recipient">
        <div className="min-w-0">
          <label className="lab" htmlFor={id}>
            Recipient
          </label>
          <div className={`field${wrong ? ' is-bad' : ''}`}>
            <input
              id={id}
              className="mono"
              value={draft.to}
              placeholder="5…"
              onChange={(event) => draft.userEnteredRecipient(event.target.value)}
              onPaste={onPaste}
              aria-invalid={wrong !== undefined || undefined}
              aria-describedby={`${id}-wrong`}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
            />
          </div>
        </div>
        {entries.length > 0 && (
          <Select
            label="Address book"
            value={entries.some(({ address }) => address === draft.to) ? draft.to : ''}
            onPick={(address) => draft.userEnteredRecipient(address)}
            choices={[
              { value: '', text: 'Choose a name' },
              ...entries.map(({ address, name }) => ({ value: address as string, text: name })),
            ]}
          />
        )}
      </div>
      <Wrong id={`${id}-wrong`} text={wrong} />
      <Pasted />
    </div>
  )
}

function Pasted() {
  const { pasted } = useSendDraft()
  if (pasted?.kind === 'same')
    return (
      <p className="row good small" aria-live="polite">
        <BookUser className="ic s" />
        The same address that you copied here.
      </p>
    )
  if (pasted?.kind !== 'changed') return null
  return (
    <div role="alert">
      <Note kind={pasted.alike ? 'bad' : 'warn'} title="This is not the address that you copied here.">
        <p>
          {pasted.alike
            ? 'It imitates it. A program on this computer may swap addresses in the clipboard: stop, and look for it.'
            : 'Something else came into the clipboard since. If you did not copy it, stop.'}
        </p>
        <p className="small">You copied:</p>
        <GroupedAddress address={pasted.copied} />
      </Note>
    </div>
  )
}
