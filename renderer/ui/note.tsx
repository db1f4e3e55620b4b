import { CircleAlert, CircleX, FlaskConical, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { explainError } from '../format/explain-error.ts'

const CLASS = { plain: '', warn: ' warn', bad: ' bad', play: ' playnote' }
const ICON = { plain: Info, warn: CircleAlert, bad: CircleX, play: FlaskConical }
export interface NoteProps {
  readonly kind?: keyof typeof CLASS
  readonly title?: string
  readonly children?: ReactNode
}

export function Note({ kind = 'plain', title, children }: NoteProps) {
  const Icon = ICON[kind]
  return (
    <div className={`note${CLASS[kind]}`}>
      <Icon className="ic" />
      {title && <strong className="strong">{title}</strong>}
      {children}
    </div>
  )
}

/** What happened, why, what to do, and the code. Heard at once. */
export function ErrorNote({ error, children }: { readonly error: AppError; readonly children?: ReactNode }) {
  const { what, why, next } = explainError(error)
  return (
    <div role="alert">
      <Note kind="bad" title={what}>
        <p className="break">
          {why} {next}
        </p>
        <p className="mono small mute">{error.code}</p>
        {children}
      </Note>
    </div>
  )
}
