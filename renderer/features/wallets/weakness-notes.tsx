import { Button } from '../../ui/button.tsx'
import { Note } from '../../ui/note.tsx'
import { WEAKNESS_WORDS, type Weakness } from './wallet-words.ts'

export interface WeaknessNotesProps {
  readonly weaknesses: readonly Weakness[]
  readonly onConvert: () => void
}

/** Why the key file protects less than it could, and the way out. */
export function WeaknessNotes({ weaknesses, onConvert }: WeaknessNotesProps) {
  if (weaknesses.length === 0) return null
  return (
    <Note kind="warn" title={WEAKNESS_WORDS[weaknesses[0] ?? 'constant-salt'][0]}>
      {weaknesses.map((weakness) => (
        <p key={weakness}>{WEAKNESS_WORDS[weakness][1]}</p>
      ))}
      <p>The official tools cannot read the vault. A $NACL copy for them can be written at any time.</p>
      <div className="mt-2">
        <Button onPress={onConvert}>Convert to the app’s vault</Button>
      </div>
    </Note>
  )
}
