import type { CareState } from '../../../shared/care/care-state.ts'
import { blindSentence, unknownSentence } from '../../../shared/words/care-words.ts'
import { holdSentence } from '../../../shared/words/hold-words.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { ErrorNote, Note } from '../../ui/note.tsx'

/** What is done about the miner now, and why: the loudest first. */
export function CareNotes({ state, runs }: { readonly state: CareState; readonly runs: boolean }) {
  const { restarts, reasons, blind, rule } = state
  return (
    <>
      {restarts.gaveUpAtMs !== undefined && <GaveUp state={state} />}
      {restarts.gaveUpAtMs === undefined && restarts.deaths.length > 0 && <Restarting state={state} />}
      {reasons.length > 0 && (
        <div role="status">
          <Note
            kind="warn"
            title={runs ? 'The miner is held: callers are asked to wait.' : 'A miner would be held now.'}
          >
            {reasons.map((reason) => (
              <p key={`${reason.kind} ${'part' in reason ? reason.part : ''}`}>{holdSentence(reason)}</p>
            ))}
          </Note>
        </div>
      )}
      {rule.state === 'refused' && (
        <ErrorNote error={rule.error}>
          <p className="small">The rule tries again at {writeMoment(rule.againAtMs, Date.now())}.</p>
        </ErrorNote>
      )}
      {rule.state === 'runs' && (
        <Note title="Started by rule.">
          <p>You did not start this miner by hand: the rule below did.</p>
        </Note>
      )}
      {blind.length > 0 && (
        <Note kind="warn" title="Not all that was asked for can be watched.">
          {blind.map((one) => (
            <p key={`${one.rule} ${one.part}`}>
              {blindSentence(one)} <span className="mute">{unknownSentence(one.why, 'Its sensor')}</span>
            </p>
          ))}
        </Note>
      )}
    </>
  )
}

function GaveUp({ state: { restarts } }: { readonly state: CareState }) {
  const last = restarts.deaths.at(-1)
  return (
    <div role="alert">
      <Note kind="bad" title="The miner stays stopped, and needs you.">
        <p>
          Its workers died {restarts.deaths.length} times within an hour, so starting them again and again would not
          help.
          {last && ` The last one: ${last.worker}, ${last.reason}.`}
        </p>
        <p>
          Look for what kills them, such as too little memory, and start the miner by hand. The wallet was not touched.
        </p>
      </Note>
    </div>
  )
}

function Restarting({ state: { restarts } }: { readonly state: CareState }) {
  const now = useNow()
  const count = restarts.deaths.length
  const again = restarts.againAtMs
  return (
    <Note kind="warn" title={`A worker died ${count === 1 ? 'once' : `${count} times`} within the last hour.`}>
      <p>
        {again === undefined
          ? 'It was started again by itself.'
          : `It is started again in ${writeDuration(again - now)}.`}{' '}
        With the fifth time the miner stays stopped.
      </p>
    </Note>
  )
}
