import type { LedgerLine } from '../../../shared/contract/ledger.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeMoment } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { KIND_WORDS } from './kind-words.ts'

interface Words {
  readonly now: number
  readonly money: string
  readonly directory: Directory
  readonly nameOf: (account: string) => string | undefined
}

/** What alpha was worth that came or went without TAO; a reward without a price says so. */
function Worth({ line }: { readonly line: LedgerLine }) {
  if (line.worth !== undefined) return <Amount value={line.worth} unit={TAO} showUnit={false} />
  return line.kind === 'reward' ? <Unknown why="The price was not read at that block" /> : null
}

function columnsOf({ now, money, directory, nameOf }: Words): readonly Column<LedgerLine>[] {
  return [
    { key: 'time', head: 'Time', cell: (line) => <span className="nu nowrap">{writeMoment(line.atMs, now)}</span> },
    {
      key: 'wallet',
      head: 'Wallet',
      hideWhenNarrow: true,
      cell: ({ account }) => {
        const name = nameOf(account)
        return name === undefined ? <ShortAddress address={account} /> : <bdi title={account}>{name}</bdi>
      },
    },
    {
      key: 'kind',
      head: 'What',
      cell: ({ kind }) => <span title={KIND_WORDS[kind].booked}>{KIND_WORDS[kind].name}</span>,
    },
    {
      key: 'subnet',
      head: 'Subnet',
      cell: ({ netuid }) => {
        if (netuid === undefined) return null
        const subnet = directory.get(netuid)
        return <SubnetName netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
      },
    },
    {
      key: 'who',
      head: 'Validator or account',
      hideWhenNarrow: true,
      cell: ({ other, toHotkey, hotkey }) => {
        const shown = other ?? toHotkey ?? hotkey
        return shown && <ShortAddress address={shown} />
      },
    },
    {
      key: 'tao',
      head: money,
      right: true,
      cell: ({ tao }) => (tao === 0n ? null : <Amount value={tao} unit={TAO} showUnit={false} signed />),
    },
    {
      key: 'alpha',
      head: 'Alpha',
      right: true,
      cell: ({ alpha, netuid, kind }) =>
        alpha === 0n || netuid === undefined ? null : (
          <Amount value={alpha} unit={alphaOf(netuid, directory.get(netuid)?.symbol)} signed={kind !== 'opening'} />
        ),
    },
    { key: 'worth', head: `Worth, ${money}`, right: true, hideWhenNarrow: true, cell: (line) => <Worth line={line} /> },
    { key: 'block', head: 'Block', right: true, hideWhenNarrow: true, cell: ({ block }) => <Num value={block} /> },
  ]
}

/** One page of the ledger. */
export function LinesTable({ lines, stale }: { readonly lines: readonly LedgerLine[]; readonly stale: boolean }) {
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const columns = columnsOf({
    now: useNow(30_000),
    money: unitText(TAO, usePlay()),
    directory: useDirectory(),
    nameOf: (account) => wallets.find(({ address }) => address === account)?.name,
  })
  return (
    <DataTable
      caption="History, newest first"
      columns={columns}
      rows={lines}
      rowKey={(line) => line.cursor}
      stale={stale}
    />
  )
}
