import { useMemo, useState } from 'react'
import { type MarketSampleView, MOST_PAST_BLOCKS } from '../../../shared/contract/markets.contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Netuid } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { Amount, Num, TAO, unitText } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { Segments } from '../../ui/segments.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { historyChart } from './history-chart.ts'
import { HistoryFigures } from './history-figures.tsx'

type SpanName = 'day' | 'week' | 'month' | 'year'
const DAY_MS = 86_400_000
const DAYS: Readonly<Record<SpanName, number>> = { day: 1, week: 7, month: 30, year: 365 }
const MINUTE_MS = 60_000
/** Half of what may be asked at once: a public endpoint answers one request a second. */
const PAST_POINTS = MOST_PAST_BLOCKS / 2
/** Block hash, state and price. */
const REQUESTS_EACH = 3
const MOST_ROWS = 200

function usePast(netuid: Netuid, again: () => void) {
  const { send, busy, error } = useCommand('market.fetchPast')
  const [told, setTold] = useState<{ read: number; asked: number; error?: AppError }>()
  const [of, setOf] = useState('')
  const settings = useCommand('settings.change')
  const ask = async (span: number, archive: string) => {
    setTold(undefined)
    setOf(archive)
    const answer = await send({ netuid, span, points: PAST_POINTS, ...(archive === '' ? {} : { archive }) })
    if (answer.ok && archive !== '') void settings.send({ archive })
    if (answer.ok) {
      const { read, asked, error: why } = answer.value
      setTold({ read, asked, ...(why ? { error: why } : {}) })
    }
    again()
  }
  return { ask, busy, error: error ?? told?.error, told, of }
}

/**
 * Price, depth and flow, from what this app recorded; older blocks on request, where the node still has them.
 * @param props.born block of its registration
 */
