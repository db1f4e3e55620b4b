import type { AppError } from '../../../shared/errors.ts'
import { compareReadings, type ReadingDifference } from '../../../shared/signing/compare-readings.ts'
import type { SignerReading } from '../../../shared/signing/reading.ts'
import type { Prepared } from '../../../shared/transactions/transaction.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { ErrorNote, Note } from '../../ui/note.tsx'

/** The signer's own reading of the bytes, and whether it is that of the chain client. */
export interface SecondReading {
  readonly reading?: SignerReading | undefined
  readonly differences: readonly ReadingDifference[]
  readonly error?: AppError | undefined
  /** Why nothing may be signed now; absent when both agree. */
  readonly offBecause?: string | undefined
}

export function useSecondReading(prepared: Prepared | undefined): SecondReading {
  const asked = useQuestion(
    'signer.reading',
    prepared && { preparedId: prepared.preparedId },
    // The bytes of one preparation never change.
    { freshForMs: Number.POSITIVE_INFINITY },
  )
  if (!prepared || asked.state === 'idle' || asked.state === 'loading')
    return { differences: [], offBecause: 'The signer reads the bytes.' }
  if (asked.state === 'failed')
    return { differences: [], error: asked.error, offBecause: 'The signer cannot read these bytes.' }
  const differences = compareReadings(prepared.decoded, asked.value)
  return {
    reading: asked.value,
    differences,
    ...(differences.length > 0 ? { offBecause: 'The two readings of the bytes differ.' } : {}),
  }
}

/** Loud where the signer reads something else than the chain client, or nothing at all. */
export function ReadingNote({ second }: { readonly second: SecondReading }) {
  if (second.error) return <ErrorNote error={second.error} />
  if (second.differences.length === 0) return null
  return (
    <div role="alert">
      <Note kind="bad" title="The two readings of these bytes differ. Nothing is signed.">
        <p>
          The chain client and the signer read the same bytes with code of their own. One of them is wrong, or the node
          describes its calls falsely. Choose another endpoint in Settings, and report this.
        </p>
        <table className="tbl plain">
          <caption className="vh">Where the readings differ</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">The chain client reads</th>
              <th scope="col">The signer reads</th>
            </tr>
          </thead>
          <tbody>
            {second.differences.map(({ what, client, signer }) => (
              <tr key={what}>
                <td className="mono">{what}</td>
                <td className="mono wrapcell break">{client}</td>
                <td className="mono wrapcell break">{signer}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Note>
    </div>
  )
}

/** The answer of RFC-78 in words: does the chain compare its own description with the one that was read by. */
export function metadataWords(reading: SignerReading | undefined): string {
  if (!reading) return ''
  return reading.metadataHash === undefined
    ? ', metadata hash off: this chain cannot compare its description with the one we read by, so layouts are held against our own table'
    : ', metadata hash on: the chain refuses this signature if its description is not the one we read by'
}
