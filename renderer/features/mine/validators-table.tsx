import { useMemo } from 'react'
import type { MonitorView } from '../../../shared/contract/monitor.contract.ts'
import type { Netuid } from '../../../shared/units/amounts.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeClock, writeLatency } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Num } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/states.tsx'

type Caller = MonitorView['callers'][number]
const MINUTES_5 = 300_000

/** Names that validators gave themselves on the chain. */
function useNames(netuid: Netuid | undefined): ReadonlyMap<string, string> {
  const answer = useQuestion('subnets.validators', netuid === undefined ? undefined : { netuid }, {
    freshForMs: MINUTES_5,
  })
  const list = answer.state === 'ready' ? answer.value : undefined
  return useMemo(
    () => new Map((list ?? []).map(({ hotkey, name }) => [hotkey as string, cleanName(name ?? '')])),
    [list],
  )
}

const columnsOf = (names: ReadonlyMap<string, string>): readonly Column<Caller>[] => [
  {
    key: 'who',
    head: 'Who',
    cell: ({ hotkey }) => (
      <span className="row">
        {names.get(hotkey) && <bdi className="clip">{names.get(hotkey)}</bdi>}
        <ShortAddress address={hotkey} />
      </span>
    ),
  },
  {
    key: 'requests',
    head: 'Requests',
    right: true,
    compare: (a, b) => a.requests - b.requests,
    cell: ({ requests }) => <Num value={requests} />,
  },
  {
    key: 'answered',
    head: 'Answered',
    right: true,
    compare: (a, b) => a.answered - b.answered,
    cell: ({ answered }) => <Num value={answered} />,
  },
  {
    key: 'median',
    head: 'Half answered in',
    right: true,
    hideWhenNarrow: true,
    cell: ({ medianMs }) => (medianMs === undefined ? 'unknown' : writeLatency(medianMs)),
  },
  {
    key: 'last',
    head: 'Last seen',
    right: true,
    compare: (a, b) => a.lastSeenMs - b.lastSeenMs,
    cell: ({ lastSeenMs }) => <span className="nu">{writeClock(lastSeenMs)}</span>,
  },
]

export interface ValidatorsTableProps {
  readonly view: MonitorView | undefined
  readonly netuid: Netuid | undefined
}

/** Who asked with a good signature since the app was started, the busiest first. */
export function ValidatorsTable({ view, netuid }: ValidatorsTableProps) {
  const names = useNames(netuid)
  const columns = useMemo(() => columnsOf(names), [names])
  const callers = view?.callers ?? []
  if (callers.length === 0)
    return (
      <Empty title="Nobody was seen yet">
        <p className="soft">Whoever asks with a good signature stands here, with how often it got an answer.</p>
      </Empty>
    )
  return (
    <>
      <DataTable
        caption="Validators seen since the app was started, the busiest first"
        columns={columns}
        rows={callers}
        rowKey={({ hotkey }) => hotkey}
      />
      {view && view.callersSeen > callers.length && (
        <p className="pad soft small">
          The {callers.length} busiest of {view.callersSeen}.
        </p>
      )}
    </>
  )
}
