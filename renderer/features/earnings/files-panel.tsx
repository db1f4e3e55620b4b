import { useState } from 'react'
import { EPOCH_FORMATS, type EpochFormat } from '../../../shared/earnings/epochs-file.ts'
import type { Output } from '../../bridge/client.ts'
import { fetchFile } from '../../bridge/fetch-file.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { WrittenFile } from '../../ui/written-file.tsx'
import { type Ask, RANGE_WORDS } from './ask.ts'

const FORMATS = EPOCH_FORMATS.map((value) => ({ value, text: value.toUpperCase() }))

/** The epochs that are shown, as a file. */
export function FilesPanel({ ask }: { readonly ask: Ask }) {
  const [format, setFormat] = useState<EpochFormat>('csv')
  const [done, setDone] = useState<'fetching' | Output<'earnings.export'>>()
  const write = useCommand('earnings.export')
  const offer = useCommand('earnings.offerDownload')
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const isBrowser = info.state === 'ready' && info.value.host === 'headless'
  const send = async () => {
    setDone(undefined)
    offer.clear()
    const answer = await write.send({ ...ask, format })
    if (answer.ok) setDone(answer.value)
  }
  const download = async () => {
    setDone(undefined)
    write.clear()
    const answer = await offer.send({ ...ask, format })
    if (!answer.ok) return
    fetchFile(answer.value.address)
    setDone('fetching')
  }
  return (
    <section className="pad rule grid gap-3" aria-label="Files of epochs">
      <h2>Files of epochs</h2>
      <Segments label="Format" value={format} choices={FORMATS} onPick={setFormat} />
      <p className="soft">
        A line for each epoch and each gap of what is chosen below ({RANGE_WORDS[ask.range].during}), every amount to
        the last unit: stake before and after, own moves, fees, what was earned and by what, and what is not explained.
      </p>
      <div className="row wrap">
        {isBrowser && (
          <Button kind="main" onPress={() => void download()} busyWith={offer.busy ? 'Asking for the file' : undefined}>
            {`Download the ${format.toUpperCase()} file`}
          </Button>
        )}
        <Button
          {...(isBrowser ? {} : { kind: 'main' as const })}
          onPress={() => void send()}
          busyWith={write.busy ? 'Writing the file' : undefined}
        >
          Write it into the data folder
        </Button>
      </div>
      <WrittenFile done={done} while="It is written while it is read. Many epochs take some seconds." />
      {write.error && <ErrorNote error={write.error} />}
      {offer.error && <ErrorNote error={offer.error} />}
    </section>
  )
}
