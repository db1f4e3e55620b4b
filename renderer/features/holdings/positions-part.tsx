import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { hrefOf } from '../../format/route.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO, type Unit } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { FreeWhen, RootFreeWhen } from './free-when.tsx'

const ROOT = 0
export const keyOf = ({ netuid, hotkey }: Pick<Position, 'netuid' | 'hotkey'>): string => `${netuid}/${hotkey}`
const hrefOfPosition = ({ netuid, hotkey }: Position): string => hrefOf({ view: 'holdings', place: { netuid, hotkey } })

function Whose({ position }: { readonly position: Position }) {
  const { name, own } = useHotkeyName(position.netuid, position.hotkey)
  if (!name) return <ShortAddress address={position.hotkey} />
  return (
    <bdi className="clip" title={position.hotkey}>
      {own ? `own hotkey ${name}` : name}
    </bdi>
  )
}

function Rest({
  position,
  state,
  unit,
}: {
  readonly position: Position
  readonly state: HoldingState
  readonly unit: Unit
}) {
  if (position.netuid === ROOT)
    return <RootFreeWhen owed={state.root.byValidator.find((row) => row.hotkey === position.hotkey)} state={state} />
  const holding = state.subnets.find(({ netuid }) => netuid === position.netuid)
  if (!holding) return <FreeWhen holding={{}} state={state} unit={unit} />
  return (
    <span className="grid gap-1">
      <FreeWhen holding={holding} state={state} unit={unit} />
      {holding.perpetual && (
        <span>
          <Chip kind="dashed">perpetual</Chip>
        </span>
      )}
    </span>
  )
}

/** Of stake on root: nothing before the chain's hold is over. */
const freeNow = (position: Position, state: HoldingState): bigint | undefined => {
  if (position.netuid !== ROOT) {
    const holding = state.subnets.find(({ netuid }) => netuid === position.netuid)
    return holding?.available === undefined ? undefined : position.available
  }
  const owed = state.root.byValidator.find((row) => row.hotkey === position.hotkey)
  return owed?.heldUntil === undefined ? position.available : 0n
}

export interface PositionsPartProps {
  readonly positions: readonly Position[]
  readonly state: HoldingState
  readonly selected: string | undefined
}

/** What can be moved today and what cannot, position by position, and when. */
export function PositionsPart({ positions, state, selected }: PositionsPartProps) {
  const directory = useDirectory()
  const unitOf = ({ netuid }: Position): Unit =>
    netuid === ROOT ? TAO : alphaOf(netuid, directory.get(netuid)?.symbol)
  const columns: readonly Column<Position>[] = [
    {
      key: 'subnet',
      head: 'Subnet',
      compare: (a, b) => a.netuid - b.netuid,
      cell: ({ netuid }) => (
        <SubnetName netuid={netuid} name={directory.get(netuid)?.name} symbol={directory.get(netuid)?.symbol} />
      ),
    },
    { key: 'whose', head: 'Validator', hideWhenNarrow: true, cell: (position) => <Whose position={position} /> },
    {
      key: 'held',
      head: 'Held',
      right: true,
      className: 'held',
      cell: (position) => <Amount value={position.alpha} unit={unitOf(position)} decimals={3} />,
    },
    {
      key: 'free',
      head: 'Free now',
      right: true,
      cell: (position) => (
        <Amount
          value={freeNow(position, state)}
          unit={unitOf(position)}
          decimals={3}
          why="The runtime does not tell what may leave this subnet"
        />
      ),
    },
    {
      key: 'rest',
      head: 'Free later, on the whole subnet',
      className: 'free-later',
      cell: (position) => <Rest position={position} state={state} unit={unitOf(position)} />,
    },
    {
      key: 'open',
      head: <span className="vh">What can be done</span>,
      right: true,
      cell: (position, active) => (
        <a
          className="btn"
          href={hrefOfPosition(position)}
          tabIndex={active ? 0 : -1}
          aria-label={
            position.netuid === ROOT ? 'Claim from this validator' : `Change what binds netuid ${position.netuid}`
          }
        >
          {position.netuid === ROOT ? 'Claim' : 'Change'}
        </a>
      ),
    },
  ]
  if (positions.length === 0)
    return (
      <Empty title="No stake yet">
        <p className="soft">What you stake is shown here, with what of it is free and when the rest is.</p>
      </Empty>
    )
  return (
    <div className="held-rows">
      <DataTable
        caption="What of each position is free, and when the rest is"
        columns={columns}
        rows={positions}
        rowKey={keyOf}
        selected={selected}
        onOpen={(position) => {
          location.hash = hrefOfPosition(position)
        }}
      />
    </div>
  )
}
