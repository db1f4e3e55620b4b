import { useMemo } from 'react'
import type { EarningsSummary, EarningsSums } from '../../../shared/contract/earnings.contract.ts'
import { EARNING_KINDS } from '../../../shared/earnings/kinds.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO, unitText } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { KIND_WORDS } from './ask.ts'
import { type Group, type Line, linesOf } from './groups-of.ts'

export interface GroupsTableProps {
  readonly summary: EarningsSummary
  readonly group: Group
  readonly netuid: number | undefined
  readonly stale: boolean
  readonly onPick: ((key: string) => void) | undefined
}

/** Kinds of income in a line, by their words. */
function MadeOf({ sums }: { readonly sums: EarningsSums }) {
  const made = EARNING_KINDS.filter((kind) => (sums.alpha?.kinds[kind] ?? 0n) !== 0n || sums.tao[kind] !== 0n)
  return (
    <span className="soft">{made.length === 0 ? 'nothing' : made.map((kind) => KIND_WORDS[kind].name).join(', ')}</span>
  )
}

interface Words {
  readonly group: Group
  readonly netuid: number | undefined
  readonly money: string
  readonly directory: Directory
  readonly walletOf: (address: string) => string | undefined
  readonly hotkeyOf: (address: string) => string | undefined
}

function Name({ line, words }: { readonly line: Line; readonly words: Words }) {
  const { group, directory, walletOf, hotkeyOf } = words
  if (group === 'subnet') {
    const subnet = directory.get(Number(line.key))
    return <SubnetName netuid={Number(line.key)} name={subnet?.name} symbol={subnet?.symbol} />
  }
  if (group === 'kind') {
    const kind = EARNING_KINDS.find((one) => one === line.key)
    return kind ? <span title={KIND_WORDS[kind].says}>{KIND_WORDS[kind].name}</span> : null
  }
  const name = group === 'wallet' ? walletOf(line.key) : hotkeyOf(line.key)
  return name === undefined ? <ShortAddress address={line.key} /> : <bdi title={line.key}>{name}</bdi>
}

const HEADS: Readonly<Record<Group, string>> = { subnet: 'Subnet', wallet: 'Wallet', hotkey: 'Hotkey', kind: 'Kind' }

function columnsOf(words: Words): readonly Column<Line>[] {
  const { group, netuid, money, directory } = words
  const alphaIn = (line: Line) => (group === 'subnet' ? Number(line.key) : netuid)
  const columns: (Column<Line> | undefined)[] = [
    { key: 'name', head: HEADS[group], cell: (line) => <Name line={line} words={words} /> },
    group === 'kind'
      ? undefined
      : { key: 'kinds', head: 'Earned by', hideWhenNarrow: true, cell: ({ sums }) => sums && <MadeOf sums={sums} /> },
    group === 'subnet' || netuid !== undefined
      ? {
          key: 'alpha',
          head: 'Earned, alpha',
          right: true,
          cell: (line) => {
            const id = alphaIn(line)
            return id === undefined ? null : (
              <Amount value={line.alpha} unit={alphaOf(id, directory.get(id)?.symbol)} signed />
            )
          },
        }
      : undefined,
    {
      key: 'tao',
      head: `At each epoch's price, ${money}`,
      right: true,
      compare: (a, b) => (a.tao < b.tao ? -1 : a.tao > b.tao ? 1 : 0),
      cell: ({ tao, atLeast }) => (
        <>
          {atLeast && <span className="mute">at least </span>}
          <Amount value={tao} unit={TAO} showUnit={false} />
        </>
      ),
    },
    group === 'kind'
      ? undefined
      : {
          key: 'epochs',
          head: 'Epochs',
          right: true,
          hideWhenNarrow: true,
          cell: ({ sums }) => sums && <Num value={sums.epochs} />,
        },
    group === 'kind'
      ? undefined
      : {
          key: 'red',
          head: 'Red rows',
          right: true,
          cell: ({ sums }) =>
            sums && sums.redRows > 0 ? <Chip kind="bad">{sums.redRows}</Chip> : <span className="mute">0</span>,
        },
  ]
  return columns.filter((column) => column !== undefined)
}

/** Earned, by what it is told apart by. A line narrows everything to itself. */
export function GroupsTable(props: GroupsTableProps) {
  const { summary, group, netuid, stale, onPick } = props
  const directory = useDirectory()
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets
  const money = unitText(TAO, usePlay())
  const columns = useMemo(() => {
    const names = new Map(wallets?.map(({ address, name }) => [address as string, name]))
    const keys = new Map(
      wallets?.flatMap(({ hotkeys }) => hotkeys.map((one) => [one.address as string, one.name] as const)),
    )
    return columnsOf({
      group,
      netuid,
      money,
      directory,
      walletOf: (address) => names.get(address),
      hotkeyOf: (address) => keys.get(address),
    })
  }, [group, netuid, money, directory, wallets])
  return (
    <DataTable
      caption={`Earned by ${group}`}
      columns={columns}
      rows={linesOf(summary, group)}
      rowKey={keyOf}
      stale={stale}
      firstSort={{ key: 'tao', down: true }}
      foot={<Foot summary={summary} columns={columns.map(({ key }) => key)} netuid={netuid} />}
      {...(onPick ? { onOpen: (line: Line) => onPick(line.key) } : {})}
    />
  )
}
const keyOf = ({ key }: Line): string => key

interface FootProps {
  readonly summary: EarningsSummary
  readonly columns: readonly string[]
  readonly netuid: number | undefined
}
function Foot({ summary: { total }, columns, netuid }: FootProps) {
  const cells: Readonly<Record<string, React.ReactNode>> = {
    name: 'Together',
    alpha: total.alpha && <Amount value={total.alpha.earned} unit={alphaOf(netuid ?? 0)} showUnit={false} signed />,
    tao: (
      <>
        <Amount
          value={total.earnedTao}
          unit={TAO}
          showUnit={false}
          why="The price of at least one epoch was not read"
        />
        {total.earnedTao === undefined && (
          <div className="light soft">
            at least <Amount value={total.knownTao} unit={TAO} showUnit={false} />
          </div>
        )}
      </>
    ),
    epochs: <Num value={total.epochs} />,
    red: <Num value={total.redRows} />,
  }
  return (
    <tr>
      {columns.map((key) => (
        <td
          key={key}
          className={`${key === 'name' || key === 'kinds' ? '' : 'r'}${key === 'epochs' || key === 'kinds' ? ' hide-m' : ''}`}
        >
          {cells[key]}
        </td>
      ))}
    </tr>
  )
}
