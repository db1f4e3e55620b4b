import type { AppError } from '../../../shared/errors.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'

export interface FormEndProps {
  readonly wrong: string | undefined
  readonly offBecause: string | undefined
  readonly error: AppError | undefined
  readonly busy: boolean
  readonly children: string
  readonly onSave: () => void
}
/** What is wrong, and the button that saves. */
export function FormEnd({ wrong, offBecause, error, busy, children, onSave }: FormEndProps) {
  return (
    <>
      <p className="msg bad" aria-live="polite">
        {wrong}
      </p>
      <div>
        <Button offBecause={offBecause} busyWith={busy ? 'Saving' : undefined} onPress={onSave}>
          {children}
        </Button>
      </div>
      {error && <ErrorNote error={error} />}
    </>
  )
}
