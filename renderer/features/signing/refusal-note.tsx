import { useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { useNow } from '../../bridge/use-now.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Scale } from '../../ui/scale.tsx'

type Waiting = Extract<AppError, { code: 'policy/waiting' }>

/** A wait that the limits began is no failure: it has a moment when it is over. */
export const isWaiting = (error: AppError | undefined): error is Waiting => error?.code === 'policy/waiting'

const isAboutLimits = ({ code }: AppError): boolean => code.startsWith('policy/') || code === 'signer/audit-broken'

/** Why nothing was signed; where it was the limits, the way to them. */
export function RefusalNote({ error, onLeave }: { readonly error: AppError; readonly onLeave: () => void }) {
  if (isWaiting(error)) return <WaitNote error={error} />
  return (
    <ErrorNote error={error}>
      {isAboutLimits(error) && (
        <p>
          <a href={hrefOf({ view: 'limits' })} onClick={onLeave}>
            Look at the limits
          </a>
        </p>
      )}
    </ErrorNote>
  )
}

/** Two steps: this was the first. A scale runs until the second. */
function WaitNote({ error }: { readonly error: Waiting }) {
  const now = useNow()
  const leftMs = Math.max(0, error.readyAtMs - now)
  const [beganAtMs] = useState(() => Date.now())
  const isOver = leftMs === 0
  return (
    <div role="status">
      <Note
        kind="warn"
        title={isOver ? 'The wait is over. Quote again, then sign.' : 'Step 1 of 2: the wait has begun.'}
      >
        {!isOver && (
          <>
            <p>
              Your limits make this amount wait. It can be signed from {writeMoment(error.readyAtMs, now)} on, in{' '}
              <span className="strong">{writeDuration(leftMs)}</span>. You may close this and ask for exactly the same
              within a week after that.
            </p>
            <Scale
              label={`It can be signed in ${writeDuration(leftMs)}`}
              from={beganAtMs}
              to={error.readyAtMs}
              fillTo={Math.max(beganAtMs, now)}
              pointer={Math.max(beganAtMs, now)}
            />
          </>
        )}
        <p className="mono small mute">{error.code}</p>
      </Note>
    </div>
  )
}
