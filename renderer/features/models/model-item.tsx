import { useState } from 'react'
import type { ModelView } from '../../../shared/contract/models.contract.ts'
import { useModelActions } from '../../bridge/use-model-actions.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBytes, writeDate } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { LicenceDialog } from '../../ui/licence-dialog.tsx'
import { ModelRow } from '../../ui/model-row.tsx'
import { RemoveModelDialog } from '../../ui/remove-model-dialog.tsx'

export interface ModelItemProps {
  readonly model: ModelView
  readonly usualFolder: string | undefined
}

export function ModelItem({ model, usualFolder }: ModelItemProps) {
  const { asked, error, move, moving, ...act } = useModelActions(model)
  const canMove = model.ours && model.state === 'ready'
  return (
    <>
      <ModelRow model={model} onDownload={act.download} onPause={act.pause} onRemove={act.remove} error={error}>
        {model.origin !== 'self-test' && (
          <details className="span-all">
            <summary className="small">
              <span className="vh">{cleanName(model.name)}: </span>Where it comes from, and where it is
            </summary>
            <div className="grid gap-3">
              <Facts model={model} />
              {canMove && (
                <MoveForm
                  moving={model.moving}
                  busy={moving || model.job?.kind === 'move'}
                  usualFolder={usualFolder}
                  here={folderOf(model.path)}
                  onMove={move}
                />
              )}
            </div>
          </details>
        )}
      </ModelRow>
      {asked && (
        <LicenceDialog
          model={cleanName(model.name)}
          licence={asked.state === 'ready' ? asked.value : undefined}
          error={asked.state === 'failed' ? asked.error : undefined}
          onAccept={act.accept}
          onClose={act.decline}
        />
      )}
      {act.removing && <RemoveModelDialog model={model} onRemove={act.removeSurely} onClose={act.keep} />}
    </>
  )
}

const folderOf = (path: string | undefined): string | undefined => path?.replace(/[\\/][^\\/]*$/, '')

function Facts({ model }: { readonly model: ModelView }) {
  const { source, revision, sha256, path, licenceAcceptedMs } = model
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Page', source],
    ['Revision', revision],
    ['SHA-256', sha256 ?? 'not computed: your own file, used as it is'],
    [
      'After damage',
      model.origin !== 'catalogue'
        ? undefined
        : model.pieces
          ? 'only wrong pieces are fetched again'
          : 'all of it is fetched again: hashes of pieces are not known',
    ],
    [
      'Licence accepted',
      model.origin === 'catalogue'
        ? licenceAcceptedMs === undefined
          ? 'not yet'
          : writeDate(licenceAcceptedMs)
        : undefined,
    ],
    ['File', path ?? `${model.file}, not here`],
  ]
  return (
    <dl className="kv start small">
      {rows.map(
        ([name, value]) =>
          value !== undefined && (
            <div className="contents" key={name}>
              <dt>{name}</dt>
              <dd className="mono break">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

interface MoveFormProps {
  readonly moving: ModelView['moving']
  readonly busy: boolean
  readonly usualFolder: string | undefined
  readonly here: string | undefined
  readonly onMove: (folder: string) => Promise<boolean>
}
/** To another folder or disk: copied, checked, switched, and then deleted here. */
function MoveForm({ moving, busy, usualFolder, here, onMove }: MoveFormProps) {
  const [typed, setTyped] = useState<string>()
  const folder = (typed ?? moving?.folder ?? '').trim()
  const go = async () => {
    if (await onMove(folder)) setTyped(undefined)
  }
  return (
    <div className="grid gap-2 form">
      {moving && !busy && (
        <p className="soft small">
          A move to <span className="mono break">{moving.folder}</span> was begun: {writeBytes(moving.bytes)} are there.
        </p>
      )}
      <Field
        label="Move to the folder"
        mono
        value={typed ?? moving?.folder ?? ''}
        onType={setTyped}
        hint="To another disk it is copied and checked first. Until then the old file stays in use."
      />
      <div className="rowline">
        <Button
          offBecause={folder === '' ? 'Enter a folder first.' : undefined}
          busyWith={busy ? 'Moving' : undefined}
          onPress={() => void go()}
        >
          {moving ? 'Go on moving' : 'Move the file'}
        </Button>
        {moving && here !== undefined && !busy && (
          <Button kind="quiet" onPress={() => void onMove(here)}>
            Leave it where it is
          </Button>
        )}
        {!moving && usualFolder !== undefined && here !== usualFolder && !busy && (
          <Button kind="quiet" onPress={() => setTyped(usualFolder)}>
            The usual folder
          </Button>
        )}
      </div>
    </div>
  )
}
