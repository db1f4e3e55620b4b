import type { HoldingState, RootOwed, SubnetHolding } from '../../../shared/staking/holding-state.ts'
import { lockSteps } from '../../../shared/staking/locks.ts'
import { Amount, type Unit, Unknown } from '../../ui/amount.tsx'
import { When } from './when.tsx'

export interface FreeWhenProps {
  readonly holding: Pick<SubnetHolding, 'total' | 'available' | 'lock'>
  readonly state: Pick<HoldingState, 'atBlock' | 'unlockBlocks'>
  readonly unit: Unit
}

/** When what is bound gets free: by a decaying lock in steps, by a perpetual one never, by collateral nobody knows. */
export function FreeWhen({ holding, state, unit }: FreeWhenProps) {
  const { total, available, lock } = holding
  if (total === undefined || available === undefined)
    return <Unknown why="The runtime does not tell what may leave this subnet" />
  if (total <= available) return 'All of it is free.'
  if (!lock) return <Unknown why="Bound as collateral: the chain does not tell when it is free" />
  if (lock.perpetual) return 'Not as long as the lock is perpetual.'
  if (state.unlockBlocks === undefined) return <Unknown why="The chain does not tell how fast locks decay" />
  return (
    <ul className="free-steps">
      {lockSteps(holding, state.atBlock, state.unlockBlocks).map(({ block, free }) => (
        <li key={block}>
          <Amount value={free} unit={unit} decimals={3} /> <When block={block} atBlock={state.atBlock} />
        </li>
      ))}
    </ul>
  )
}

/** Stake on root: the chain keeps it for some blocks after its last change. */
export function RootFreeWhen({ owed, state }: { readonly owed: RootOwed | undefined; readonly state: HoldingState }) {
  if (state.root.holdBlocks === undefined || state.root.holdBlocks === 0) return 'All of it is free.'
  if (!owed) return <Unknown why="The chain does not tell when this stake was changed last" />
  return owed.heldUntil === undefined ? 'All of it is free.' : <When block={owed.heldUntil} atBlock={state.atBlock} />
}
