import type { AppError } from '../../../shared/errors.ts'
import type { Output } from '../../bridge/client.ts'
import { ErrorNote } from '../../ui/note.tsx'

export type Diagnosis = Output<'wallet.diagnoseWords'>

/** The words after one exchange or swap. @param place from 1 */
export function repaired(words: readonly string[], change: Change): readonly string[] {
  const next = [...words]
  const at = change.place - 1
  if (change.kind === 'word') next[at] = change.word
  else next.splice(at, 2, words[at + 1] ?? '', words[at] ?? '')
  return next
}
export type Change = Diagnosis['repairs'][number]

const errorOf = (found: Diagnosis): AppError => {
  const first = found.unknown[0]
  if (found.problem === 'unknown-word' && first)
    return { code: 'keys/bad-mnemonic', reason: 'unknown-word', word: `#${first.place}` }
  return { code: 'keys/bad-mnemonic', reason: 'checksum' }
}

const MOST_REPAIRS = 8

/** What is wrong with words, by place, and what they may have been. */
export function WordsProblem(props: { readonly found: Diagnosis; readonly onChange: (change: Change) => void }) {
  const { found, onChange } = props
  return (
    <ErrorNote error={errorOf(found)}>
      {found.unknown.map(({ place, candidates }) => (
        <div key={place} className="row wrap mt-2">
          <span>Word {place}:</span>
          {candidates.length === 0 && <span>nothing in the list is like it.</span>}
          {candidates.map((word) => (
            <Offer
              key={word}
              label={`Take ${word} as word ${place}`}
              onPress={() => onChange({ kind: 'word', place, word })}
            >
              {word}
            </Offer>
          ))}
        </div>
      ))}
      {found.repairs.length > 0 && (
        <div className="mt-2 grid gap-2">
          <p>One change would make them fit. It can fit by chance: compare it with what you wrote down.</p>
          <div className="row wrap">
            {found.repairs.slice(0, MOST_REPAIRS).map((change) => {
              const text =
                change.kind === 'word'
                  ? `word ${change.place}: ${change.word}`
                  : `exchange words ${change.place} and ${change.place + 1}`
              return (
                <Offer key={text} label={text} onPress={() => onChange(change)}>
                  {text}
                </Offer>
              )
            })}
          </div>
        </div>
      )}
    </ErrorNote>
  )
}

interface OfferProps {
  readonly label: string
  readonly onPress: () => void
  readonly children: string
}
function Offer({ label, onPress, children }: OfferProps) {
  return (
    <button type="button" className="btn mono" aria-label={label} onClick={onPress}>
      {children}
    </button>
  )
}
