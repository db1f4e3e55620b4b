import { useState } from 'react'
import type { ModelChoices } from '../../../shared/models/model-choices.ts'
import { isModelSource, sourceName, USUAL_SOURCE } from '../../../shared/models/model-source.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

const MEGABYTE = 1e6
const CONNECTIONS = /^([1-9]|1[0-6])$/

interface Typed {
  readonly folder: string
  readonly source: string
  readonly connections: string
  readonly megabytes: string
}
const typedOf = ({ folder, source, connections, bytesPerSecond }: ModelChoices): Typed => ({
  folder: folder ?? '',
  source: source ?? '',
  connections: connections === undefined ? '' : String(connections),
  megabytes: bytesPerSecond ? String(bytesPerSecond / MEGABYTE) : '',
})

const megabytes = (text: string): number => Number(text.trim().replace(',', '.'))

function problems(typed: Typed): Readonly<Record<keyof Typed, string | undefined>> {
  const [folder, source, connections, limit] = [typed.folder, typed.source, typed.connections, typed.megabytes].map(
    (text) => text.trim(),
  ) as [string, string, string, string]
  const isRooted = /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(folder)
  return {
    folder: folder !== '' && !isRooted ? 'Write the folder from its root on.' : undefined,
    source:
      source !== '' && !isModelSource(source)
        ? 'Write an https address without a name, a password, a question mark or a #.'
        : undefined,
    connections: connections !== '' && !CONNECTIONS.test(connections) ? 'A whole number from 1 to 16.' : undefined,
    megabytes:
      limit !== '' && !(megabytes(limit) >= 0.01 && megabytes(limit) <= 100_000)
        ? 'A number of megabytes a second from 0.01 to 100000.'
        : undefined,
  }
}

const choicesOf = (typed: Typed): ModelChoices => ({
  ...(typed.folder.trim() ? { folder: typed.folder.trim() } : {}),
  ...(typed.source.trim() ? { source: typed.source.trim() } : {}),
  ...(typed.connections.trim() ? { connections: Number(typed.connections) } : {}),
  ...(typed.megabytes.trim() ? { bytesPerSecond: Math.round(megabytes(typed.megabytes) * MEGABYTE) } : {}),
})

/** Where models are kept, where they come from, and how fast. */
export function ModelSettings() {
  const settings = useSubscription('settings.watch')
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const [open, setOpen] = useState(false)
  if (settings.state !== 'ready') return null
  const choices = settings.value.models ?? {}
  const usual = info.state === 'ready' ? info.value.modelsFolder : 'unknown'
  if (open) return <Form choices={choices} usual={usual} onClose={() => setOpen(false)} />
  const { folder, source, connections, bytesPerSecond } = choices
  return (
    <section className="grid gap-2" aria-label="Downloads">
      <h2>Downloads</h2>
      <dl className="kv start small">
        <dt>Folder</dt>
        <dd className="mono break">{folder ?? usual}</dd>
        <dt>Source</dt>
        <dd className="break">
          {source === undefined ? sourceName(USUAL_SOURCE) : `${sourceName(source)}, a source of your own`}
        </dd>
        <dt>Connections</dt>
        <dd>{connections ?? 4}</dd>
        <dt>Limit</dt>
        <dd>{bytesPerSecond ? `${bytesPerSecond / MEGABYTE} MB a second` : 'none'}</dd>
      </dl>
      <p className="mute small">
        The hash of every model of the list is fixed in this app: whatever a source sends, only the right file is used.
      </p>
      <div>
        <Button onPress={() => setOpen(true)}>Change</Button>
      </div>
    </section>
  )
}

interface FormProps {
  readonly choices: ModelChoices
  readonly usual: string
  readonly onClose: () => void
}
function Form({ choices, usual, onClose }: FormProps) {
  const change = useCommand('settings.change')
  const [typed, setTyped] = useState(() => typedOf(choices))
  const wrong = problems(typed)
  const isRight = Object.values(wrong).every((one) => one === undefined)
  const set = (part: Partial<Typed>) => setTyped({ ...typed, ...part })
  const save = async () => {
    if ((await change.send({ models: choicesOf(typed) })).ok) onClose()
  }
  return (
    <section className="grid gap-3" aria-label="Downloads">
      <h2>Downloads</h2>
      <Field
        label="Folder for what is downloaded from now on"
        mono
        value={typed.folder}
        onType={(folder) => set({ folder })}
        hint={`Empty: ${usual}. Models that are there stay where they are; each can be moved.`}
        wrong={wrong.folder}
      />
      <Field
        label="Source"
        mono
        value={typed.source}
        onType={(source) => set({ source })}
        hint={`Empty: ${USUAL_SOURCE}. Another one has to serve the same paths; it sees your address and what you fetch.`}
        wrong={wrong.source}
      />
      <Field
        label="Connections of a download"
        inputMode="numeric"
        value={typed.connections}
        onType={(connections) => set({ connections })}
        hint="Empty: 4."
        wrong={wrong.connections}
      />
      <Field
        label="Limit, MB a second"
        inputMode="decimal"
        value={typed.megabytes}
        onType={(text) => set({ megabytes: text })}
        hint="Empty: none."
        wrong={wrong.megabytes}
      />
      {change.error && <ErrorNote error={change.error} />}
      <div className="rowline">
        <Button
          onPress={() => void save()}
          busyWith={change.busy ? 'Saving' : undefined}
          offBecause={isRight ? undefined : 'Correct what is marked first.'}
        >
          Save
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  )
}
