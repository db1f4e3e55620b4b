import type { MiningOption, MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { type Step, Steps } from '../../ui/steps.tsx'
import { useChosenAdapter } from './adapter-choice.tsx'
import { CallerLists } from './caller-lists.tsx'
import { ComputingChoice, useComputing } from './computing-choice.tsx'
import { HotkeyChoice } from './hotkey-choice.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { ModelChoice } from './model-choice.tsx'
import { RegisterPanel } from './register-panel.tsx'
import { StartPanel } from './start-panel.tsx'
import { StillAnnounced } from './still-announced.tsx'
import { SubnetChoice } from './subnet-choice.tsx'

/** What is chosen now: the draft where it still fits what exists, else the first that fits. */
function useChosen(options: readonly MiningOption[]) {
  const draft = useMineDraft()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const models = valueIn(useSubscription('models.watch')) ?? []
  const option = options.find((one) => one.netuid === draft.netuid) ?? options.find((one) => one.usable) ?? options[0]
  const hotkeys = wallet?.hotkeys ?? []
  const hotkey =
    hotkeys.find((one) => one.address === draft.hotkey) ??
    hotkeys.find((one) => option?.mine.some((mine) => mine.hotkey === one.address)) ??
    hotkeys[0]
  const model = models.find((one) => one.id === draft.modelId) ?? models.find((one) => one.state === 'ready')
  const uid = option?.mine.find((mine) => mine.hotkey === hotkey?.address)?.uid
  const adapter = useChosenAdapter(option)
  const computing = useComputing()
  return { wallet, option, adapter, hotkeys, hotkey, models, model, uid, computing }
}
export type Chosen = ReturnType<typeof useChosen>

function stepsOf({ option, adapter, hotkey, model, uid, computing }: Chosen): readonly Step[] {
  const ownService = adapter?.needs === 'service'
  const done = {
    subnet: option !== undefined,
    key: hotkey !== undefined,
    model: ownService || !computing.here || model?.state === 'ready',
    place: uid !== undefined,
  }
  const order = [done.subnet, done.key, done.model, done.place, false, false]
  const now = order.indexOf(false)
  const state = (index: number) => (order[index] ? 'done' : index === now ? 'now' : 'waiting')
  return [
    { key: 'subnet', name: 'Subnet', note: option ? cleanName(option.name) : 'choose one', state: state(0) },
    { key: 'hotkey', name: 'Hotkey', note: hotkey?.name ?? 'create one', state: state(1) },
    {
      key: 'model',
      name: 'Model',
      note: ownService ? 'not needed' : modelNote(model, computing),
      state: state(2),
    },
    {
      key: 'place',
      name: 'Register',
      note: uid === undefined ? 'spends money' : `uid ${uid}`,
      state: state(3),
      gate: uid === undefined,
    },
    { key: 'serve', name: 'Serve', note: 'announces your address', state: state(4) },
    { key: 'mine', name: 'Mine', state: state(5) },
  ]
}

function modelNote(model: Chosen['model'], { here, servers }: Chosen['computing']): string {
  if (!here) return 'on servers'
  if (model?.state !== 'ready') return 'choose one'
  return servers ? `${model.name}, and servers` : model.name
}

/** Every part of it chosen by hand. */
export function BeforeView({ status }: { readonly status: MiningStatus }) {
  const { userChoosesOtherwise } = useMineDraft()
  const options = useQuestion('mining.options', {}, { everyMs: 15_000 })
  const list = options.state === 'ready' ? options.value : []
  const chosen = useChosen(list)
  return (
    <>
      <Head title="Mine" age={<span className="age">nothing is served, nothing is spent</span>}>
        <a className="btn" href={hrefOf({ view: 'mine', several: true })}>
          Several hotkeys
        </a>
        <Button onPress={() => userChoosesOtherwise(false)}>What is proposed</Button>
      </Head>
      {status.error && (
        <div className="pad">
          <ErrorNote error={status.error} />
        </div>
      )}
      <div className="pad rule-after steps-pad">
        <Steps label="Steps to mining" steps={stepsOf(chosen)} />
      </div>
      {options.state === 'loading' && <Loading awaits="the subnets that this app can mine" rows={4} />}
      {options.state === 'failed' && <Failed error={options.error} again={options.again} />}
      {options.state === 'ready' && (
        <div className="mine-two">
          <div className="pad grid content-start gap-6">
            <SubnetChoice options={list} chosen={chosen.option} />
            <HotkeyChoice chosen={chosen} />
            {chosen.adapter?.needs !== 'service' && <ComputingChoice />}
            {chosen.computing.here && <ModelChoice models={chosen.models} chosen={chosen.model} />}
          </div>
          <div className="pad vrule grid content-start gap-4">
            {chosen.uid === undefined ? (
              <RegisterPanel chosen={chosen} onRegistered={options.again} />
            ) : (
              <>
                <StillAnnounced chosen={chosen} />
                <StartPanel chosen={chosen} />
                <CallerLists />
              </>
            )}
          </div>
        </div>
      )}
    </>
  )
}
