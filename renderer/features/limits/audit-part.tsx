import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { AuditEntry, AuditRole } from '../../../shared/signing/audit.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { writeMoment } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { AuditDrawer } from './audit-drawer.tsx'
import { AuditExport } from './audit-export.tsx'
import { forWhom, whatOf } from './audit-words.ts'

/** Lines on one page. */
const PAGE = 50

function Decision({ entry }: { readonly entry: AuditEntry }) {
  if (entry.decision === 'signed') return <Chip kind="good">signed</Chip>
  if (entry.decision === 'noted') return <Chip kind="dashed">noted</Chip>
  return (
    <span className="row wrap chips">
      <Chip kind="warn">refused</Chip> <span className="mono small">{entry.code}</span>
    </span>
  )
}

const columnsOf = (wallet: WalletView, nowMs: number): readonly Column<AuditEntry>[] => [
  { key: 'at', head: 'Time', cell: (entry) => writeMoment(entry.atMs, nowMs) },
  { key: 'wallet', head: 'Wallet', hideWhenNarrow: true, cell: () => wallet.name },
  { key: 'key', head: 'Key', cell: (entry) => (entry.signer ? (entry.hotkey ?? 'coldkey') : '') },
  { key: 'what', head: 'What', cell: whatOf },
  {
    key: 'whom',
    head: 'For whom',
    hideWhenNarrow: true,
    cell: (entry) => forWhom(entry).map((address) => <ShortAddress key={address} address={address} />),
  },
  {
    key: 'tao',
    head: 'TAO',
    right: true,
    cell: (entry) => (entry.tao === undefined ? '' : <Amount value={entry.tao} unit={TAO} showUnit={false} />),
  },
  { key: 'network', head: 'Network', hideWhenNarrow: true, cell: (entry) => entry.network ?? '' },
  { key: 'decision', head: 'Decision', cell: (entry) => <Decision entry={entry} /> },
]

/** What the signer of a wallet signed and refused, newest first, as its hash-chained log tells. */
export function AuditPart({ wallet }: { readonly wallet: WalletView }) {
  const [role, setRole] = useState<AuditRole>('cold')
  const [before, setBefore] = useState<number>()
  const [open, setOpen] = useState<AuditEntry>()
  const [exporting, setExporting] = useState(false)
  const asked = useQuestion(
    'signer.audit',
    { wallet: wallet.name, role, limit: PAGE, ...(before === undefined ? {} : { before }) },
    { freshForMs: 0 },
  )
  const pick = (next: AuditRole) => {
    setRole(next)
    setBefore(undefined)
  }
  return (
    <>
      <div className="pad row wrap">
        <Segments
          label="Which keys"
          value={role}
          onPick={pick}
          choices={[
            { value: 'cold', text: 'Coldkey' },
            { value: 'hot', text: 'Hotkeys' },
          ]}
        />
        {asked.state === 'ready' && asked.value.total > 0 && (
          <Chip kind="good">
            {asked.value.total === 1
              ? 'one line, unbroken'
              : `${asked.value.total} lines, each follows from the one before`}
          </Chip>
        )}
        <span className="end">
          <Button onPress={() => setExporting(true)}>Export</Button>
        </span>
      </div>
      {asked.state === 'loading' && <Loading awaits="the log" rows={6} />}
      {asked.state === 'failed' && <Failed error={asked.error} again={asked.again} />}
      {asked.state === 'ready' &&
        (asked.value.total === 0 ? (
          <Empty title="Nothing was signed or refused yet">
            <p className="soft">Each line is written before the signature that it tells of leaves the signer.</p>
          </Empty>
        ) : (
          <>
            <DataTable
              caption={`Log of signatures of ${wallet.name}, newest first`}
              columns={columnsOf(wallet, Date.now())}
              rows={asked.value.entries}
              rowKey={(entry) => String(entry.seq)}
              onOpen={setOpen}
              selected={open === undefined ? undefined : String(open.seq)}
            />
            <Pages entries={asked.value.entries} total={asked.value.total} onPage={setBefore} />
          </>
        ))}
      {open && <AuditDrawer entry={open} onClose={() => setOpen(undefined)} />}
      {exporting && <AuditExport wallet={wallet.name} role={role} onClose={() => setExporting(false)} />}
    </>
  )
}

interface PagesProps {
  readonly entries: readonly AuditEntry[]
  readonly total: number
  readonly onPage: (before: number | undefined) => void
}
function Pages({ entries, total, onPage }: PagesProps) {
  const [first, last] = [entries.at(0)?.seq, entries.at(-1)?.seq]
  if (first === undefined || last === undefined || total <= entries.length) return null
  const newer = first + PAGE + 1
  return (
    <nav className="pad row wrap" aria-label="Pages of the log">
      <span className="soft">
        Lines <Num value={last} /> to <Num value={first} /> of <Num value={total} />
      </span>
      <Button
        offBecause={first >= total ? 'These are the newest.' : undefined}
        onPress={() => onPage(newer > total ? undefined : newer)}
      >
        Newer
      </Button>
      <Button offBecause={last <= 1 ? 'These are the oldest.' : undefined} onPress={() => onPage(last)}>
        Older
      </Button>
    </nav>
  )
}
