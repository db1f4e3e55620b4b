import { useState } from 'react'
import type { BackendTrial, BackendView } from '../../../shared/contract/backends.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { BackendFields } from './backend-fields.tsx'
import { msText, speedText, stateWords } from './backend-words.ts'
import { useBackendForm } from './use-backend-form.ts'

export interface BackendDrawerProps {
  /** `undefined`: a new one. */
  readonly entry: BackendView | undefined
  readonly onSaved: (id: string) => void
  readonly onClose: () => void
}

/** One server: how it is, a trial, and what was said of it. */
export function BackendDrawer({ entry, onSaved, onClose }: BackendDrawerProps) {
  const form = useBackendForm(entry, onSaved)
  return (
    <Drawer
      title={entry ? cleanName(entry.name) : 'Add a server'}
      onClose={onClose}
      footer={
        <>
          <Button
            kind="main"
            large
            offBecause={form.off}
            busyWith={form.busy ? 'Saving' : undefined}
            onPress={() => void form.save()}
          >
            {entry ? 'Save' : 'Add the server'}
          </Button>
          <span className="why">{form.off ?? ''}</span>
        </>
      }
    >
      {entry && <Standing entry={entry} />}
      <BackendFields form={form} entry={entry} />
      {form.error && <ErrorNote error={form.error} />}
      {entry && <Removal entry={entry} onRemoved={onClose} />}
    </Drawer>
  )
}

function Standing({ entry }: { readonly entry: BackendView }) {
  const now = useNow(1_000)
  const test = useCommand('backends.test')
  const [done, setDone] = useState<BackendTrial>()
  const { chip, word, says } = stateWords(entry, now)
  const seconds = entry.untilMs === undefined ? 0 : Math.ceil((entry.untilMs - now) / 1_000)
  const go = async () => {
    setDone(undefined)
    const tried = await test.send({ id: entry.id })
    if (tried.ok) setDone(tried.value)
  }
  return (
    <div className="grid gap-3">
      <p>
        <Chip kind={chip}>{word}</Chip> <span className="soft">{says}</span>
        {seconds > 0 && <span className="soft"> It is asked again in {seconds} s.</span>}
      </p>
      {entry.error && !test.error && <ErrorNote error={entry.error} />}
      <dl className="kv start">
        <dt>Running, waiting</dt>
        <dd>
          {entry.running} of {entry.places}, {entry.waiting}
        </dd>
        <dt>Speed</dt>
        <dd>{speedText(entry.tokensPerSecond)}</dd>
        <dt>First token, whole answer</dt>
        <dd>
          {msText(entry.firstTokenP50Ms)}, {msText(entry.latencyP50Ms)}
        </dd>
      </dl>
      <Button onPress={() => void go()} busyWith={test.busy ? 'Waiting for its answer' : undefined}>
        Try it with one small request
      </Button>
      {test.error && <ErrorNote error={test.error} />}
      {done && (
        <Note title="It answered.">
          <p>
            The first token came after {msText(done.firstTokenMs)}, all of it after {msText(done.totalMs)}.
            {done.tokensPerSecond !== undefined && ` That is ${speedText(done.tokensPerSecond)}.`}
          </p>
        </Note>
      )}
    </div>
  )
}

function Removal({ entry, onRemoved }: { readonly entry: BackendView; readonly onRemoved: () => void }) {
  const remove = useCommand('backends.remove')
  const change = useCommand('backends.change')
  const [asked, setAsked] = useState(false)
  const go = async () => {
    if ((await remove.send({ id: entry.id })).ok) onRemoved()
  }
  const error = remove.error ?? change.error
  return (
    <div className="grid gap-2">
      <div className="rowline">
        {entry.hasKey && (
          <Button kind="quiet" onPress={() => void change.send({ id: entry.id, forgetKey: true })}>
            Forget its key
          </Button>
        )}
        {asked ? (
          <>
            <Button kind="danger" onPress={() => void go()}>
              Remove it, and its key
            </Button>
            <Button kind="quiet" onPress={() => setAsked(false)}>
              Keep it
            </Button>
          </>
        ) : (
          <Button kind="quiet" onPress={() => setAsked(true)}>
            Remove this server
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} />}
    </div>
  )
}
