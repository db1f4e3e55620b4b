import type { CareState } from '../../../shared/care/care-state.ts'
import { RULE_WORDS, unknownSentence } from '../../../shared/words/care-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDuration } from '../../format/time.ts'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { CareNotes } from './care-notes.tsx'
import { CareReadings } from './care-readings.tsx'
import { HeatRule } from './heat-rule.tsx'
import { PowerDay } from './power-day.tsx'
import { ScheduleRule } from './schedule-rule.tsx'

export function CareView() {
  const care = useSubscription('care.watch')
  if (care.state === 'ready') return <Care state={care.value} />
  return (
    <>
      <Head title="Care of this computer" />
      {care.state === 'loading' ? <Loading awaits="this computer" rows={5} /> : <Failed error={care.error} />}
    </>
  )
}

function Care({ state }: { readonly state: CareState }) {
  const now = useNow()
  const miner = valueIn(useSubscription('mining.status'))
  const runs = miner?.state === 'mining' || miner?.state === 'starting'
  const { readings } = state
  return (
    <>
      <Head
        title="Care of this computer"
        age={readings && <span className="age">read {writeDuration(now - readings.atMs)} ago</span>}
      >
        <a className="btn" href={hrefOf({ view: 'mine' })}>
          To the miner
        </a>
      </Head>
      <div className="pad grid gap-2">
        <CareNotes state={state} runs={runs} />
      </div>
      <div className="mine-two">
        <div className="pad grid content-start gap-4">
          <CareReadings state={state} />
          <PowerDay />
        </div>
        <div className="pad vrule grid content-start gap-6">
          <Rules state={state} />
        </div>
      </div>
    </>
  )
}

const MINUTE_MS = 60_000
const IDLE_MINUTES = [1, 5, 10, 15, 30, 60]

function Rules({ state }: { readonly state: CareState }) {
  const set = useCommand('care.set')
  const { settings, rule, readings } = state
  const save = (change: Parameters<typeof set.send>[0]) => void set.send(change)
  return (
    <>
      {set.error && <ErrorNote error={set.error} />}
      <StartRule state={state} onChange={(startsByRule) => save({ startsByRule })} words={RULE_WORDS[rule.state]} />
      {/* The limits that are typed belong to those that are set. */}
      <HeatRule key={JSON.stringify(settings.heat)} heat={settings.heat} onSave={(heat) => save({ heat })} />
      <ScheduleRule
        schedule={settings.schedule}
        changesAtMs={state.scheduleChangesAtMs}
        onSave={(schedule) => save({ schedule })}
      />
      <section className="grid gap-2 form" aria-label="While somebody is here">
        <h2>While somebody is here</h2>
        <Select
          label="Mine"
          value={String((settings.idleAfterMs ?? 0) / MINUTE_MS)}
          choices={idleChoices(settings.idleAfterMs)}
          onPick={(minutes) => save({ idleAfterMs: minutes === '0' ? null : Number(minutes) * MINUTE_MS })}
          hint={
            readings?.idleMs.state === 'unknown'
              ? `Who is here is not known: ${unknownSentence(readings.idleMs.why, readings.idleMs.source)}`
              : 'It makes way at the first touch of keyboard or mouse.'
          }
        />
      </section>
      <section className="grid gap-2 form" aria-label="Battery and memory">
        <h2>Battery and memory</h2>
        <label className="pick">
          <input
            type="checkbox"
            checked={settings.battery}
            onChange={(event) => save({ battery: event.target.checked })}
          />
          <span>Hold the miner while this computer runs on its battery.</span>
        </label>
        <label className="pick">
          <input
            type="checkbox"
            checked={settings.freesModel}
            onChange={(event) => save({ freesModel: event.target.checked })}
          />
          <span>
            Take the model out of memory while the miner is held. It is loaded again afterwards, which takes time.
          </span>
        </label>
      </section>
    </>
  )
}

/** What was set elsewhere stays to be seen. */
function idleChoices(idleAfterMs: number | undefined) {
  const set = idleAfterMs === undefined ? [] : [idleAfterMs / MINUTE_MS]
  const all = [...new Set([...IDLE_MINUTES, ...set])].sort((a, b) => a - b)
  return [
    { value: '0', text: 'also while somebody works here' },
    ...all.map((minutes) => ({
      value: String(minutes),
      text: `only after ${minutes === 1 ? 'one minute' : `${minutes} minutes`} without input`,
    })),
  ]
}

interface StartRuleProps {
  readonly state: CareState
  readonly words: string
  readonly onChange: (on: boolean) => void
}
function StartRule({ state: { settings, choice }, words, onChange }: StartRuleProps) {
  return (
    <section className="grid gap-2 form" aria-label="Start by rule">
      <h2>Start by rule</h2>
      <label className="pick">
        <input type="checkbox" checked={settings.startsByRule} onChange={(event) => onChange(event.target.checked)} />
        <span>Start the miner by itself when nothing below speaks against it.</span>
      </label>
      <p className="soft small" role="status">
        {words}
      </p>
      <p className="mute small">
        {choice
          ? `It starts what ran last by hand: netuid ${choice.netuid}${choice.modelId ? `, model ${choice.modelId}` : ''}. It never registers and never spends.`
          : 'It starts what you started by hand last. So far nothing was. It never registers and never spends.'}
      </p>
    </section>
  )
}
