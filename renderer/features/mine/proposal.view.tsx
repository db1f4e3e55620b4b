import { useState } from 'react'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import type { GoView, Proposal } from '../../../shared/contract/one-click.contract.ts'
import type { Candidate } from '../../../shared/mining/propose.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBytes } from '../../format/time.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { AcceptLicence } from './accept-licence.tsx'
import { GoStepsRow } from './go-steps.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { type Reason, Reasons } from './reasons.tsx'

export interface ProposalViewProps {
  readonly view: GoView
  readonly status: MiningStatus
}
/** What one press would begin, and why. Nothing is spent before it is asked. */
export function ProposalView({ view, status }: ProposalViewProps) {
  const { userChoosesOtherwise } = useMineDraft()
  const answer = useQuestion('oneClick.propose', {}, { everyMs: 15_000 })
  return (
    <>
      <Head title="Mine" age={<span className="age">nothing is served, nothing is spent</span>}>
        <Button onPress={() => userChoosesOtherwise(true)}>Choose otherwise</Button>
      </Head>
      {status.error && (
        <div className="pad">
          <ErrorNote error={status.error} />
        </div>
      )}
      <GoStepsRow view={view} />
      {answer.state === 'loading' && <Loading awaits="what this computer and this wallet could mine" rows={4} />}
      {answer.state === 'failed' && <Failed error={answer.error} again={answer.again} />}
      {answer.state === 'ready' && <Proposed proposal={answer.value} />}
    </>
  )
}

const keyOf = ({ netuid, adapter, modelId, hotkey }: Candidate): string =>
  [netuid, adapter, modelId ?? '', hotkey ?? ''].join('/')

