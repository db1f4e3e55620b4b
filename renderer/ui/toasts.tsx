import { CircleCheck, CircleX, X } from 'lucide-react'

export interface Toast {
  readonly id: number
  readonly kind: 'done' | 'failed'
  readonly title: string
  readonly text?: string | undefined
}

/** Tells of what happened elsewhere; never the only copy of a message. */
export function Toasts({
  toasts,
  onClose,
}: {
  readonly toasts: readonly Toast[]
  readonly onClose: (id: number) => void
}) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div className="toast" key={toast.id}>
          {toast.kind === 'done' ? <CircleCheck className="ic good" /> : <CircleX className="ic bad" />}
          <strong className="strong">{toast.title}</strong>
          <button type="button" className="btn quiet icon" aria-label="Dismiss" onClick={() => onClose(toast.id)}>
            <X className="ic s" />
          </button>
          {toast.text && <p>{toast.text}</p>}
        </div>
      ))}
    </div>
  )
}
