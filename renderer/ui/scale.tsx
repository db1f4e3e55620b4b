export interface ScaleLabel {
  readonly at: number
  readonly text: string
}
export interface ScaleProps {
  /** One sentence: what it measures and where it stands. */
  readonly label: string
  readonly from: number
  readonly to: number
  readonly pointer?: number | undefined
  readonly fillTo?: number | undefined
  readonly zones?: readonly { readonly from: number; readonly to: number; readonly kind: 'ok' | 'warn' | 'bad' }[]
  readonly limits?: readonly { readonly at: number; readonly kind: 'warn' | 'bad' }[]
  readonly marks?: readonly { readonly at: number; readonly series: string }[]
  readonly labels?: readonly ScaleLabel[]
  readonly ticks?: { readonly major: number; readonly minor: number }
  /** The value is unknown: hatched, no pointer. */
  readonly unknown?: boolean
}

const HEIGHT = 21
const BASE = 20
/** Ticks of labels are 11 px; a scale is rarely narrower than this, px. */
const USUAL_WIDTH = 270
const CHAR_PX = 5.6

/** Labels that would touch go one line lower. */
function rowsOf(labels: readonly (ScaleLabel & { readonly percent: number })[]): readonly number[] {
  const ends: number[] = []
  return labels.map((label) => {
    const width = label.text.length * CHAR_PX + 8
    const middle = (label.percent / 100) * USUAL_WIDTH
    const start = Math.min(Math.max(0, middle - width / 2), USUAL_WIDTH - width)
    const row = ends.findIndex((end) => end <= start)
    const chosen = row === -1 ? ends.length : row
    ends[chosen] = start + width
    return chosen
  })
}

/** The one instrument for everything that has limits: epochs, slippage, deadlines, countdowns. */
export function Scale(props: ScaleProps) {
  const span = props.to - props.from || 1
  const percent = (value: number) => Math.min(100, Math.max(0, ((value - props.from) / span) * 100))
  const x = (value: number) => `${percent(value).toFixed(3)}%`
  const { major = 4, minor = 5 } = props.ticks ?? {}
  const count = major * minor
  const labels = [...(props.labels ?? [])]
    .map((label) => ({ ...label, percent: percent(label.at) }))
    .sort((a, b) => a.percent - b.percent)
  const rows = rowsOf(labels)
  const depth = Math.max(0, ...rows) + (labels.length > 0 ? 1 : 0)
  return (
    <div className="scale" role="img" aria-label={props.label}>
      <svg height={HEIGHT} aria-hidden="true" className={props.unknown ? 'hatch' : undefined}>
        {(props.zones ?? []).map((zone) => (
          <rect
            key={`${zone.kind}${zone.from}`}
            className={`zone-${zone.kind}`}
            x={x(zone.from)}
            y="2"
            width={`${(percent(zone.to) - percent(zone.from)).toFixed(3)}%`}
            height={BASE - 2}
          />
        ))}
        {props.fillTo !== undefined && <rect className="fill" x="0" y={BASE - 5} width={x(props.fillTo)} height="5" />}
        {Array.from({ length: count + 1 }, (_, index) => {
          const isMajor = index % minor === 0
          const place = `${((index / count) * 100).toFixed(3)}%`
          return (
            <line
              key={place}
              className={isMajor ? 'maj' : undefined}
              x1={place}
              x2={place}
              y1={BASE}
              y2={isMajor ? BASE - 12 : BASE - 6.5}
            />
          )
        })}
        <line className="base" x1="0" x2="100%" y1={BASE} y2={BASE} />
        {(props.marks ?? []).map((mark) => (
          <line
            key={`${mark.at}${mark.series}`}
            x1={x(mark.at)}
            x2={x(mark.at)}
            y1="-4"
            y2={BASE}
            className="mark"
            style={{ stroke: mark.series }}
          />
        ))}
        {(props.limits ?? []).map((limit) => (
          <line
            key={`${limit.kind}${limit.at}`}
            className={limit.kind === 'warn' ? 'lim w' : 'lim'}
            x1={x(limit.at)}
            x2={x(limit.at)}
            y1="0"
            y2={BASE}
          />
        ))}
        {props.pointer !== undefined && (
          <svg x={x(props.pointer)} y="0" overflow="visible" aria-hidden="true">
            <path className="ptr" d="M-5 0h10l-5 7z" />
            <line className="ptr-line" x1="0" x2="0" y1="4" y2={BASE} />
          </svg>
        )}
      </svg>
      {depth > 0 && (
        <div className="tl" style={{ blockSize: `${depth}rem` }} aria-hidden="true">
          {labels.map((label, index) => (
            <span
              key={label.text}
              className={label.percent < 6 ? 'a' : label.percent > 94 ? 'z' : ''}
              style={{ left: `${label.percent}%`, top: `${rows[index] ?? 0}rem` }}
            >
              {label.text}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
