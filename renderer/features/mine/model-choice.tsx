import type { ModelView } from '../../../shared/contract/models.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useModelActions } from '../../bridge/use-model-actions.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { ImportModel } from '../../ui/import-model.tsx'
import { LicenceDialog } from '../../ui/licence-dialog.tsx'
import { ModelRow } from '../../ui/model-row.tsx'
import { RemoveModelDialog } from '../../ui/remove-model-dialog.tsx'
import { useMineDraft } from './mine-draft.store.ts'

export interface ModelChoiceProps {
  readonly models: readonly ModelView[]
  readonly chosen: ModelView | undefined
}

export function ModelChoice({ models, chosen }: ModelChoiceProps) {
  const { userPicked } = useMineDraft()
  const take = useCommand('models.import')
  return (
    <fieldset className="grid gap-2">
      <legend className="legend">Model</legend>
      <p className="soft small">
        Marked by whether they fit this computer.{' '}
        <a href={hrefOf({ view: 'models' })}>Filter them, and set folder, source and memory left to others</a>
      </p>
      {models.map((model) => (
        <Row
          key={model.id}
          model={model}
          chosen={model.id === chosen?.id}
          onPick={() => userPicked({ modelId: model.id })}
        />
      ))}
      <ImportModel
        busy={take.busy}
        error={take.error}
        onAdd={async (path, copy) => {
          const result = await take.send({ path, copy })
          if (result.ok) userPicked({ modelId: result.value.id })
          return result.ok
        }}
      />
    </fieldset>
  )
}

interface RowProps {
  readonly model: ModelView
  readonly chosen: boolean
  readonly onPick: () => void
}
function Row({ model, chosen, onPick }: RowProps) {
  const { asked, error, ...act } = useModelActions(model)
  return (
    <>
      <ModelRow
        model={model}
        pick={{ chosen, onPick }}
        onDownload={act.download}
        onPause={act.pause}
        onRemove={act.remove}
        error={error}
      />
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
