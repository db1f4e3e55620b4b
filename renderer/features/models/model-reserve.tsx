import { useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

const GB = 1e9
/** Half a gigabyte is typed as often with a comma as with a point. */
const gigabytes = (text: string): number => Number(text.trim().replace(',', '.'))
const isAmount = (text: string): boolean => text.trim() === '' || (gigabytes(text) >= 0 && gigabytes(text) <= 1_000)
const bytesOf = (text: string): number | undefined =>
  text.trim() === '' ? undefined : Math.round(gigabytes(text) * GB)
const textOf = (bytes: number | undefined): string => (bytes === undefined ? '' : String(bytes / GB))
const shown = (bytes: number | undefined, usual: string): string =>
  bytes === undefined ? usual : `${textOf(bytes)} GB (yours)`

/** How much memory a model leaves to other programs. */
export function ModelReserve({ hasCard }: { readonly hasCard: boolean }) {
  const settings = useSubscription('settings.watch')
  const change = useCommand('settings.change')
  const [typed, setTyped] = useState<{ readonly memory: string; readonly vram: string }>()
  if (settings.state !== 'ready') return null
  const { memoryBytes, vramBytes } = settings.value.modelReserve ?? {}
  if (!typed)
    return (
      <p className="mute small">
        Left to other programs: {shown(memoryBytes, 'a twentieth of the memory, 0.5 GB at least')}
        {hasCard && `; of the graphics card: ${shown(vramBytes, '0.5 GB')}`}.{' '}
        <Button kind="quiet" onPress={() => setTyped({ memory: textOf(memoryBytes), vram: textOf(vramBytes) })}>
          Change
        </Button>
      </p>
    )
  const isRight = isAmount(typed.memory) && isAmount(typed.vram)
  const save = async () => {
    if (!isRight) return
    const modelReserve = { memoryBytes: bytesOf(typed.memory), vramBytes: bytesOf(typed.vram) }
    if ((await change.send({ modelReserve })).ok) setTyped(undefined)
  }
  const wrong = (text: string) => (isAmount(text) ? undefined : 'Enter a number of gigabytes from 0 to 1000.')
  return (
    <div className="grid gap-2 form">
      <Field
        label="Memory left to other programs, GB"
        value={typed.memory}
        onType={(memory) => setTyped({ ...typed, memory })}
        hint="Empty: a twentieth of the memory, 0.5 GB at least. With less, the system pushes programs to disk."
        wrong={wrong(typed.memory)}
      />
      {hasCard && (
        <Field
          label="Memory of the graphics card left to other programs, GB"
          value={typed.vram}
          onType={(vram) => setTyped({ ...typed, vram })}
          hint="Empty: 0.5 GB, for the windows of the screen."
          wrong={wrong(typed.vram)}
        />
      )}
      {change.error && <ErrorNote error={change.error} />}
      <div className="rowline">
        <Button onPress={() => void save()} busyWith={change.busy ? 'Saving' : undefined}>
          Save
        </Button>
        <Button kind="quiet" onPress={() => setTyped(undefined)}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
