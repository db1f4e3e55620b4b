import { useCallback, useId, useState } from 'react'
import { type Gathered, gather } from '../../../shared/airgap/frames.ts'
import { hexOf } from '../../../shared/airgap/hex.ts'
import type { GivenOverGap } from '../../../shared/contract/airgap.contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { QrCamera } from '../../ui/qr-camera.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { SignReceived } from './sign-received.tsx'

const bytesIn = (content: string): Uint8Array => Uint8Array.from(content, (letter) => letter.charCodeAt(0))

/** Codes as they are seen, until the last one has come. */
function useCodes(onComplete: (given: GivenOverGap) => void) {
  const [gathered, setGathered] = useState<Gathered>()
  const [error, setError] = useState<AppError>()
  const onCode = useCallback(
    (content: string) => {
      setGathered((before) => {
        // Whoever begins anew shows another series; what was gathered of the old one is dropped.
        const next = gather(before, bytesIn(content))
        const again = next.ok ? next : gather(undefined, bytesIn(content))
        setError(again.ok ? undefined : again.error)
        if (!again.ok) return before
        if (again.value.content && again.value !== before) onComplete({ frames: [hexOf(again.value.content)] })
        return again.value
      })
    },
    [onComplete],
  )
  const clear = useCallback(() => {
    setGathered(undefined)
    setError(undefined)
  }, [])
  const progress = gathered && `${gathered.parts.size} of ${gathered.total} codes are read.`
  return { onCode, progress, error, clear }
}

/** Signs what another device prepared. Asks no chain: what the bytes mean is proved by what comes with them. */
export function OfflineView() {
  const [given, setGiven] = useState<GivenOverGap>()
  const codes = useCodes(setGiven)
  const received = useQuestion('airgap.read', given && { given }, { freshForMs: Number.POSITIVE_INFINITY })
  const clear = () => {
    setGiven(undefined)
    codes.clear()
  }
  return (
    <>
      <Head title="Offline signer">{given && <Button onPress={clear}>Another transaction</Button>}</Head>
      <div className="pad grid gap-4 airgap">
        {!given && (
          <>
            <Note title="For a computer that stays without a network.">
              <p>
                Show it the codes of a transaction, or give it the file. It reads them, shows what they say, and answers
                with a signature that only fits this transaction. Your limits and the log count here, too.
              </p>
            </Note>
            <QrCamera onCode={codes.onCode} progress={codes.progress} />
            {codes.error && <ErrorNote error={codes.error} />}
            <FileIn onText={(text) => setGiven({ text })} />
          </>
        )}
        {received.state === 'loading' && given && <Loading awaits="the signer, which reads the bytes" rows={4} />}
        {received.state === 'failed' && <Failed error={received.error} />}
        {received.state === 'ready' && given && (
          <SignReceived key={received.value.reading.payloadHash} given={given} received={received.value} />
        )}
      </div>
    </>
  )
}

function FileIn({ onText }: { readonly onText: (text: string) => void }) {
  const id = useId()
  const [text, setText] = useState('')
  return (
    <section className="grid gap-2">
      <label className="lab">
        or its file{' '}
        <input
          type="file"
          accept=".json,application/json,text/plain"
          onChange={(event) => void event.target.files?.[0]?.text().then(onText)}
        />
      </label>
      <label className="lab" htmlFor={id}>
        or the text of the file
      </label>
      <textarea id={id} className="area" rows={4} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="row">
        <Button offBecause={text.trim() === '' ? 'Paste the text first.' : undefined} onPress={() => onText(text)}>
          Read it
        </Button>
      </div>
    </section>
  )
}
