import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import { cleanText } from '../../format/hostile-text.ts'

export interface Reason {
  readonly kind: 'good' | 'warn' | 'plain'
  readonly text: string
}
const ICON = { good: CircleCheck, warn: CircleAlert, plain: Info }
const WORD = { good: 'Speaks for it: ', warn: 'To think about: ', plain: '' }

/** What speaks for and against, or what was found: an icon and a sentence each, so that it never depends on colour. */
export function Reasons({ label, reasons }: { readonly label: string; readonly reasons: readonly Reason[] }) {
  return (
    <ul className="reasons" aria-label={label}>
      {reasons.map(({ kind, text }) => {
        const Icon = ICON[kind]
        return (
          <li key={text} className={kind}>
            <Icon className="ic" />
            <span className="break">
              <span className="vh">{WORD[kind]}</span>
              {cleanText(text)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
