import { formatUnits } from '../../shared/units/decimal.ts'

export { plainAmount } from '../../shared/words/plain-text.ts'

/** A piece of a written amount. `low`: grey. `gap`: a thin space before it, made by margin and so never copied. */
export interface AmountPart {
  readonly text: string
  readonly low: boolean
  readonly gap: boolean
}
export interface SplitAmount {
  readonly sign: '' | '+' | '−'
  readonly parts: readonly AmountPart[]
  /** What is copied and read aloud: all nine decimals, `.`, no grouping. */
  readonly full: string
}
export interface SplitOptions {
  /** 9 in tables, ledgers and confirm screens; 3 in second readouts. Cut, never rounded. */
  readonly decimals?: 9 | 3
  /** Also write `+`. */
  readonly signed?: boolean
}

/** Under this, three decimals would all be 0 while money is there; then all nine are shown. Unit: 1e-9. */
const SMALLEST_SEEN = 1_000_000n

const groupsOf = (digits: string): string[] => {
  const first = digits.length % 3 || 3
  const groups = [digits.slice(0, first)]
  for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3))
  return groups
}

/** The zeros before the first digit that counts become grey, what follows is ink: the eye finds `0.000 000 412`. */
function smallParts(text: readonly string[]): AmountPart[] {
  const parts: AmountPart[] = []
  let counted = false
  text.forEach((group, index) => {
    const gap = index > 1
    const zeros = counted ? '' : (/^[0.]*/.exec(group)?.[0] ?? '')
    const rest = group.slice(zeros.length)
    if (zeros) parts.push({ text: zeros, low: true, gap })
    if (rest) parts.push({ text: rest, low: false, gap: gap && !zeros })
    counted ||= rest !== ''
  })
  return parts
}

/**
 * Splits an amount for display: whole part and three decimals in ink, six more in grey, groups of three.
 * @param units rao or alpha, 1e-9; negative for a difference.
 */
export function splitAmount(units: bigint, options: SplitOptions = {}): SplitAmount {
  const size = units < 0n ? -units : units
  const [whole = '0', fraction = '000000000'] = formatUnits(size).split('.')
  const sign = units < 0n ? '−' : options.signed && units > 0n ? '+' : ''
  const full = `${sign}${whole}.${fraction}`
  const tiny = size > 0n && size < SMALLEST_SEEN
  const groups = groupsOf(fraction)
  if (tiny) return { sign, full, parts: smallParts([`${whole}.`, ...groups]) }

  const shown = options.decimals === 3 ? groups.slice(0, 1) : groups
  const wholes = groupsOf(whole).map((text, index) => ({ text, low: false, gap: index > 0 }))
  const last = wholes.pop() ?? { text: '0', low: false, gap: false }
  return {
    sign,
    full,
    parts: [
      ...wholes,
      { ...last, text: `${last.text}.${shown[0] ?? '000'}` },
      ...shown.slice(1).map((text) => ({ text, low: true, gap: true })),
    ],
  }
}

/** Whole numbers (blocks, counts) in groups of three. */
export const splitWhole = (n: number): readonly string[] => groupsOf(Math.trunc(Math.abs(n)).toString())
/** The same as text, for labels that are drawn: with thin spaces that do not break. */
export const writeWhole = (n: number): string => splitWhole(n).join('\u202f')
