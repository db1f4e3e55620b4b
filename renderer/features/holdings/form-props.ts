import type { ReactNode } from 'react'
import type { HoldingState, SubnetHolding } from '../../../shared/staking/holding-state.ts'
import type { Position } from '../../../shared/staking/position.ts'
import type { Unit } from '../../ui/amount.tsx'

/** What every form about a position on a subnet is given. */
export interface FormProps {
  readonly position: Position
  readonly state: HoldingState
  readonly holding: SubnetHolding | undefined
  readonly unit: Unit
  readonly title: ReactNode
  readonly ways: ReactNode
  readonly onClose: () => void
}
