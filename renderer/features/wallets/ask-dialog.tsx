import { type ReactNode, useRef } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { KeyWork } from './key-work.tsx'

export interface AskDialogProps {
  readonly title: string
  /** What the button does. */
  readonly action: string
  readonly danger?: boolean
  readonly busyWith?: string | undefined
  readonly offBecause?: string | undefined
  readonly error?: AppError | undefined
  readonly wide?: boolean
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A question about a wallet with its answer in a form: Enter does what the button does, Esc nothing. */
export function AskDialog(props: AskDialogProps) {
  const form = useRef<HTMLFormElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  // A password leaves its field as soon as it is sent; that is no reason while the answer is awaited.
  const offBecause = props.busyWith === undefined ? props.offBecause : undefined
  const off = offBecause !== undefined || props.busyWith !== undefined
  return (
    <Dialog
      title={props.title}
      narrow={!props.wide}
      {...(props.danger ? { first: cancel } : {})}
      onClose={props.onClose}
      footer={
        <>
          {offBecause !== undefined && <span className="why">{offBecause}</span>}
          <span className="end">
            <Button ref={cancel} onPress={props.onClose}>
              Cancel
            </Button>
            <Button
              kind={props.danger ? 'danger' : 'main'}
              onPress={() => form.current?.requestSubmit()}
              busyWith={props.busyWith}
              offBecause={offBecause}
            >
              {props.action}
            </Button>
          </span>
        </>
      }
    >
      <form
        ref={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!off) props.onSubmit()
        }}
      >
        {props.children}
        <KeyWork busy={props.busyWith !== undefined} />
        {props.error && <ErrorNote error={props.error} />}
      </form>
    </Dialog>
  )
}
