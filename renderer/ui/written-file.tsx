import { writeBytes } from '../../shared/words/plain-text.ts'
import { Num } from './amount.tsx'
import { Note } from './note.tsx'

export interface WrittenFileProps {
  /** `fetching`: the browser saves it. Absent: nothing was asked for, or it failed. */
  readonly done: 'fetching' | { readonly lines: number; readonly bytes: number; readonly path: string } | undefined
  /** How it is written, and what takes long. */
  readonly while: string
}

/** What became of a file that somebody asked for. */
export function WrittenFile({ done, while: how }: WrittenFileProps) {
  return (
    <div aria-live="polite">
      {done === 'fetching' && (
        <Note title="Your browser saves the file.">
          <p>{how}</p>
        </Note>
      )}
      {done && done !== 'fetching' && (
        <Note title="The file is written.">
          <p className="break">
            <Num value={done.lines} /> lines, {writeBytes(done.bytes)}: <span className="mono">{done.path}</span>
          </p>
        </Note>
      )}
    </div>
  )
}
