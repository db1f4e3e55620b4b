import { useState } from 'react'
import { isNetuid, isSs58Shape } from '../../../shared/units/amounts.ts'
import type { Input } from '../../bridge/client.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { Num } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Coverage } from './coverage.tsx'
import { ExportPanel } from './export-panel.tsx'
import { boundsOf, type FilterDraft, Filters, isKind, NO_FILTER } from './filters.tsx'
import { LinesTable } from './lines-table.tsx'

/** As many as a person looks over; the next page costs the same. */
const PAGE = 100

function askOf(draft: FilterDraft, after: string | undefined): Input<'ledger.lines'> | undefined {
  const bounds = boundsOf(draft)
  if (!bounds) return undefined
  const netuid = draft.netuid === '' ? undefined : Number(draft.netuid)
  return {
    limit: PAGE,
    ...bounds,
    ...(isSs58Shape(draft.account) ? { account: draft.account } : {}),
    ...(isKind(draft.kind) ? { kind: draft.kind } : {}),
    ...(isNetuid(netuid) ? { netuid } : {}),
    ...(after === undefined ? {} : { after }),
  }
}

/** What happened to own accounts, line by line, and files of it. */
export function HistoryView() {
  const { stale } = useChain()
  const [draft, setDraft] = useState(NO_FILTER)
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
      </Head>
      {status && (
        <div className="pad grid gap-2 empty:hidden">
          <Coverage status={status} nameOf={nameOf} />
        </div>
      )}
      <Filters draft={draft} onChange={setDraft} />
      {/* Another filter begins at its own newest line. */}
      <Lines key={JSON.stringify(draft)} draft={draft} stale={stale} />
      <ExportPanel account={isSs58Shape(draft.account) ? draft.account : undefined} />
    </>
  )
}

interface LinesProps {
  readonly draft: FilterDraft
  readonly stale: boolean
}

function Lines({ draft, stale }: LinesProps) {
  /** Where each page so far began; the last one is shown. */
  const [starts, setStarts] = useState<readonly (string | undefined)[]>([undefined])
  const ask = askOf(draft, starts.at(-1))
  const page = useQuestion('ledger.lines', ask, { freshForMs: 0, everyMs: starts.length === 1 ? 6_000 : 60_000 })
  if (ask === undefined) return null
  if (page.state === 'loading') return <Loading awaits="the history" rows={6} />
  if (page.state === 'failed') return <Failed error={page.error} again={page.again} />
  if (page.state === 'idle') return null
  const { lines, next } = page.value
  const isFiltered = Object.values(draft).some((value) => value !== '')
  if (lines.length === 0)
    return (
      <Empty title={isFiltered ? 'Nothing matches' : 'Nothing happened yet'}>
        <p className="soft">
          {isFiltered
            ? 'No line of the history is as asked. Take a filter away.'
            : 'Each transfer, trade, fee and reward of your wallets becomes a line here while the app runs.'}
        </p>
      </Empty>
    )
  return (
    <div>
      <LinesTable lines={lines} stale={stale} />
      <div className="pad rowline">
        <Button
          onPress={() => setStarts(starts.slice(0, -1))}
          offBecause={starts.length === 1 ? 'These are the newest lines.' : undefined}
        >
          Newer
        </Button>
        <Button
          onPress={() => setStarts([...starts, next])}
          offBecause={next === undefined ? 'These are the oldest lines.' : undefined}
        >
          Older
        </Button>
        <span className="mute">Page {starts.length}</span>
      </div>
    </div>
  )
}
