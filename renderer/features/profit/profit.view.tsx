import { SPANS } from '../../../shared/profit/profit-settings.ts'
import type { ProfitView as Profit } from '../../../shared/profit/profit-view.ts'
import { ruleSentence } from '../../../shared/words/profit-words.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { BreakEvens } from './break-evens.tsx'
import { DaysPart } from './days-part.tsx'
import { GivenForms } from './given-forms.tsx'
import { LinesTable } from './lines-table.tsx'
import { Readout } from './readout.tsx'

/** What mining on this computer brings and costs in a day, and what that was reckoned with. */
export function ProfitView() {
  const chain = useChain()
  const profit = useFresh('profit.watch', chain.stale)
  const now = useNow(10_000)
  return (
    <>
      <Head
        title="Profit"
        age={
          profit.state === 'ready' && <span className="age">reckoned {writeDuration(now - profit.value.atMs)} ago</span>
        }
      >
        <a className="btn" href={hrefOf({ view: 'earnings' })}>
          Earnings
        </a>
        <a className="btn" href={hrefOf({ view: 'mine' })}>
          To the miner
        </a>
      </Head>
      {profit.state === 'loading' && <Loading awaits="the reckoning" rows={6} />}
      {profit.state === 'failed' && <Failed error={profit.error} />}
      {profit.state === 'ready' && (
        <>
          {profit.error && (
            <div className="pad">
              <ErrorNote error={profit.error} />
            </div>
          )}
          <Reckoned view={profit.value} stale={profit.stale} />
        </>
      )}
    </>
  )
}

const SPAN_CHOICES = SPANS.map((days) => ({ value: String(days), text: days === 1 ? '24 hours' : `${days} days` }))

function Reckoned({ view, stale }: { readonly view: Profit; readonly stale: boolean }) {
  const set = useCommand('profit.set')
  const { settings, result, play } = view
  return (
    <div className="mine-two">
      <div className={stale ? 'stale min-w-0' : 'min-w-0'}>
        <div className="pad grid gap-4">
          <Segments
            label="Over which time"
            value={String(settings.spanDays)}
            choices={SPAN_CHOICES}
            onPick={(days) => {
              const spanDays = SPANS.find((one) => String(one) === days)
              if (spanDays) void set.send({ spanDays })
            }}
          />
          {set.error && <ErrorNote error={set.error} />}
          {play && (
            <Note kind="play" title="This is the practice network.">
              <p>Its TAO are worth nothing. With a price of your own, everything here is reckoned as if they were.</p>
            </Note>
          )}
          <RuleNote view={view} />
          {result && <Readout result={result} view={view} />}
        </div>
        {view.offline ? (
          <Empty title="No chain is connected">
            <p className="soft">
              What was mined is reckoned once one is. What power and computer cost, and the rule, you can enter now.
            </p>
          </Empty>
        ) : result ? (
          <>
            <LinesTable result={result} settings={settings} />
            <BreakEvens result={result} settings={settings} />
            <DaysPart result={result} settings={settings} />
          </>
        ) : (
          <Empty title="Nothing was mined in this time">
            <p className="soft">
              While a miner runs, this computer books what it draws by quarters of an hour, and its epochs say what was
              mined. The first result comes after three epochs. What power and computer cost you can enter now.
            </p>
            <a className="btn" href={hrefOf({ view: 'mine' })}>
              To the miner
            </a>
          </Empty>
        )}
      </div>
      <div className="pad vrule grid content-start gap-6 min-w-0">
        <GivenForms view={view} />
      </div>
    </div>
  )
}

/** A pause stands before everything else: it is why nothing is earned. */
function RuleNote({ view: { rule, settings } }: { readonly view: Profit }) {
  const now = useNow(30_000)
  const goOn = useCommand('profit.goOn')
  if (rule.state !== 'paused') return null
  return (
    <div role="status">
      <Note kind="warn" title="Paused: power costs more than mining brings.">
        <p>{ruleSentence(rule, settings.currency, (atMs) => writeMoment(atMs, now))}</p>
        <p>While it is paused it earns nothing, and a place without incentive is replaced sooner.</p>
        <div className="mt-2">
          <Button onPress={() => void goOn.send({})} busyWith={goOn.busy ? 'Going on' : undefined}>
            Go on now
          </Button>
        </div>
      </Note>
      {goOn.error && <ErrorNote error={goOn.error} />}
    </div>
  )
}
