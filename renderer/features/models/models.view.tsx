import { useState } from 'react'
import type { ModelView } from '../../../shared/contract/models.contract.ts'
import { MODEL_USES } from '../../../shared/models/model-choices.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { USE_WORDS } from '../../format/model-words.ts'
import { hrefOf } from '../../format/route.ts'
import { writeBytes } from '../../format/time.ts'
import { Head } from '../../ui/head.tsx'
import { ImportModel } from '../../ui/import-model.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Hardware } from './hardware.tsx'
import { ModelItem } from './model-item.tsx'
import { ModelSettings } from './model-settings.tsx'

type Use = (typeof MODEL_USES)[number] | 'all'
const FITTING = ['all', 'fits', 'here'] as const
type Fitting = (typeof FITTING)[number]
const FITTING_WORDS = { all: 'All', fits: 'That fit', here: 'On this computer' } as const

const isShown = (model: ModelView, use: Use, fitting: Fitting): boolean =>
  (use === 'all' || model.uses.includes(use)) &&
  (fitting === 'all' ||
    (fitting === 'fits' && (model.fits === 'fits' || model.fits === 'slow')) ||
    (fitting === 'here' && (model.state !== 'absent' || model.job !== undefined)))

/** Every model that this app knows: what it is for, whether it fits, where its file is. */
export function ModelsView() {
  const models = useSubscription('models.watch')
  if (models.state !== 'ready')
    return (
      <>
        <Head title="Models" />
        {models.state === 'loading' ? <Loading awaits="the models" rows={5} /> : <Failed error={models.error} />}
      </>
    )
  const kept = models.value.reduce((sum, { ours, downloadedBytes }) => sum + (ours ? downloadedBytes : 0), 0)
  return (
    <>
      <Head title="Models" age={<span className="age">{writeBytes(kept)} kept by this app</span>}>
        <a className="btn" href={hrefOf({ view: 'mine' })}>
          Mine with one
        </a>
      </Head>
      <div className="mine-two">
        <List models={models.value} />
        <aside className="pad vrule grid content-start gap-4" aria-label="How models are kept">
          <Hardware />
          <ModelSettings />
        </aside>
      </div>
    </>
  )
}

function List({ models }: { readonly models: readonly ModelView[] }) {
  const [use, setUse] = useState<Use>('all')
  const [fitting, setFitting] = useState<Fitting>('all')
  const take = useCommand('models.import')
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const usual = info.state === 'ready' ? info.value.modelsFolder : undefined
  // A choice with nothing behind it would only disappoint.
  const uses = MODEL_USES.filter((one) => models.some((model) => model.uses.includes(one)))
  const shown = models.filter((model) => isShown(model, use, fitting))
  return (
    <div className="pad grid content-start gap-4">
      <div className="row wrap">
        <Segments
          label="Use"
          value={use}
          onPick={setUse}
          choices={[{ value: 'all', text: 'All uses' }, ...uses.map((value) => ({ value, text: USE_WORDS[value] }))]}
        />
        <Segments
          label="Fit"
          value={fitting}
          onPick={setFitting}
          choices={FITTING.map((value) => ({ value, text: FITTING_WORDS[value] }))}
        />
      </div>
      {shown.length === 0 ? (
        <Empty title="No model is like that.">
          <p className="soft">Choose another use or fit, or add a file of your own.</p>
        </Empty>
      ) : (
        <div>
          {shown.map((model) => (
            <ModelItem key={model.id} model={model} usualFolder={usual} />
          ))}
        </div>
      )}
      <ImportModel
        busy={take.busy}
        error={take.error}
        onAdd={async (path, copy) => (await take.send({ path, copy })).ok}
      />
    </div>
  )
}
