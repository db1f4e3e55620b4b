import { useState } from 'react'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import type { MonitorView } from '../../../shared/contract/monitor.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useFresh, useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeDuration } from '../../format/time.ts'
import { Amount, alphaOf, TAO, Unknown } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { type Step, Steps } from '../../ui/steps.tsx'
import { CallerLists } from './caller-lists.tsx'
import { CountsPanel } from './counts-panel.tsx'
import { Gauges } from './gauges.tsx'
import { HeldNote } from './held-note.tsx'
import { MachineGauges } from './machine-gauges.tsx'
import { ReachMove } from './reach-move.tsx'
import { RequestsTable } from './requests-table.tsx'
import { ScoreChart } from './score-chart.tsx'
import { TokensChart } from './tokens-chart.tsx'
import { ValidatorsTable } from './validators-table.tsx'

const STEP_NAME = { check: 'Check', load: 'Load', serve: 'Serve', announce: 'Announce', mine: 'Mine' } as const
const STEP_STATE = { waiting: 'waiting', running: 'now', done: 'done', failed: 'failed' } as const

const stepsOf = (status: MiningStatus): readonly Step[] =>
  status.steps.map((step) => ({
    key: step.step,
    name: STEP_NAME[step.step],
    note: step.fraction !== undefined && step.state === 'running' ? `${Math.trunc(step.fraction * 100)} %` : step.value,
    state: step.step === 'mine' && step.state === 'done' ? 'now' : STEP_STATE[step.state],
  }))

export function RunningView({ status, stale }: { readonly status: MiningStatus; readonly stale: boolean }) {
  const stop = useCommand('mining.stop')
  const now = useNow()
  const subnet = useDirectory().get(status.netuid ?? -1)
  const view = valueIn(useSubscription('monitor.watch'))
  return (
    <>
      <Head
        title={
          status.held
            ? 'Held'
            : status.state === 'starting'
              ? 'Starting'
              : status.state === 'stopping'
                ? 'Stopping'
                : 'Mining'
        }
        age={
          <span className="age clip">
            {status.netuid} <bdi>{cleanName(subnet?.name ?? status.subnetName ?? '')}</bdi>
            {status.model && ` with ${cleanName(status.model.name)}`}
            {status.uid !== undefined && `, uid ${status.uid}`}
            {status.startedAtMs !== undefined && `, for ${writeDuration(now - status.startedAtMs)}`}
          </span>
        }
      >
        {status.startedBy && (
          <Chip kind={status.startedBy === 'rule' ? 'dashed' : 'neutral'}>
            {status.startedBy === 'rule' ? 'started by rule' : 'started by hand'}
          </Chip>
        )}
        <Button
          onPress={() => void stop.send({})}
          busyWith={stop.busy || status.state === 'stopping' ? 'Answering what runs' : undefined}
        >
          Stop
        </Button>
      </Head>
      {(status.error ?? stop.error) && (
        <div className="pad">
          <ErrorNote error={status.error ?? stop.error ?? { code: 'contract/cancelled' }} />
        </div>
      )}
      <div className="pad rule-after steps-pad">
        <Steps label="Steps of the miner" steps={stepsOf(status)} />
      </div>
      {status.held && <HeldNote held={status.held} />}
      <div className={stale ? 'mine-three stale' : 'mine-three'}>
        <TokensChart status={status} />
        <Gauges status={status} view={view} />
        <MachineGauges status={status} view={view} />
      </div>
      <div className={stale ? 'mine-three rule stale' : 'mine-three rule'}>
        <ScoreChart epochs={view?.epochs ?? []} />
        <Earned status={status} symbol={subnet?.symbol} />
        <CountsPanel status={status} />
      </div>
      <ReachMove status={status} />
      <div className="pad rule">
        <CallerLists />
      </div>
      <Asked status={status} view={view} />
    </>
  )
}

/** Two looks at who asked: one by one, or summed up by who it was. */
function Asked({ status, view }: { readonly status: MiningStatus; readonly view: MonitorView | undefined }) {
  const [shown, setShown] = useState<'requests' | 'validators'>('requests')
  return (
    <section className="rule" aria-label="Who asked">
      <div className="pad asked-head">
        <Segments
          label="What is listed"
          value={shown}
          onPick={setShown}
          choices={[
            { value: 'requests', text: 'Latest requests' },
            { value: 'validators', text: `Validators seen${view ? `, ${view.callersSeen}` : ''}` },
          ]}
        />
      </div>
      {shown === 'requests' ? (
        <RequestsTable recent={status.recent} />
      ) : (
        <ValidatorsTable view={view} netuid={status.netuid} />
      )}
    </section>
  )
}

function Earned({ status, symbol }: { readonly status: MiningStatus; readonly symbol: string | undefined }) {
  const chain = useChain()
  const earnings = valueIn(useFresh('earnings.watch', chain.stale))
  const mine = (row: { readonly netuid: number; readonly hotkey: string }) =>
    row.netuid === status.netuid && row.hotkey === status.hotkey
  const total = earnings?.totals.find(mine)
  const last = earnings?.rows.find(mine)
  const unit = alphaOf(status.netuid ?? 0, symbol)
  return (
    <section className="pad vrule grid content-start gap-1" aria-label="Earned">
      <h2>Earned</h2>
      {total || last ? (
        <dl className="kv">
          <dt>Last epoch</dt>
          <dd>
            <Amount value={last?.earned} unit={unit} signed />
          </dd>
          <dt>All epochs seen</dt>
          <dd>
            <Amount value={total?.earned} unit={unit} signed />
          </dd>
          <dt>In TAO, at each epoch</dt>
          <dd>
            <Amount value={total?.earnedTao} unit={TAO} why="The price of an epoch was not read" />
          </dd>
        </dl>
      ) : (
        <p className="soft">Nothing yet. Pay comes with an epoch, after validators have asked and set weights.</p>
      )}
      <dl className="kv">
        <dt>Incentive</dt>
        <dd>{status.incentive === undefined ? <Unknown /> : `${((status.incentive / 65_535) * 100).toFixed(2)} %`}</dd>
      </dl>
    </section>
  )
}
