import { type ChangeEvent, type ClipboardEvent, type DragEvent, useId, useState } from 'react'
import { addressGroups } from '../format/address.ts'
import { Wrong } from './field.tsx'

const bare = (text: string): string => text.replace(/\s+/gu, '')

/** How text gets into a field without having been typed. */
const NOT_TYPED = /^insertFrom(Paste|Drop|Yank)|^insertReplacementText/

export interface TypedAgainProps {
  readonly address: string
  readonly typedTo: string
  readonly onType: (text: string) => void
}

/**
 * The whole address, key by key: nobody types an imitation by mistake. Pasting, dropping and completing do nothing.
 */
export function TypedAgain({ address, typedTo, onType }: TypedAgainProps) {
  const id = useId()
  const [tried, setTried] = useState(false)
  const typed = bare(typedTo)
  const right = address.startsWith(typed)
  const groups = addressGroups(address)
  const typedGroups = addressGroups(typed)
  const differing = typedGroups.findIndex((group, index) => !groups[index]?.startsWith(group))
  const done = right ? Math.floor(typed.length / 4) : differing
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
  const wrong = tried
    ? 'Pasting does nothing here. Type it, from the source that you trust.'
    : right
      ? undefined
      : `You hold another address: group ${Math.min(differing + 1, groups.length)} differs. Nothing was sent.`
  return (
    <div>
      <label className="lab" htmlFor={id}>
        Type the whole address to go on <span>from the source that you trust, not from this window</span>
      </label>
      <div className={`field${wrong ? ' is-bad' : ''}`}>
        <input
          id={id}
          className="mono"
          value={typedTo}
          onChange={onChange}
          onPaste={refuse}
          onDrop={refuse}
          aria-invalid={wrong !== undefined || undefined}
          aria-describedby={`${id}-wrong ${id}-count`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </div>
      <p className="msg" id={`${id}-count`}>
        {typed === address ? 'All 12 groups agree.' : `${done} of 12 groups agree so far.`}
      </p>
      <Wrong id={`${id}-wrong`} text={wrong} />
    </div>
  )
}
