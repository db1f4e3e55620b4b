import { addressGroups } from '../format/address.ts'
import { TypedField } from './typed-field.tsx'

const bare = (text: string): string => text.replace(/\s+/gu, '')

export interface TypedAgainProps {
  readonly address: string
  readonly typedTo: string
  readonly onType: (text: string) => void
}

/** The whole address, key by key: nobody types an imitation by mistake. */
export function TypedAgain({ address, typedTo, onType }: TypedAgainProps) {
  const typed = bare(typedTo)
  const right = address.startsWith(typed)
  const groups = addressGroups(address)
  const differing = addressGroups(typed).findIndex((group, index) => !groups[index]?.startsWith(group))
  const done = right ? Math.floor(typed.length / 4) : differing
  return (
    <TypedField
      label={
        <>
          Type the whole address to go on <span>from the source that you trust, not from this window</span>
        </>
      }
      text={typedTo}
      onType={onType}
      instead="Type it, from the source that you trust."
      wrong={
        right
          ? undefined
          : `You hold another address: group ${Math.min(differing + 1, groups.length)} differs. Nothing was sent.`
      }
      below={typed === address ? 'All 12 groups agree.' : `${done} of 12 groups agree so far.`}
    />
  )
}
