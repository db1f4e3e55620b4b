import { useState } from 'react'
import type { ModelView } from '../../../shared/contract/mining.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBytes } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { ModelReserve } from './model-reserve.tsx'
import { ModelRow } from './model-row.tsx'

export interface ModelChoiceProps {
  readonly models: readonly ModelView[]
  readonly chosen: ModelView | undefined
}

export function ModelChoice({ models, chosen }: ModelChoiceProps) {
  const { userPicked } = useMineDraft()
  return (
    <fieldset className="grid gap-2">
      <legend className="legend">Model</legend>
      <Hardware />
      {models.map((model) => (
        <ModelRow
          key={model.id}
          model={model}
          chosen={model.id === chosen?.id}
          onPick={() => userPicked({ modelId: model.id })}
        />
      ))}
      <ImportModel onImported={(id) => userPicked({ modelId: id })} />
    </fieldset>
  )
}

function Hardware() {
  const answer = useQuestion('mining.hardware', {}, { freshForMs: 60_000 })
  if (answer.state !== 'ready') return null
  const { cpuName, cpuCores, memoryTotalBytes, memoryFreeBytes, gpus, gpuRefusal, vramTotalBytes } = answer.value
  const refusals = answer.value.refusals ?? []
  const card = gpus[0] ? gpus.map((gpu) => cleanName(gpu.name)).join(', ') : (gpuRefusal ?? 'none that can be used')
  return (
    <>
      <p className="mute small">
        This computer: {cpuName ?? 'processor unknown'}, {cpuCores} cores,{' '}
        {memoryFreeBytes === undefined ? 'unknown' : writeBytes(memoryFreeBytes)} of {writeBytes(memoryTotalBytes)}{' '}
        memory free. Graphics card: {card}
        {vramTotalBytes !== undefined && ` with ${writeBytes(vramTotalBytes)}`}.
        {gpus[0] && refusals.length > 0 && ` Not used: ${refusals.map(({ reason }) => reason).join('; ')}.`}
      </p>
      <ModelReserve hasCard={gpus.length > 0} />
    </>
  )
}

function ImportModel({ onImported }: { readonly onImported: (id: string) => void }) {
  const take = useCommand('models.import')
  const [open, setOpen] = useState(false)
  const [path, setPath] = useState('')
  const [asked, setAsked] = useState(false)
  const go = async () => {
    setAsked(true)
    if (path.trim() === '') return
    const result = await take.send({ path: path.trim() })
    if (!result.ok) return
    onImported(result.value.id)
    setOpen(false)
    setPath('')
  }
  if (!open)
    return (
      <div>
        <Button onPress={() => setOpen(true)}>Use a GGUF file of this computer</Button>
      </div>
    )
  return (
    <div className="grid gap-2 form">
      <Field
        label="Path of the GGUF file"
        mono
        value={path}
        onType={setPath}
        hint="The file stays where it is."
        wrong={asked && path.trim() === '' ? 'Enter the path of a file.' : undefined}
      />
      {take.error && <ErrorNote error={take.error} />}
      <div className="rowline">
        <Button onPress={() => void go()} busyWith={take.busy ? 'Reading its head' : undefined}>
          Add the file
        </Button>
        <Button kind="quiet" onPress={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
