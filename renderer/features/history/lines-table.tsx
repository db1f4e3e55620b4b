import { useMemo } from 'react'
import type { LedgerLine } from '../../../shared/contract/ledger.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeMoment } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { useFiat } from '../../ui/fiat-context.ts'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { AFTER_GAP, KIND_WORDS } from './kind-words.ts'
import { type PageList, type Slot, slotsOf } from './page-list.ts'

interface Words {
  readonly now: number
  readonly money: string
  readonly directory: Directory
  readonly nameOf: (account: string) => string | undefined
  /** More than one: then each line says whose it is. */
  readonly wallets: number
}

/** More than all TAO that there can ever be: only a lying node says so. Then three decimals keep it in its column. */
const BEYOND_ALL = 100_000_000_000_000_000n
const decimalsOf = (value: bigint): 3 | 9 => (value > BEYOND_ALL || value < -BEYOND_ALL ? 3 : 9)

/** What alpha was worth that came or went without TAO; a reward without a price says so. */
function Worth({ line }: { readonly line: LedgerLine }) {
  if (line.worth !== undefined)
    return (
      <>
        <Amount value={line.worth} unit={TAO} showUnit={false} decimals={decimalsOf(line.worth)} />
        <Fiat value={line.worth} />
      </>
    )
  return line.kind === 'reward' ? <Unknown why="The price was not read at that block" /> : null
}

interface AlphaChangeProps {
  readonly line: LedgerLine
  readonly symbol: string | undefined
}
/** After a gap what the lines before do not explain; where recording began, what was there. */
function AlphaChange({ line: { alpha, before, netuid, kind }, symbol }: AlphaChangeProps) {
  const change = alpha - (before ?? 0n)
  if (change === 0n || netuid === undefined) return null
  const isFirst = kind === 'opening' && before === undefined
  return <Amount value={change} unit={alphaOf(netuid, symbol)} signed={!isFirst} decimals={decimalsOf(change)} />
}

const wallet = ({ nameOf }: Words): Column<LedgerLine> => ({
  key: 'wallet',
  head: 'Wallet',
  width: '116px',
  className: 'c6 clip',
  cell: ({ account }) => {
    const name = nameOf(account)
    return name === undefined ? <ShortAddress address={account} /> : <bdi title={account}>{name}</bdi>
  },
})

function columnsOf(words: Words): readonly Column<LedgerLine>[] {
  const { now, money, directory, wallets } = words
  return [
    {
      key: 'time',
      head: 'Time',
      width: '156px',
      className: 'w-time',
      cell: (line) => <span className="nu">{writeMoment(line.atMs, now)}</span>,
    },
    ...(wallets > 1 ? [wallet(words)] : []),
    {
      key: 'kind',
      head: 'What',
      width: '122px',
      cell: (line) => {
        const words = line.before === undefined ? KIND_WORDS[line.kind] : AFTER_GAP
        return <span title={words.booked}>{words.name}</span>
      },
    },
    {
      key: 'subnet',
      head: 'Subnet',
      className: 'c2 clip',
      cell: ({ netuid }) => {
        if (netuid === undefined) return null
        const subnet = directory.get(netuid)
        return <SubnetName netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
      },
    },
    {
      key: 'who',
      head: 'Validator or account',
      width: '158px',
      className: 'c5',
      cell: ({ other, toHotkey, hotkey }) => {
        const shown = other ?? toHotkey ?? hotkey
        return shown && <ShortAddress address={shown} />
      },
    },
    {
      key: 'tao',
      head: money,
      right: true,
      width: '166px',
      className: 'w-tao',
      cell: ({ tao }) =>
        tao === 0n ? null : (
          <>
            <Amount value={tao} unit={TAO} showUnit={false} signed decimals={decimalsOf(tao)} />
            <Fiat value={tao} />
          </>
        ),
    },
    {
      key: 'alpha',
      head: 'Alpha',
      right: true,
      width: '206px',
      className: 'w-alpha',
      cell: (line) => <AlphaChange line={line} symbol={directory.get(line.netuid ?? -1)?.symbol} />,
    },
    {
      key: 'worth',
      head: `Worth, ${money}`,
      right: true,
      width: '162px',
      className: 'c4 w-worth',
      cell: (line) => <Worth line={line} />,
    },
    {
      key: 'block',
      head: 'Block',
      right: true,
      width: '96px',
      className: 'c6',
      cell: ({ block }) => <Num value={block} />,
    },
  ]
}

/** A line that is on its way keeps its place. Nothing is sorted here: the host has the order. */
const slotted = ({ compare: _host, ...column }: Column<LedgerLine>, isFirst: boolean): Column<Slot> => ({
  ...column,
  cell: (slot, active) =>
    !('waits' in slot) ? column.cell(slot, active) : isFirst ? <span className="skel w-3/5" /> : null,
})

export interface LinesTableProps {
  readonly list: PageList
  readonly stale: boolean
  readonly order: 'newest' | 'oldest'
  readonly onSight: (first: number, end: number) => void
}

/** All lines that are known to be there; those in sight are drawn. */
export function LinesTable({ list, stale, order, onSight }: LinesTableProps) {
  const names = valueIn(useSubscription('wallet.state'))?.wallets
  const now = useNow(60_000)
  const money = unitText(TAO, usePlay())
  // Rows of a list that is drawn in parts are all equally high, whether or not they have an amount of TAO.
  const fiat = useFiat() !== undefined
  const directory = useDirectory()
  const columns = useMemo(() => {
    const byAddress = new Map(names?.map(({ address, name }) => [address as string, name]))
    const words = {
      now,
      money,
      directory,
      wallets: byAddress.size,
      nameOf: (account: string) => byAddress.get(account),
    }
    return columnsOf(words).map((column, index) => slotted(column, index === 0))
  }, [now, money, directory, names])
  const rows = useMemo(() => slotsOf(list), [list])
  return (
    <div className={fiat ? 'market-table ledger two-lines' : 'market-table ledger'}>
      <DataTable
        caption={order === 'newest' ? 'History, newest first' : 'History, oldest first'}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowClass={classOf}
        stale={stale}
        windowed
        onSight={onSight}
      />
    </div>
  )
}

const keyOf = (slot: Slot): string => slot.cursor
/** Hatched, as every part of a record that is missing. */
const classOf = (slot: Slot): string | undefined =>
  !('waits' in slot) && slot.before !== undefined ? 'gap' : undefined
