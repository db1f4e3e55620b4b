import { CircleAlert, CircleCheck, CircleDashed, CircleX, FlaskConical, Info } from 'lucide-react'
import type { ReactNode } from 'react'

export type ChipKind = 'neutral' | 'good' | 'warn' | 'bad' | 'dashed' | 'play'
const CLASS = { neutral: '', good: ' good', warn: ' warn', bad: ' bad', dashed: ' dash', play: ' playchip' }
const ICON = {
  neutral: Info,
  good: CircleCheck,
  warn: CircleAlert,
  bad: CircleX,
  dashed: CircleDashed,
  play: FlaskConical,
}

/** Icon and word, so that it never depends on colour. */
export function Chip({ kind = 'neutral', children, title }: ChipProps) {
  const Icon = ICON[kind]
  return (
    <span className={`chip${CLASS[kind]}`} title={title}>
      <Icon className="ic" />
      {children}
    </span>
  )
}
export interface ChipProps {
  readonly kind?: ChipKind
  readonly children: ReactNode
  readonly title?: string | undefined
}