function Proposed({ proposal }: { readonly proposal: Proposal }) {
  const [picked, setPicked] = useState<string>()
  const offered = proposal.candidates.filter(({ proposable }) => proposable)
  const chosen = offered.find((one) => keyOf(one) === picked) ?? offered[0]
  if (!chosen) return <NothingProposed proposal={proposal} />
  return (
    <div className="mine-two">
      <div className="pad grid content-start gap-4">
        <CandidateView candidate={chosen} isFirst={chosen === offered[0]} />
        {offered.length > 1 && (
          <details>
            <summary>{offered.length - 1} others that fit</summary>
            <fieldset className="grid gap-2 mt-2" aria-label="What else fits">
              {offered.map((one) => (
                <label key={keyOf(one)} className="pick">
                  <input
                    type="radio"
                    name="candidate"
                    checked={one === chosen}
                    onChange={() => setPicked(keyOf(one))}
                  />
                  <span>
                    {one.netuid} <bdi>{cleanName(one.subnetName)}</bdi> with{' '}
                    {cleanName(one.modelName ?? one.adapterTitle)}
                    <span className="mute small">
                      {one.downloadBytes > 0 && `, ${writeBytes(one.downloadBytes)} to download`}, hotkey{' '}
                      {cleanName(one.hotkeyName)}
                      {one.uid !== undefined && `, uid ${one.uid}`}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
          </details>
        )}
      </div>
      <GoPanel candidate={chosen} asks={proposal.asks} />
    </div>
  )
}

const reasonsOf = ({ good, bad }: Candidate): readonly Reason[] => [
  ...good.map((text): Reason => ({ kind: 'good', text })),
  ...bad.map((text): Reason => ({ kind: 'warn', text })),
]

function CandidateView({ candidate, isFirst }: { readonly candidate: Candidate; readonly isFirst: boolean }) {
  const symbol = useDirectory().get(candidate.netuid)?.symbol
  const { modelName, hotkey, hotkeyName, uid, price, downloadBytes } = candidate
  return (
    <section className="grid gap-3" aria-label="Proposal">
      <h2 className="propose-title">
        {isFirst ? 'Proposed: ' : 'Chosen: '}
        <bdi>{cleanName(candidate.subnetName)}</bdi> with {cleanName(modelName ?? candidate.adapterTitle)}
      </h2>
      <dl className="kv">
        <dt>Subnet</dt>
        <dd>
          <SubnetName inline netuid={candidate.netuid} name={candidate.subnetName} symbol={symbol} />
        </dd>
        <dt>Adapter</dt>
        <dd>{cleanName(candidate.adapterTitle)}</dd>
        <dt>Model</dt>
        <dd>
          {cleanName(modelName ?? 'none is needed')}
          {downloadBytes > 0 && `, ${writeBytes(downloadBytes)} to download`}
        </dd>
        <dt>Hotkey</dt>
        <dd>
          {cleanName(hotkeyName)}
          {hotkey === undefined ? ', which is made now' : uid === undefined ? '' : `, uid ${uid}`}
        </dd>
        <dt>A place, now</dt>
        <dd>
          {uid === undefined ? (
            <Amount value={price} unit={TAO} why="The chain gave no price" />
          ) : (
            'is yours: nothing is spent'
          )}
        </dd>
      </dl>
      <Reasons label="Reasons for and against" reasons={reasonsOf(candidate)} />
    </section>
  )
}

interface GoPanelProps {
  readonly candidate: Candidate
  readonly asks: readonly string[]
}
function GoPanel({ candidate, asks }: GoPanelProps) {
  const chain = useChain()
  const go = useCommand('oneClick.go')
  const [accepts, setAccepts] = useState(false)
  const { netuid, adapter, modelId, hotkey, licence, downloadBytes, modelName } = candidate
  const needsLicence = downloadBytes > 0 && licence !== undefined
  const off = chain.stale
    ? 'The chain data is old. It waits for a new block.'
    : needsLicence && !accepts
      ? 'Accept the licence of the model first.'
      : undefined
  const press = () =>
    void go.send({
      netuid,
      adapter,
      ...(modelId === undefined ? {} : { modelId }),
      ...(hotkey === undefined ? {} : { hotkey }),
      ...(needsLicence ? { acceptLicence: licence } : {}),
    })
  return (
    <div className="pad vrule grid content-start gap-4">
      <h2>One press</h2>
      <p className="soft">
        It checks this computer and the subnet, {downloadBytes > 0 ? 'downloads the model, ' : ''}measures how fast the
        model is here, and then asks you before anything is spent.
      </p>
      {asks.length > 0 && (
        <p className="mute small">
          To see whether validators can reach this computer, these are asked: {asks.join(', ')}.
        </p>
      )}
      {needsLicence && (
        <AcceptLicence licence={licence} model={modelName ?? ''} accepts={accepts} onChange={setAccepts} />
      )}
      {go.error && <ErrorNote error={go.error} />}
      <div className="grid gap-1">
        <Button kind="main" large offBecause={off} busyWith={go.busy ? 'Choosing' : undefined} onPress={press}>
          {chain.play ? 'Mine this with play money' : 'Mine this'}
        </Button>
        <span className="why">{off ?? 'Nothing is spent before you confirm it.'}</span>
      </div>
    </div>
  )
}

function NothingProposed({ proposal }: { readonly proposal: Proposal }) {
  const { userChoosesOtherwise } = useMineDraft()
  const practise = useCommand('network.select')
  const best = proposal.candidates[0]
  return (
    <div className="mine-two">
      <div className="pad grid content-start gap-4">
        <h2 className="propose-title">Nothing is proposed here</h2>
        <p className="soft">{proposal.nothing}</p>
        {best && (
          <>
            <h3>The nearest: {cleanName(best.subnetName)}</h3>
            <Reasons label="Reasons for and against the nearest" reasons={reasonsOf(best)} />
          </>
        )}
      </div>
      <div className="pad vrule grid content-start gap-4">
        <Note kind="plain" title="Practise instead, it costs nothing.">
          <p>Practice runs on this computer alone. One press mines there, with money that is worth nothing.</p>
        </Note>
        {practise.error && <ErrorNote error={practise.error} />}
        <div className="rowline">
          <Button
            kind="main"
            large
            busyWith={practise.busy ? 'Starting practice' : undefined}
            onPress={() => void practise.send({ kind: 'practice' })}
          >
            Practise instead
          </Button>
          <Button onPress={() => userChoosesOtherwise(true)}>Choose by hand</Button>
        </div>
      </div>
    </div>
  )
}
