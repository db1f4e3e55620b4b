import { useMemo, useRef, useState } from 'react'
import { isNetuid, isSs58Shape } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { Num } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { FiatNote } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Coverage } from './coverage.tsx'
import { ExportPanel } from './export-panel.tsx'
import { boundsOf, type FilterDraft, Filters, isFiltered, isKind, NO_FILTER } from './filters.tsx'
import { GapPositions } from './gap-positions.tsx'
import { LinesTable } from './lines-table.tsx'
import { countOf, MOST_ROWS } from './page-list.ts'
import { type Ask, usePageList } from './use-page-list.ts'

function askOf(draft: FilterDraft): Ask | undefined {
  const bounds = boundsOf(draft)
  if (!bounds) return undefined
  const netuid = draft.netuid === '' ? undefined : Number(draft.netuid)
  return {
    order: draft.order,
    ...bounds,
    ...(isSs58Shape(draft.account) ? { account: draft.account } : {}),
    ...(isKind(draft.kind) ? { kind: draft.kind } : {}),
    ...(isNetuid(netuid) ? { netuid } : {}),
  }
}

/** What happened to own accounts, line by line, and files of it. */
export function HistoryView() {
  const { stale } = useChain()
  const [draft, setDraft] = useState(NO_FILTER)
  const [files, setFiles] = useState(false)
  const now = useNow(60_000)
  const ask = useMemo(() => askOf(draft), [draft])
  const status = valueIn(useSubscription('ledger.status'))
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const nameOf = (account: string) => wallets.find(({ address }) => address === account)?.name ?? shortAddress(account)
  const since = status?.accounts.flatMap(({ spans }) => spans.slice(0, 1)).map(({ from }) => from)
  return (
    <>
      <Head title="History">
        {since && since.length > 0 && (
          <span className="mute">
            recorded since block <Num value={Math.min(...since)} />
          </span>
        )}
        <Button onPress={() => setFiles(!files)}>{files ? 'Hide the files' : 'Files for a spreadsheet'}</Button>
      </Head>
      {status && (
        <div className="pad grid gap-2 empty:hidden">
          <Coverage status={status} nameOf={nameOf} />
        </div>
      )}
      {files && <ExportPanel account={isSs58Shape(draft.account) ? draft.account : undefined} />}
      <GapPositions nameOf={nameOf} />
      <Filters draft={draft} onChange={setDraft} />
      <div className="pad fiat-pad">
        <FiatNote now={now} past />
      </div>
      {/* Another filter begins at its own first line. */}
      {ask && <Lines key={JSON.stringify(draft)} ask={ask} isFiltered={isFiltered(draft)} stale={stale} />}
    </>
  )
}

interface LinesProps {
  readonly ask: Ask
  readonly isFiltered: boolean
  readonly stale: boolean
}

/** Less than some rows are scrolled away. */
const NEAR_PX = 300
function isAtTop(table: HTMLElement | null): boolean {
  const region = table?.closest('.main')
  if (!table || !region) return true
  return table.getBoundingClientRect().top > region.getBoundingClientRect().top - NEAR_PX
}

function Lines({ ask, isFiltered, stale }: LinesProps) {
  const top = useRef<HTMLDivElement>(null)
  const { list, behind, showNewest, onSight, error, again } = usePageList(ask, () => isAtTop(top.current))
  if (list.state === 'loading') return <Loading awaits="the history" rows={6} />
  if (list.state === 'failed') return <Failed error={list.error} again={again} />
  if (countOf(list.value) === 0 && list.value.lastPage !== undefined)
    return (
      <Empty title={isFiltered ? 'Nothing matches' : 'Nothing happened yet'}>
        <p className="soft">
          {isFiltered
            ? 'No line of the history is as asked. Take a filter away.'
            : 'Each transfer, trade, fee and reward of your wallets becomes a line here while the app runs.'}
        </p>
      </Empty>
    )
  const toTop = () => {
    showNewest()
    top.current?.scrollIntoView()
  }
  return (
    <div ref={top}>
      {behind && (
        <div className="row behind" role="status">
          <span>The history changed.</span>
          <Button onPress={toTop}>Show it from its start</Button>
        </div>
      )}
      <LinesTable list={list.value} stale={stale} order={ask.order ?? 'newest'} onSight={onSight} />
      {error && (
        <div className="pad grid gap-2">
          <ErrorNote error={error} />
          <div>
            <Button onPress={again}>Ask again</Button>
          </div>
        </div>
      )}
      {countOf(list.value) >= MOST_ROWS && (
        <p className="pad soft">
          A list ends after <Num value={MOST_ROWS} /> lines. Begin at the other end, or name a day, to see the others.
        </p>
      )}
    </div>
  )
}
