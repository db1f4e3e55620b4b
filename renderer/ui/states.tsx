import { Clock } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { writeDuration } from '../format/time.ts'
import { Num } from './amount.tsx'
import { Button } from './button.tsx'
import { ErrorNote } from './note.tsx'

/** Most answers come sooner; showing nothing until then avoids a flash. */
const PATIENCE_MS = 400
const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3']

export interface LoadingProps {
  /** What is awaited: `the list of subnets`. */
  readonly awaits: string
  readonly rows?: number
}
/** Still bars and the name of what is awaited, after a moment of nothing. */
export function Loading({ awaits, rows = 4 }: LoadingProps) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return <div className="pad" aria-busy="true" />
  return (
    <div className="pad grid gap-3" aria-busy="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: still bars have no identity
        <span key={index} className={`skel ${WIDTHS[index % WIDTHS.length]}`} />
      ))}
      <p className="mute">Waiting for {awaits}.</p>
    </div>
  )
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="pad empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export function Failed({ error, again }: { readonly error: AppError; readonly again?: (() => void) | undefined }) {
  return (
    <div className="pad">
      <ErrorNote error={error}>
        {again && (
          <div className="mt-2">
            <Button onPress={again}>Try again</Button>
          </div>
        )}
      </ErrorNote>
    </div>
  )
}

export interface AgeProps {
  readonly block?: number | undefined
  readonly ageMs?: number | undefined
  readonly stale?: boolean
}
/** Block and age of what is shown; amber when it is old. */
export function Age({ block, ageMs, stale = false }: AgeProps) {
  if (block === undefined) return null
  return (
    <span className={stale ? 'age old' : 'age'}>
      <Clock className="ic s" />
      <span>
        block <Num value={block} />
        {ageMs !== undefined && `, ${writeDuration(ageMs)} ago`}
        {stale && ', old'}
      </span>
    </span>
  )
}
