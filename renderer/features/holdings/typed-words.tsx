import { saysToDestroy } from '../../../shared/staking/words-to-destroy.ts'
import { TypedField } from '../../ui/typed-field.tsx'

export interface TypedWordsProps {
  readonly words: string
  readonly typed: string
  readonly onType: (text: string) => void
}

/** A sentence that says what is about to be destroyed, key by key: a button alone is pressed too easily. */
export function TypedWords({ words, typed, onType }: TypedWordsProps) {
  const soFar = typed === '' || words.startsWith(typed.trimStart().replace(/\s+/gu, ' ').toLowerCase())
  return (
    <TypedField
      label="Type these words to go on"
      above={words}
      text={typed}
      onType={onType}
      instead="Type it."
      wrong={soFar || saysToDestroy(typed, words) ? undefined : 'These are other words. Nothing was sent.'}
    />
  )
}