export function HistoryPart({ netuid, born }: { readonly netuid: Netuid; readonly born: number }) {
  const { block, blockMs } = useChain()
  const [span, setSpan] = useState<SpanName>('day')
  const [form, setForm] = useState<'chart' | 'table'>('chart')
  const blocks = Math.max(1, Math.round((DAYS[span] * DAY_MS) / blockMs))
  const history = useQuestion('market.history', { netuid }, { freshForMs: MINUTE_MS, everyMs: MINUTE_MS })
  const past = usePast(netuid, history.again)
  const settings = valueIn(useSubscription('settings.watch'))
  const [typed, setArchive] = useState<string>()
  const archive = (typed ?? settings?.archive ?? '').trim()
  const samples = history.state === 'ready' ? history.value.samples : NONE
  const to = Math.max(block ?? 0, samples.at(-1)?.block ?? 0)
  const from = Math.max(0, to - blocks)
  // What was recorded before is of another subnet, which had this number until it was removed.
  const first = Math.max(from, born)
  const shown = useMemo(() => samples.filter((sample) => sample.block >= first), [samples, first])
  return (
    <section className="rule">
      <div className="pad row wrap">
        <h2>What was recorded</h2>
        <span className="end row wrap">
          <Segments
            label="How far back"
            value={span}
            onPick={setSpan}
            choices={[
              { value: 'day', text: '1 day' },
              { value: 'week', text: '7 days' },
              { value: 'month', text: '30 days' },
              { value: 'year', text: '1 year' },
            ]}
          />
          <Segments
            label="In which form"
            value={form}
            onPick={setForm}
            choices={[
              { value: 'chart', text: 'Chart' },
              { value: 'table', text: 'Table' },
            ]}
          />
        </span>
      </div>
      {history.state === 'loading' && <Loading awaits="what was recorded" rows={3} />}
      {history.state === 'failed' && <Failed error={history.error} again={history.again} />}
      {history.state === 'ready' &&
        (form === 'chart' ? (
          <Chart samples={shown} from={from} to={to} blockMs={blockMs} />
        ) : (
          <SamplesTable samples={shown} />
        ))}
      <div className="pad grid gap-3">
        <p className="mute small">
          This app looks at the market every few minutes while it is connected, and keeps what it saw on this computer.
          Hatched parts were not recorded. An archive node, one that keeps all state, can still tell of them.
        </p>
        <div className="max-w-120">
          <Field
            label="Archive node (empty: the connected node)"
            value={typed ?? settings?.archive ?? ''}
            onType={setArchive}
            placeholder="wss://archive.chain.opentensor.ai:443"
            mono
            wrong={archive === '' || /^wss?:\/\//.test(archive) ? undefined : 'An address begins with wss:// or ws://.'}
          />
        </div>
        <div>
          <Button
            onPress={() => void past.ask(blocks, archive)}
            busyWith={past.busy ? 'Reads older blocks' : undefined}
            offBecause={block === undefined ? 'No network answers.' : undefined}
          >
            Ask {archive === '' ? 'this node' : 'the archive'} for {PAST_POINTS} older blocks
          </Button>{' '}
          <span className="mute small">
            about {PAST_POINTS * REQUESTS_EACH} requests, within what the endpoint allows
          </span>
        </div>
        {past.told && (
          <Note
            title={
              past.told.asked === 0
                ? 'Nothing is missing in this span.'
                : `${past.told.read} of ${past.told.asked} blocks were read and are recorded.`
            }
          >
            {isForgotten(past.error) && <p>{forgotten(past.of)}</p>}
          </Note>
        )}
        {past.error && !past.told && isForgotten(past.error) && (
          <Note kind="warn" title="Nothing was read.">
            <p>{forgotten(past.of)}</p>
          </Note>
        )}
        {past.error && !isForgotten(past.error) && <ErrorNote error={past.error} />}
      </div>
    </section>
  )
}

const NONE: readonly MarketSampleView[] = []
/** @param archive its address; empty: the connected node was asked */
const forgotten = (archive: string): string =>
  archive === ''
    ? 'This node has forgotten the older blocks: a plain node keeps about the last hour. Name an archive node above, then ask again.'
    : `The endpoint ${archive} is no archive: it has forgotten the older blocks. Name another one.`

/** The adapter names the block whose state is gone; a runtime that lacks something is named by other words. */
const isForgotten = (error: AppError | undefined): boolean =>
  error?.code === 'chain/unsupported' && error.missing.some((name) => /^(state of )?block \d+/.test(name))

interface ChartProps {
  readonly samples: readonly MarketSampleView[]
  readonly from: number
  readonly to: number
  readonly blockMs: number
}
function Chart({ samples, from, to, blockMs }: ChartProps) {
  const chart = useMemo(() => historyChart(samples, { from, to }), [samples, from, to])
  return (
    <div className="pad history-charts">
      <HistoryFigures chart={chart} />
      <div className="row mute tick">
        <span>
          block <Num value={from} />, about {writeDuration((to - from) * blockMs)} ago
        </span>
        <span className="end">
          block <Num value={to} />
        </span>
      </div>
    </div>
  )
}

const columnsFor = (money: string, now: number): readonly Column<MarketSampleView>[] => [
  { key: 'block', head: 'Block', right: true, cell: (sample) => <Num value={sample.block} /> },
  { key: 'time', head: 'Time', cell: (sample) => <span className="nu">{writeMoment(sample.atMs, now)}</span> },
  {
    key: 'price',
    head: `Price, ${money}`,
    right: true,
    cell: ({ price }) => <Amount value={price} unit={TAO} showUnit={false} why="The chain gave no price" />,
  },
  {
    key: 'pool',
    head: `In the pool, ${money}`,
    right: true,
    cell: ({ taoReserve }) => <Amount value={taoReserve} unit={TAO} showUnit={false} />,
  },
  {
    key: 'volume',
    head: `Traded since the start, ${money}`,
    right: true,
    hideWhenNarrow: true,
    cell: ({ volume }) => <Amount value={volume} unit={TAO} showUnit={false} decimals={3} />,
  },
]

function SamplesTable({ samples }: { readonly samples: readonly MarketSampleView[] }) {
  const now = useNow(MINUTE_MS)
  const money = unitText(TAO, usePlay())
  const newest = samples.slice(-MOST_ROWS).reverse()
  return (
    <>
      <DataTable
        caption="Recorded looks, newest first"
        columns={columnsFor(money, now)}
        rows={newest}
        rowKey={(sample) => String(sample.block)}
      />
      {samples.length > newest.length && (
        <p className="pad mute small">
          The newest {MOST_ROWS} of {samples.length}.
        </p>
      )}
    </>
  )
}
