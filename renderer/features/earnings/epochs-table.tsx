import { useMemo } from 'react'
import { redOf } from '../../../shared/earnings/epoch-row.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeMoment } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO, unitText } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import type { Ask } from './ask.ts'
import { EpochFees, EpochMakeUp, EpochMissing, EpochSource, EpochWhy } from './epoch-notes.tsx'
import { type Epoch, useEpochs } from './use-epochs.ts'

/** A page can be only so high in a browser. What lies beyond is in another range, or in a file. */
const MOST_ROWS = 300_000

interface Slot {
  readonly index: number
  readonly epoch: Epoch | undefined
}
interface Look {
  readonly money: string
  readonly now: number
  readonly directory: Directory
}

const two = (first: React.ReactNode, second: React.ReactNode) => (
  <span className="two">
    <span>{first}</span>
    <span>{second}</span>
  </span>
)

/** On the clock of this computer. Days are those of UTC: that moment is in the title. */
const Moment = ({ atMs, now }: { readonly atMs: number; readonly now: number }) => (
  <span className="nu mute" title={`${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`}>
    {writeMoment(atMs, now)}
  </span>
)

function columnsFor({ money, now, directory }: Look): readonly Column<Epoch>[] {
  const symbolOf = (netuid: number) => directory.get(netuid)?.symbol
  return [
    {
      key: 'block',
      head: 'Epoch ended',
      width: '156px',
      cell: ({ row }) => two(<Num value={row.epochBlock} />, <Moment atMs={row.atMs} now={now} />),
    },
    {
      key: 'where',
      head: 'Subnet, hotkey',
      className: 'clip',
      cell: ({ row: { netuid, hotkey } }) =>
        two(
          <SubnetName netuid={netuid} name={directory.get(netuid)?.name} symbol={symbolOf(netuid)} />,
          <ShortAddress address={hotkey} />,
        ),
    },
    {
      key: 'stake',
      head: 'Stake before, after',
      right: true,
      hideWhenNarrow: true,
      width: '152px',
      cell: ({ row }) =>
        two(
          <Amount value={row.stakeBefore} unit={alphaOf(row.netuid)} showUnit={false} />,
          <Amount value={row.stakeAfter} unit={alphaOf(row.netuid)} showUnit={false} />,
        ),
    },
    {
      key: 'flows',
      head: 'Own moves, fees',
      right: true,
      hideWhenNarrow: true,
      width: '142px',
      cell: ({ row }) =>
        two(
          row.flows === 0n ? (
            <span className="mute">0</span>
          ) : (
            <Amount value={row.flows} unit={alphaOf(row.netuid)} showUnit={false} signed />
          ),
          <EpochFees row={row} />,
        ),
    },
    {
      key: 'earned',
      head: `Earned, alpha; ${money}`,
      right: true,
      className: 'w-earned',
      width: '156px',
      cell: ({ row }) =>
        two(
          <Amount value={row.earned} unit={alphaOf(row.netuid)} showUnit={false} signed />,
          <span className="soft">
            <Amount value={row.earnedTao} unit={TAO} showUnit={false} why="The price was not read at that block" />
          </span>,
        ),
    },
    {
      key: 'parts',
      head: 'Earned by',
      className: 'clip',
      width: '122px',
      hideWhenNarrow: true,
      cell: ({ row }) => two(<EpochMakeUp row={row} />, <EpochSource row={row} />),
    },
    {
      key: 'missing',
      head: 'Does not add up',
      right: true,
      width: '176px',
      cell: ({ row, afterGap }) => two(<EpochMissing row={row} />, <EpochWhy row={row} afterGap={afterGap} />),
    },
  ]
}

/** An epoch that is on its way keeps its place. Nothing is sorted here: the host has the order. */
const slotted = (column: Column<Epoch>, isFirst: boolean): Column<Slot> => {
  const { compare: _host, cell, ...rest } = column
  return {
    ...rest,
    cell: ({ epoch }, active) => (epoch ? cell(epoch, active) : isFirst ? <span className="skel w-3/5" /> : null),
  }
}

export interface EpochsTableProps {
  readonly ask: Ask & { readonly onlyRed: boolean }
  readonly total: number
  /** Another one: rows came. */
  readonly version: number
  readonly stale: boolean
}

/** All epochs of the range; those in sight are drawn. */
export function EpochsTable({ ask, total, version, stale }: EpochsTableProps) {
  const now = useNow(30_000)
  const money = unitText(TAO, usePlay())
  const directory = useDirectory()
  const { at, onSight, error, again } = useEpochs(ask, version)
  const columns = useMemo(
    () => columnsFor({ money, now, directory }).map((column, index) => slotted(column, index === 0)),
    [money, now, directory],
  )
  const rows = Array.from({ length: Math.min(total, MOST_ROWS) }, (_, index) => ({ index, epoch: at(index) }))
  return (
    <div className="epochs-table market-table">
      <DataTable
        caption="Epochs, newest first"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowClass={classOf}
        stale={stale}
        windowed
        onSight={onSight}
      />
      {error && (
        <div className="pad grid gap-2">
          <ErrorNote error={error} />
          <div>
            <Button onPress={again}>Ask again</Button>
          </div>
        </div>
      )}
      {total > MOST_ROWS && (
        <p className="pad soft">
          The list ends after <Num value={MOST_ROWS} /> epochs. Choose a subnet or a shorter range to see the others, or
          write a file.
        </p>
      )}
    </div>
  )
}

const keyOf = ({ index }: Slot): string => String(index)
const classOf = ({ epoch }: Slot): string | undefined =>
  epoch === undefined ? undefined : redOf(epoch.row) !== 0n ? 'redrow' : epoch.afterGap ? 'gap' : undefined
