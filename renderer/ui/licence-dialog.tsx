import { useRef } from 'react'
import type { LicenceView } from '../../shared/contract/models.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './note.tsx'
import { Loading } from './states.tsx'

export interface LicenceDialogProps {
  readonly model: string
  readonly licence: LicenceView | undefined
  readonly error?: AppError | undefined
  readonly onAccept: (licence: string) => void
  readonly onClose: () => void
}

/** Under what a model may be used: read before it is downloaded. */
export function LicenceDialog({ model, licence, error, onAccept, onClose }: LicenceDialogProps) {
  const first = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={`Licence of ${model}`}
      onClose={onClose}
      first={first}
      footer={
        <>
          <Button ref={first} onPress={onClose}>
            Do not download
          </Button>
          <Button
            kind="main"
            offBecause={licence ? undefined : 'The licence is not shown yet.'}
            onPress={() => licence && onAccept(licence.licence)}
          >
            Accept and download
          </Button>
        </>
      }
    >
      {error && <ErrorNote error={error} />}
      {!licence && !error && <Loading awaits="the licence" rows={3} />}
      {licence && (
        <div className="grid gap-3">
          <p>
            This model comes under <b className="strong">{licence.licence}</b>. Its makers name it at{' '}
            <span className="mono small break">{licence.url}</span>.
          </p>
          <p className="soft small">
            Revision <span className="mono break">{licence.revision}</span>. What you accept is noted with the date, and
            asked again when the licence or the revision changes.
          </p>
          {licence.text === undefined ? (
            <p className="soft">This app does not have its text. Read it at that address before you accept it.</p>
          ) : (
            <pre className="licence">{licence.text}</pre>
          )}
        </div>
      )}
    </Dialog>
  )
}
