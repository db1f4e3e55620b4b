import type { ReactNode } from 'react'
import type { ModelView } from '../../shared/contract/models.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { cleanName } from '../format/hostile-text.ts'
import { jobNote, jobTitle } from '../format/model-words.ts'
import { writeBytes } from '../format/time.ts'
import { Button } from './button.tsx'
import { Chip, type ChipKind } from './chip.tsx'
import { ErrorNote } from './note.tsx'
import { Progress } from './progress.tsx'

const FITS: Readonly<Record<ModelView['fits'], { readonly kind: ChipKind; readonly text: string }>> = {
  fits: { kind: 'good', text: 'fits' },
  slow: { kind: 'warn', text: 'fits slowly' },
  'does-not-fit': { kind: 'bad', text: 'does not fit' },
  unknown: { kind: 'dashed', text: 'fit unknown' },
}
const ORIGIN = { catalogue: 'catalogue', imported: 'own file', 'self-test': 'self-test, random weights' } as const

export interface ModelRowProps {
  readonly model: ModelView
  /** Where one of them is chosen. */
  readonly pick?: { readonly chosen: boolean; readonly onPick: () => void }
  readonly onDownload: () => void
  readonly onPause: () => void
  readonly onRemove: () => void
  readonly error: AppError | undefined
  /** Below all of it. */
  readonly children?: ReactNode
}

/** A model: what it is, whether it fits, and what is being done with its file. */
export function ModelRow({ model, pick, error, children, ...on }: ModelRowProps) {
  const said = model.error && error?.code !== model.error.code ? [model.error, error] : [error ?? model.error]
  return (
    <div className="pick-row">
      {pick ? (
        <label className="pick">
          <input
            type="radio"
            name="model"
            checked={pick.chosen}
            disabled={model.state !== 'ready'}
            onChange={pick.onPick}
          />
          <About model={model} />
        </label>
      ) : (
        <About model={model} />
      )}
      <Actions model={model} {...on} />
      {model.job && <Job model={model} job={model.job} />}
      {said.map((one) => one && <ErrorNote key={one.code} error={one} />)}
      {children}
    </div>
  )
}

function About({ model }: { readonly model: ModelView }) {
  const fit = FITS[model.fits]
  const mirror = model.from !== undefined && model.source !== undefined && !model.source.includes(`//${model.from}/`)
  return (
    <span className="grid min-w-0 gap-1">
      <span className="row wrap">
        <b className="strong clip">{cleanName(model.name)}</b>
        <Chip kind={fit.kind}>{fit.text}</Chip>
        {mirror && <Chip kind="warn">from {model.from}, a source of your own</Chip>}
        <span className="mute small">
          {ORIGIN[model.origin]}
          {model.quant && `, ${model.quant}`}, {writeBytes(model.sizeBytes)}, needs {writeBytes(model.memoryBytes)}{' '}
          memory
          {model.licence && `, licence ${cleanName(model.licence)}`}
        </span>
      </span>
      <span className="soft small">{model.use}</span>
      {model.fitWhy && <span className="mute small">{model.fitWhy}</span>}
    </span>
  )
}

type On = Pick<ModelRowProps, 'onDownload' | 'onPause' | 'onRemove'>

function Actions({ model, onDownload, onPause, onRemove }: On & { readonly model: ModelView }) {
  const name = cleanName(model.name)
  const { state, job, ours } = model
  const isPart = state === 'partial'
  if (job)
    return (
      <div className="model-actions">
        <Button onPress={onPause} label={`Pause the ${job.kind} of ${name}`}>
          Pause
        </Button>
      </div>
    )
  return (
    <div className="model-actions">
      {ours && state !== 'ready' && (
        <Button onPress={onDownload}>
          <span className="vh">{name}: </span>
          {isPart
            ? `Go on from ${writeBytes(model.downloadedBytes)}`
            : model.origin === 'imported'
              ? 'Copy it again'
              : `Download ${writeBytes(model.sizeBytes)}`}
        </Button>
      )}
      {(state === 'ready' || isPart || model.origin === 'imported') && model.origin !== 'self-test' && (
        <Button
          kind="quiet"
          onPress={onRemove}
          label={isPart ? `Delete what is here of ${name}` : ours ? `Delete ${name}` : `Remove ${name} from the list`}
        >
          {isPart || ours ? 'Delete' : 'Remove'}
        </Button>
      )}
    </div>
  )
}

function Job({ model, job }: { readonly model: ModelView; readonly job: NonNullable<ModelView['job']> }) {
  return (
    <div className="job">
      <Progress
        label={jobTitle(job, cleanName(model.name))}
        note={jobNote(job)}
        fraction={job.totalBytes > 0 ? Math.min(1, job.bytes / job.totalBytes) : undefined}
      />
    </div>
  )
}
