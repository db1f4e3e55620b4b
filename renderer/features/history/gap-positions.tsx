import type { LedgerLine } from '../../../shared/contract/ledger.contract.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

/** More gaps than this are read in the history itself. */
const SHOWN = 200
const AGAIN_MS = 30_000

type Counted = LedgerLine & { readonly before: bigint }
const isCounted = (line: LedgerLine): line is Counted => line.before !== undefined && line.before !== line.alpha

/** What is known of rewards and moves that nobody saw: stake before and after each gap, and the difference. */
export function GapPositions({ nameOf }: { readonly nameOf: (account: string) => string }) {
  const ask = { kind: 'opening' as const, limit: SHOWN, order: 'newest' as const }
  const answer = useQuestion('ledger.lines', ask, { freshForMs: AGAIN_MS, everyMs: AGAIN_MS })
  const directory = useDirectory()
  const rows = answer.state === 'ready' ? answer.value.lines.filter(isCounted) : []
  if (rows.length === 0) return null
  const unit = (line: Counted) => alphaOf(line.netuid ?? 0, directory.get(line.netuid ?? -1)?.symbol)
  const columns: readonly Column<Counted>[] = [
    {
      key: 'wallet',
      head: 'Wallet',
      hideWhenNarrow: true,
      cell: ({ account }) => <bdi title={account}>{nameOf(account)}</bdi>,
    },
    {
      key: 'subnet',
      head: 'Subnet',
      cell: ({ netuid = 0 }) => (
        <SubnetName netuid={netuid} name={directory.get(netuid)?.name} symbol={directory.get(netuid)?.symbol} />
      ),
    },
    {
      key: 'hotkey',
      head: 'Validator',
      hideWhenNarrow: true,
      cell: ({ hotkey }) => hotkey && <ShortAddress address={hotkey} />,
    },
    {
      key: 'block',
      head: 'Until block',
      right: true,
      hideWhenNarrow: true,
      cell: ({ block }) => <Num value={block} />,
    },
    {
      key: 'before',
      head: 'Stake before',
      right: true,
      cell: (line) => <Amount value={line.before} unit={unit(line)} showUnit={false} decimals={3} />,
    },
    {
      key: 'after',
      head: 'Stake after',
      right: true,
      cell: (line) => <Amount value={line.alpha} unit={unit(line)} showUnit={false} decimals={3} />,
    },
    {
      key: 'difference',
      head: 'Not itemised, alpha',
      right: true,
      cell: (line) => <Amount value={line.alpha - line.before} unit={unit(line)} signed />,
    },
  ]
  return (
    <section className="rule" aria-label="Stake across gaps">
      <p className="pad soft">
        Rewards and moves in a gap are itemised once an archive told of its blocks. Until then this is known of them:
      </p>
      <DataTable
        caption="Stake before and after each gap"
        columns={columns}
        rows={rows}
        rowKey={(line) => line.cursor}
      />
    </section>
  )
}
