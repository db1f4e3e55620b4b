import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { REQUEST_REASONS } from '../../../shared/mining/request-reason.ts'
import { REQUEST_WORDS } from '../../../shared/words/request-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeDuration } from '../../format/time.ts'
import { Amount, alphaOf, Num, TAO, Unknown } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { type Step, Steps } from '../../ui/steps.tsx'
import { Gauges } from './gauges.tsx'
import { ReachMove } from './reach-move.tsx'
import { RequestsTable } from './requests-table.tsx'
import { TokensChart } from './tokens-chart.tsx'

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
  return (
    <>
      <Head
        title={status.state === 'starting' ? 'Starting' : status.state === 'stopping' ? 'Stopping' : 'Mining'}
        age={
          <span className="age clip">
            {status.netuid} <bdi>{cleanName(subnet?.name ?? status.subnetName ?? '')}</bdi>
            {status.model && ` with ${cleanName(status.model.name)}`}
            {status.uid !== undefined && `, uid ${status.uid}`}
            {status.startedAtMs !== undefined && `, for ${writeDuration(now - status.startedAtMs)}`}
          </span>
        }
      >
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
      <div className={stale ? 'mine-three stale' : 'mine-three'}>
        <TokensChart status={status} />
        <Gauges status={status} />
        <div className="pad vrule grid content-start gap-4">
          <Earned status={status} symbol={subnet?.symbol} />
          <Counts status={status} />
        </div>
      </div>
      <ReachMove status={status} />
      <RequestsTable recent={status.recent} />
    </>
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
    <section className="grid gap-1" aria-label="Earned">
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

function Counts({ status }: { readonly status: MiningStatus }) {
  const refused = REQUEST_REASONS.filter((reason) => (status.refused[reason] ?? 0) > 0)
  return (
    <section className="grid gap-1" aria-label="Requests">
      <h2>Requests</h2>
      <dl className="kv">
        <dt>Answered</dt>
        <dd>
          <Num value={status.answered} />
        </dd>
        <dt>Late</dt>
        <dd>
          <Num value={status.late} />
        </dd>
        {refused.map((reason) => (
          <div className="contents" key={reason}>
            <dt>Refused: {REQUEST_WORDS[reason]}</dt>
            <dd>
              <Num value={status.refused[reason] ?? 0} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
