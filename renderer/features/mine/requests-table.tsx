import { memo, useMemo, useRef } from 'react'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { REQUEST_WORDS } from '../../../shared/words/request-words.ts'
import { writeClock, writeLatency } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/states.tsx'

import { type RequestRow, recentRows } from './recent-rows.ts'

type Request = MiningStatus['recent'][number]
const isAnswered = (request: Request): boolean => request.status >= 200 && request.status < 300

const COLUMNS: readonly Column<RequestRow>[] = [
  {
    key: 'time',
    head: 'Time',
    width: '6.5rem',
    cell: (request) => <span className="nu">{writeClock(request.atMs)}</span>,
  },
  {
    key: 'caller',
    head: 'Validator',
    width: '22%',
    cell: (request) =>
      request.caller ? <ShortAddress address={request.caller} /> : <span className="mute">not signed</span>,
  },
  {
    key: 'tokens',
    head: 'Tokens in, out',
    width: '16%',
    right: true,
    cell: (request) =>
      request.promptTokens === undefined ? '' : `${request.promptTokens}, ${request.completionTokens ?? 'unknown'}`,
  },
  {
    key: 'first',
    head: 'First token',
    width: '13%',
    right: true,
    hideWhenNarrow: true,
    cell: (request) => (request.firstTokenMs === undefined ? '' : writeLatency(request.firstTokenMs)),
  },
  { key: 'total', head: 'Answered in', right: true, width: '13%', cell: (request) => writeLatency(request.totalMs) },
  {
    key: 'result',
    head: 'Result',
    cell: (request) =>
      isAnswered(request) ? (
        'answered'
      ) : (
        <span className="warn">
          {REQUEST_WORDS[request.reason]}, {request.status}
        </span>
      ),
  },
]

/** Not drawn anew while the numbers above it move. */
export const RequestsTable = memo(function RequestsTable({ recent }: { readonly recent: readonly Request[] }) {
  const before = useRef<readonly RequestRow[]>([])
  const rows = useMemo(() => {
    before.current = recentRows(recent, before.current)
    return before.current
  }, [recent])
  if (recent.length === 0)
    return (
      <Empty title="No request yet">
        <p className="soft">Validators find the address on the chain and ask by themselves.</p>
      </Empty>
    )
  return (
    <DataTable
      windowed
      caption="Latest requests, newest first"
      columns={COLUMNS}
      rows={rows}
      rowKey={(request) => request.key}
    />
  )
})
