import type { ModelView } from '../../../shared/contract/mining.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBytes } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipKind } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Progress } from '../../ui/progress.tsx'

const FITS: Readonly<Record<ModelView['fits'], { readonly kind: ChipKind; readonly text: string }>> = {
  fits: { kind: 'good', text: 'fits' },
  slow: { kind: 'warn', text: 'fits slowly' },
  'does-not-fit': { kind: 'bad', text: 'does not fit' },
  unknown: { kind: 'dashed', text: 'fit unknown' },
}
const ORIGIN = { catalogue: 'catalogue', imported: 'own file', 'self-test': 'self-test, random weights' } as const

export interface ModelRowProps {
  readonly model: ModelView
  readonly chosen: boolean
  readonly onPick: () => void
}
export function ModelRow({ model, chosen, onPick }: ModelRowProps) {
  const fit = FITS[model.fits]
  const isReady = model.state === 'ready'
  return (
    <div className="pick-row">
      <label className="pick">
        <input type="radio" name="model" checked={chosen} disabled={!isReady} onChange={onPick} />
        <span className="grid min-w-0 gap-1">
          <span className="row wrap">
            <b className="strong clip">{cleanName(model.name)}</b>
            <Chip kind={fit.kind}>{fit.text}</Chip>
            <span className="mute small">
              {ORIGIN[model.origin]}
              {model.quant && `, ${model.quant}`}, {writeBytes(model.sizeBytes)}, needs {writeBytes(model.memoryBytes)}{' '}
              memory
              {model.licence && `, licence ${model.licence}`}
            </span>
          </span>
          <span className="soft small">{model.use}</span>
          {model.fitWhy && <span className="mute small">{model.fitWhy}</span>}
        </span>
      </label>
      <ModelActions model={model} />
      {model.error && <ErrorNote error={model.error} />}
    </div>
  )
}

function ModelActions({ model }: { readonly model: ModelView }) {
  const download = useCommand('models.download')
  const cancel = useCommand('models.cancel')
  const remove = useCommand('models.remove')
  const error = download.error ?? cancel.error ?? remove.error
  const { id } = model
  const name = cleanName(model.name)
  return (
    <div className="model-actions">
      {model.state === 'downloading' && (
        <div className="grow">
          <Progress
            label={`Downloading ${name}`}
            note={`${writeBytes(model.downloadedBytes)} of ${writeBytes(model.sizeBytes)}`}
            fraction={model.sizeBytes > 0 ? Math.min(1, model.downloadedBytes / model.sizeBytes) : undefined}
          />
        </div>
      )}
      {model.state === 'downloading' && (
        <Button onPress={() => void cancel.send({ id })} label={`Pause the download of ${name}`}>
          Pause
        </Button>
      )}
      {(model.state === 'absent' || model.state === 'partial') && (
        <Button onPress={() => void download.send({ id })}>
          <span className="vh">{name}: </span>
          {model.state === 'partial'
            ? `Go on from ${writeBytes(model.downloadedBytes)}`
            : `Download ${writeBytes(model.sizeBytes)}`}
        </Button>
      )}
      {model.state === 'ready' && model.origin !== 'self-test' && (
        <Button kind="quiet" onPress={() => void remove.send({ id })} label={`Remove ${name} from the list`}>
          Remove
        </Button>
      )}
      {error && error.code !== model.error?.code && <ErrorNote error={error} />}
    </div>
  )
}
