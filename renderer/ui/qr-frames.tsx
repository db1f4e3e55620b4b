import { useEffect, useMemo, useState } from 'react'
import { Button } from './button.tsx'
import { codeOfBytes } from './qr-bytes.ts'

/** Long enough for a camera that takes four pictures a second, short enough for ten codes to come round in 4 s. */
const SHOWN_MS = 400

/**
 * Codes that are shown one after the other, over and over, or one at a time by hand.
 * @param frames contents in hex digits
 * @param label what they hold, for those who do not see them
 */
export function QrFrames({ frames, label }: { readonly frames: readonly string[]; readonly label: string }) {
  const [at, setAt] = useState(0)
  const [runs, setRuns] = useState(true)
  const index = at % Math.max(1, frames.length)
  const paths = useMemo(() => frames.map(drawn), [frames])
  useEffect(() => {
    if (!runs || frames.length < 2) return
    const timer = setInterval(() => setAt((now) => now + 1), SHOWN_MS)
    return () => clearInterval(timer)
  }, [runs, frames.length])
  const code = paths[index]
  return (
    <div className="grid gap-2">
      {code && (
        <svg
          className="qr wide"
          viewBox={`0 0 ${code.size} ${code.size}`}
          role="img"
          aria-label={`${label} Code ${index + 1} of ${frames.length}.`}
          shapeRendering="crispEdges"
        >
          <rect width={code.size} height={code.size} fill="#ffffff" />
          <path d={code.path} fill="#000000" />
        </svg>
      )}
      {frames.length > 1 && (
        <div className="row wrap">
          <Button onPress={() => setRuns(!runs)}>{runs ? 'Stop' : 'Run'}</Button>
          {!runs && <Button onPress={() => setAt(index + 1)}>Next code</Button>}
          <span className="soft small tnum">
            Code {index + 1} of {frames.length}
          </span>
        </div>
      )}
    </div>
  )
}

function drawn(hex: string): { readonly size: number; readonly path: string } {
  const rows = codeOfBytes(hex)
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { size: rows.length, path }
}
