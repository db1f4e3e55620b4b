import type { TransactionRecord } from '../../../shared/transactions/transaction.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortHash } from '../../format/address.ts'
import { hrefOf } from '../../format/route.ts'
import { writeMoment } from '../../format/time.ts'
import { recordWords, STAGE_WORDS } from '../../format/transaction-words.ts'
import { Num } from '../../ui/amount.tsx'
import { Chip, type ChipKind } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FiatNote } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { RecordAmount } from '../../ui/record-amount.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { ReceivedTable } from './received-table.tsx'
import { RecordDrawer } from './record-drawer.tsx'

const STAGE_CHIP: Readonly<Record<TransactionRecord['stage'], ChipKind>> = {
  signed: 'dashed',
  'in-pool': 'dashed',
  'in-block': 'neutral',
  finalized: 'good',
  failed: 'bad',
}

function useColumns(now: number): readonly Column<TransactionRecord>[] {
  const directory = useDirectory()
  return [
    { key: 'time', head: 'Time', cell: (record) => <span className="nu">{writeMoment(record.startedAtMs, now)}</span> },
    { key: 'kind', head: 'What', cell: (record) => recordWords(record) },
    {
      key: 'subnet',
      head: 'Subnet',
      cell: (record) => {
        const subnet = record.netuid === undefined ? undefined : directory.get(record.netuid)
        return record.netuid === undefined ? (
          ''
        ) : (
          <SubnetName inline netuid={record.netuid} name={subnet?.name} symbol={subnet?.symbol} />
        )
      },
    },
    {
      key: 'amount',
      head: 'Amount',
      right: true,
      cell: (record) => (
        <RecordAmount
          record={record}
          symbol={record.netuid === undefined ? undefined : directory.get(record.netuid)?.symbol}
          fiat
        />
      ),
    },
    {
      key: 'block',
      head: 'Block',
      right: true,
      cell: (record) => (record.outcome ? <Num value={record.outcome.block} /> : ''),
    },
    {
      key: 'hash',
      head: 'Hash',
      hideWhenNarrow: true,
      cell: (record) => (record.txHash ? <span className="mono mute">{shortHash(record.txHash)}</span> : ''),
    },
    {
      key: 'stage',
      head: 'Stage',
      cell: (record) => (
        <span className="row chips">
          {record.doubt ? (
            <Chip kind="warn">may not be taken</Chip>
          ) : (
            <Chip kind={STAGE_CHIP[record.stage]}>{STAGE_WORDS[record.stage]}</Chip>
          )}
          {record.error && <span className="mono small mute">{record.error.code}</span>}
        </span>
      ),
    },
  ]
}

export function ActivityView({ open }: { readonly open: string | undefined }) {
  const records = useSubscription('activity.watch')
  const now = useNow(30_000)
  const columns = useColumns(now)
  const list = records.state === 'ready' ? records.value : []
  const chosen = list.find((record) => record.id === open)
  return (
    <>
      <Head title="Activity" age={<span className="age">what was sent from this computer on this network</span>} />
      {records.state === 'loading' && <Loading awaits="the record" rows={6} />}
      {records.state === 'failed' && <Failed error={records.error} />}
      {records.state === 'ready' && list.length === 0 && (
        <Empty title="Nothing was sent yet">
          <p className="soft">Each transaction stays here with what was expected and what happened.</p>
        </Empty>
      )}
      {list.length > 0 && (
        <DataTable
          caption="Transactions, newest first"
          columns={columns}
          rows={list}
          rowKey={(record) => record.id}
          selected={chosen?.id}
          stale={records.state === 'ready' && records.stale}
          rowClass={(record) => (record.stage === 'failed' ? 'redrow' : undefined)}
          onOpen={(record) => {
            location.hash = hrefOf({ view: 'activity', id: record.id })
          }}
        />
      )}
      <ReceivedTable />
      <div className="pad fiat-pad">
        <FiatNote now={now} past />
      </div>
      {chosen && (
        <RecordDrawer
          key={chosen.id}
          record={chosen}
          onClose={() => {
            location.hash = hrefOf({ view: 'activity' })
          }}
        />
      )}
    </>
  )
}
