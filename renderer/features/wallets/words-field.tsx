import { useId, useRef } from 'react'
import { pastedWords } from '../../../shared/wallet/pasted-words.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Wrong } from '../../ui/field.tsx'

const MOST_SUGGESTIONS = 6
const FEWEST_LETTERS = 2
const NO_WORDS: readonly string[] = []

/** Words of the list that the last, unfinished word can become. */
function suggestionsFor(text: string, list: readonly string[]): readonly string[] {
  const last = /(\p{L}+)$/u.exec(text)?.[1]?.toLowerCase() ?? ''
  if (last.length < FEWEST_LETTERS) return NO_WORDS
  const fitting = list.filter((word) => word.startsWith(last))
  return fitting.length === 1 && fitting[0] === last ? NO_WORDS : fitting.slice(0, MOST_SUGGESTIONS)
}

export interface WordsFieldProps {
  readonly value: string
  readonly onType: (text: string) => void
  readonly wrong?: string | undefined
}

/** The words of a wallet: suggestions while typing, and what was cleaned away of a paste. */
export function WordsField({ value, onType, wrong }: WordsFieldProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const answer = useQuestion('wallet.wordList', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const list = answer.state === 'ready' ? answer.value : NO_WORDS
  const words = pastedWords(value)
  const cleaned = value.trim() !== '' && words.join(' ') !== value.trim().split(/\s+/).join(' ')
  const suggested = suggestionsFor(value, list)
  const complete = (word: string) => {
    onType(`${value.replace(/\p{L}+$/u, '')}${word} `)
    area.current?.focus()
  }
  return (
    <div>
      <label className="lab" htmlFor={id}>
        The words <span>in order, with spaces between them</span>
      </label>
      <textarea
        ref={area}
        id={id}
        className={wrong ? 'area is-bad' : 'area'}
        value={value}
        onChange={(event) => onType(event.target.value)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-describedby={`${id}-count ${id}-wrong`}
        aria-invalid={wrong !== undefined || undefined}
      />
      <p className="msg" id={`${id}-count`}>
        {words.length === 0
          ? '12, 15, 18, 21 or 24 words. A numbered list may be pasted as it is.'
          : `${words.length} ${words.length === 1 ? 'word' : 'words'} read.`}
        {cleaned && ' Numbers, punctuation, capital letters and hidden characters were left out.'}
      </p>
      {suggested.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame around a few buttons
        <div className="row wrap mt-2" role="group" aria-label="Suggestions for the last word">
          {suggested.map((word) => (
            <button key={word} type="button" className="btn mono" onClick={() => complete(word)}>
              {word}
            </button>
          ))}
        </div>
      )}
      <Wrong id={`${id}-wrong`} text={wrong} code={wrong === undefined ? undefined : 'keys/bad-mnemonic'} />
    </div>
  )
}
