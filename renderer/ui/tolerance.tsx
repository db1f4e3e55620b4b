import { Minus, Plus } from 'lucide-react'
import { writePpm } from '../format/percent.ts'

/** Steps that a person would choose, parts per million. */
const STEPS = [0, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 500_000]

export interface ToleranceProps {
  readonly label: string
  readonly ppm: number
  readonly onPick: (ppm: number) => void
}
export function Tolerance({ label, ppm, onPick }: ToleranceProps) {
  const lower = STEPS.filter((step) => step < ppm).at(-1)
  const higher = STEPS.find((step) => step > ppm)
  return (
    // biome-ignore lint/a11y/useSemanticElements: one line of buttons
    <div className="seg" role="group" aria-label={label}>
      <button
        type="button"
        aria-label={`Less, now ${writePpm(ppm)}`}
        aria-disabled={lower === undefined || undefined}
        onClick={() => lower !== undefined && onPick(lower)}
      >
        <Minus className="ic s" />
      </button>
      <output className="seg-value" aria-live="polite">
        {writePpm(ppm)}
      </output>
      <button
        type="button"
        aria-label={`More, now ${writePpm(ppm)}`}
        aria-disabled={higher === undefined || undefined}
        onClick={() => higher !== undefined && onPick(higher)}
      >
        <Plus className="ic s" />
      </button>
    </div>
  )
}
