import { useState } from 'react'
import type { ReachState } from '../../../shared/contract/reach.contract.ts'
import { LOWEST_PROBED_PORT } from '../../../shared/reach/probe-frames.ts'
import { REACH_WORDS, reasonSentences } from '../../../shared/words/reach-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { ReachAsked } from './reach-asked.tsx'
import { ReachHelping } from './reach-helping.tsx'

const CHIP = {
  reachable: { kind: 'good', word: 'reachable' },
  'not-reachable': { kind: 'bad', word: 'not reachable' },
  unknown: { kind: 'dashed', word: 'unknown' },
} as const

/** The port that the miner will listen on: what was typed, else the setting. */
export function useMinerPort(): number | undefined {
  const typed = useMineDraft().port
  const settings = valueIn(useSubscription('settings.watch'))
  const text = (typed ?? String(settings?.minerPort ?? 8091)).trim()
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= LOWEST_PROBED_PORT && port <= 65_535 ? port : undefined
}

/** Whether validators could call this computer: asked for by a press, shown before money is spent. */
export function ReachPanel() {
  const state = useSubscription('reach.watch')
  if (state.state === 'loading') return <Loading awaits="what is known of the way here" rows={2} />
  if (state.state === 'failed') return <Failed error={state.error} />
  return <Reach state={state.value} />
}

function Reach({ state }: { readonly state: ReachState }) {
  const port = useMinerPort()
  const check = useCommand('reach.check')
  const close = useCommand('reach.close')
  const { userTypedAddress } = useMineDraft()
  const [openPort, setOpenPort] = useState(false)
  const { report, opened } = state
  const asking = state.state === 'asking'
  const go = async () => {
    if (port === undefined) return
    const done = await check.send({ port, openPort })
    const best = done.ok ? done.value.report?.verdict.best : undefined
    if (best?.address !== undefined && best.says !== 'not-reachable') userTypedAddress(best.address)
  }
  const off = port === undefined ? `The check needs a port from ${LOWEST_PROBED_PORT} to 65535.` : undefined
  return (
    <section className="grid gap-3" aria-label="Way in from the internet">
      <h2>Can validators reach you?</h2>
      {report ? (
        <Found report={report} />
      ) : (
        <p className="soft">
          Validators call the miner from outside. Most homes let nobody in by themselves, so look before you pay for a
          place.
        </p>
      )}
      {opened && (
        <div className="row wrap">
          <span className="soft small grow">
            The router keeps port {opened.outer} open for this computer
            {opened.untilMs === undefined ? ' until it is closed.' : ' and is asked again before it ends.'}
          </span>
          <Button onPress={() => void close.send({})} busyWith={close.busy ? 'Closing' : undefined}>
            Close the port
          </Button>
        </div>
      )}
      {!opened && (
        <label className="pick">
          <input type="checkbox" checked={openPort} onChange={(event) => setOpenPort(event.target.checked)} />
          <span>Have the router open port {port ?? '(not chosen)'} to the internet, while this app runs.</span>
        </label>
      )}
      <ReachAsked asks={state.asks} />
      {check.error && <ErrorNote error={check.error} />}
      {close.error && <ErrorNote error={close.error} />}
      <div className="grid gap-1">
        <Button
          offBecause={off}
          busyWith={asking ? 'Asking, up to half a minute' : undefined}
          onPress={() => void go()}
        >
          {report ? 'Check again' : 'Check now'}
        </Button>
        {off && <span className="why">{off}</span>}
      </div>
      <ReachHelping helping={state.helping} address={report?.verdict.best?.address} />
    </section>
  )
}

function Found({ report }: { readonly report: NonNullable<ReachState['report']> }) {
  const now = useNow(10_000)
  const { verdict, facts, atMs, port } = report
  const { title, next } = REACH_WORDS[verdict.says]
  const kind = verdict.says === 'not-reachable' ? 'bad' : verdict.says === 'unknown' ? 'warn' : 'plain'
  return (
    <>
      <div role="status">
        <Note kind={kind} title={title}>
          <p>{next}</p>
          <p className="small mute">
            Checked for port {port}, {writeDuration(now - atMs)} ago. An address or a router can change at any time.
          </p>
        </Note>
      </div>
      {verdict.families.map((one) => {
        const { kind: chip, word } = CHIP[one.says]
        const fact = facts.find(({ family }) => family === one.family)
        const none = one.reasons.includes('no-address')
        return (
          <div key={one.family} className="grid gap-1">
            <p className="row wrap">
              <b className="strong">IPv{one.family}</b>
              {none ? <Chip kind="neutral">none here</Chip> : <Chip kind={chip}>{word}</Chip>}
              {one.address !== undefined && <span className="mono break">{one.address}</span>}
              {one.address !== undefined && one.port !== undefined && <span className="soft">port {one.port}</span>}
            </p>
            <ul className="soft small">
              {reasonSentences(one, fact).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        )
      })}
    </>
  )
}
