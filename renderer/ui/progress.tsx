import type { ReactNode } from 'react'

export interface ProgressProps {
  readonly label: string
  readonly note?: ReactNode
  /** 0..1; `undefined`: the size is not known, so it only says how much there is. */
  readonly fraction: number | undefined
  readonly failed?: boolean
}
export function Progress({ label, note, fraction, failed = false }: ProgressProps) {
  const percent = fraction === undefined ? undefined : Math.trunc(fraction * 100)
  return (
    <div>
      <div className="row small">
        <span>{label}</span>
        <span className="end soft">{note}</span>
      </div>
      <div
        className={`bar${fraction === undefined ? ' unk' : ''}${failed ? ' bad' : ''}`}
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={percent === undefined ? {} : { inlineSize: `${percent}%` }} />
      </div>
    </div>
  )
}
