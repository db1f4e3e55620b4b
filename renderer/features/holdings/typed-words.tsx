import { type ChangeEvent, type ClipboardEvent, type DragEvent, useId, useState } from 'react'
import { saysToDestroy } from '../../../shared/staking/words-to-destroy.ts'
import { Wrong } from '../../ui/field.tsx'

/** How text gets into a field without having been typed. */
const NOT_TYPED = /^insertFrom(Paste|Drop|Yank)|^insertReplacementText/

export interface TypedWordsProps {
  readonly words: string
  readonly typed: string
  readonly onType: (text: string) => void
}

/** A sentence that says what is about to be destroyed, key by key: a button alone is pressed too easily. */
export function TypedWords({ words, typed, onType }: TypedWordsProps) {
  const id = useId()
  const [tried, setTried] = useState(false)
  const refuse = (event: ClipboardEvent | DragEvent) => {
    event.preventDefault()
    setTried(true)
  }
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const { inputType } = event.nativeEvent as InputEvent
    if (inputType && NOT_TYPED.test(inputType)) return setTried(true)
    setTried(false)
    onType(event.target.value)
  }
  const done = saysToDestroy(typed, words)
  const soFar = typed === '' || words.startsWith(typed.trimStart().replace(/\s+/gu, ' ').toLowerCase())
  const wrong = tried
    ? 'Pasting does nothing here. Type it.'
    : done || soFar
      ? undefined
      : 'These are other words. Nothing was sent.'
  return (
    <div>
      <label className="lab" htmlFor={id}>
        Type these words to go on
      </label>
      <p className="mono break" id={`${id}-words`}>
        {words}
      </p>
      <div className={`field${wrong ? ' is-bad' : ''}`}>
        <input
          id={id}
          className="mono"
          value={typed}
          onChange={onChange}
          onPaste={refuse}
          onDrop={refuse}
          aria-invalid={wrong !== undefined || undefined}
          aria-describedby={`${id}-words ${id}-wrong`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </div>
      <Wrong id={`${id}-wrong`} text={wrong} />
    </div>
  )
}
