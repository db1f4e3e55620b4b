import encodeQR from 'qr'
import { useMemo } from 'react'

/** Light modules around the code that a scanner needs. @source ISO/IEC 18004, 4 modules */
const QUIET = 4

/**
 * A QR code. Dark on white in both themes: many scanners do not read the reverse.
 * @param label what the code holds, for those who do not see it
 */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: QUIET }), [text])
  const size = rows.length
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
