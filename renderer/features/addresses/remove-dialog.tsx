import { type ReactNode, useRef } from 'react'
import type { AddressEntry } from '../../../shared/addresses/address-book.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'

export interface RemoveDialogProps {
  readonly entry: AddressEntry
  readonly onRemove: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

export function RemoveDialog({ entry, onRemove, onClose, children }: RemoveDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={`Remove ${entry.name}`}
      onClose={onClose}
      first={cancel}
      footer={
        <span className="end">
          <Button ref={cancel} onPress={onClose}>
            Cancel
          </Button>
          <Button kind="danger" onPress={onRemove}>
            Remove this name
          </Button>
        </span>
      }
    >
      <GroupedAddress address={entry.address} />
      <p className="soft">
        Nothing happens on the chain. Without the name, an address that imitates this one is noticed only if you paid it
        before.
      </p>
      {children}
    </Dialog>
  )
}
