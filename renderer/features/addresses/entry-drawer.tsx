import { useState } from 'react'
import type { AddressEntry } from '../../../shared/addresses/address-book.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSettled } from '../../bridge/use-quote.ts'
import { explainError } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { RecipientFindings } from '../../ui/recipient-findings.tsx'

export interface EntryDrawerProps {
  /** `undefined`: a new entry. */
  readonly entry: AddressEntry | undefined
  readonly onClose: () => void
}

const wordsOf = (error: AppError | undefined): string | undefined => {
  if (!error) return undefined
  const { what, why, next } = explainError(error)
  return `${what} ${why} ${next}`
}
const isAboutAddress = ({ code }: AppError): boolean => code === 'address/not-valid' || code === 'address/already-there'

function useEntry({ entry, onClose }: EntryDrawerProps) {
  const [address, setAddress] = useState<string>(entry?.address ?? '')
  const [name, setName] = useState(entry?.name ?? '')
  const [note, setNote] = useState(entry?.note ?? '')
  const add = useCommand('addresses.add')
  const change = useCommand('addresses.change')
  const save = async () => {
    const saved = entry
      ? await change.send({ address: entry.address, name, note })
      : await add.send({ address, name, note })
    if (saved.ok) onClose()
  }
  const settled = useSettled(address, address)
  const check = useQuestion('addresses.check', settled?.trim() ? { text: settled } : undefined, { freshForMs: 2_000 })
  return { address, setAddress, name, setName, note, setNote, save, check, error: add.error ?? change.error }
}

/** Adds a name, or changes one. The address of an entry never changes: another address is another entry. */
export function EntryDrawer(props: EntryDrawerProps) {
  const { entry, onClose } = props
  const { address, setAddress, name, setName, note, setNote, save, check, error } = useEntry(props)
  const report = check.state === 'ready' ? check.value : undefined
  const off = !entry && !report ? 'Enter an address first.' : name.trim() === '' ? 'Enter a name first.' : undefined
  const refused = error && isAboutAddress(error) ? error : check.state === 'failed' ? check.error : undefined
  return (
    <Drawer
      title={entry ? 'Change the name' : 'Add an address'}
      onClose={onClose}
      footer={
        <>
          <Button kind="main" large offBecause={off} onPress={() => void save()}>
            Save
          </Button>
          <span className="why">{off ?? ''}</span>
        </>
      }
    >
      {!entry && <Field label="Address" mono value={address} onType={setAddress} wrong={wordsOf(refused)} />}
      {(entry ?? report) && <GroupedAddress address={entry?.address ?? report?.address ?? ''} twoLines />}
      {!entry && report?.mustBeTyped && <RecipientFindings report={report} narrow />}
      <Field
        label="Name"
        hint="Yours alone: the chain never sees it."
        value={name}
        onType={setName}
        wrong={error && !isAboutAddress(error) ? wordsOf(error) : undefined}
      />
      <Field label="Note" hint="What for, or from where you have it." value={note} onType={setNote} />
    </Drawer>
  )
}
