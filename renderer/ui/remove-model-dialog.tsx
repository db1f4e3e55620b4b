import { useRef } from 'react'
import type { ModelView } from '../../shared/contract/models.contract.ts'
import { cleanName } from '../format/hostile-text.ts'
import { writeBytes } from '../format/time.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface RemoveModelDialogProps {
  readonly model: ModelView
  readonly onRemove: () => void
  readonly onClose: () => void
}
/** Before a file goes that took long to come. */
export function RemoveModelDialog({ model, onRemove, onClose }: RemoveModelDialogProps) {
  const keep = useRef<HTMLButtonElement>(null)
  const { path, origin, downloadedBytes, state } = model
  return (
    <Dialog
      narrow
      title={`Delete ${cleanName(model.name)}`}
      onClose={onClose}
      first={keep}
      footer={
        <span className="end">
          <Button ref={keep} onPress={onClose}>
            Keep it
          </Button>
          <Button kind="danger" onPress={onRemove}>
            Delete {writeBytes(downloadedBytes)}
          </Button>
        </span>
      }
    >
      <p>
        {writeBytes(downloadedBytes)} {state === 'ready' ? 'are' : 'of it are'} on this computer
        {path !== undefined && (
          <>
            , in <span className="mono break">{path}</span>
          </>
        )}
        .
      </p>
      <p className="soft">
        {origin === 'imported'
          ? 'This is the copy that this app made. Your own file is not touched.'
          : 'To use the model again, all of that has to be downloaded again.'}
      </p>
    </Dialog>
  )
}
