import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { REQUEST_WORDS } from '../../../shared/words/request-words.ts'
import { writeClock, writeLatency } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/states.tsx'

type Request = MiningStatus['recent'][number]
const isAnswered = (request: Request): boolean => request.status >= 200 && request.status < 300

const COLUMNS: readonly Column<Request>[] = [
  { key: 'time', head: 'Time', cell: (request) => <span className="nu">{writeClock(request.atMs)}</span> },
  {
    key: 'caller',
    head: 'Validator',
    cell: (request) =>
      request.caller ? <ShortAddress address={request.caller} /> : <span className="mute">not signed</span>,
  },
  {
    key: 'tokens',
    head: 'Tokens in, out',
    right: true,
    cell: (request) =>
      request.promptTokens === undefined ? '' : `${request.promptTokens}, ${request.completionTokens ?? 'unknown'}`,
  },
  {
    key: 'first',
    head: 'First token',
    right: true,
    hideWhenNarrow: true,
    cell: (request) => (request.firstTokenMs === undefined ? '' : writeLatency(request.firstTokenMs)),
  },
  { key: 'total', head: 'Answered in', right: true, cell: (request) => writeLatency(request.totalMs) },
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

export function RequestsTable({ recent }: { readonly recent: readonly Request[] }) {
  if (recent.length === 0)
    return (
      <div className="rule">
        <Empty title="No request yet">
          <p className="soft">Validators find the address on the chain and ask by themselves.</p>
        </Empty>
      </div>
    )
  const keyed = recent.map((request, index) => ({ ...request, key: `${request.atMs}/${recent.length - index}` }))
  return (
    <div className="rule">
      <DataTable
        caption="Latest requests, newest first"
        columns={COLUMNS as readonly Column<(typeof keyed)[number]>[]}
        rows={keyed}
        rowKey={(request) => request.key}
      />
    </div>
  )
}
