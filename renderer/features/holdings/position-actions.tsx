import { useState } from 'react'
import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { alphaOf } from '../../ui/amount.tsx'
import { Select } from '../../ui/select.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { AutoStakeForm } from './auto-stake-form.tsx'
import { DestroyForm } from './destroy-form.tsx'
import { LockForm } from './lock-form.tsx'
import { MoveLockForm } from './move-lock-form.tsx'
import { PerpetualForm } from './perpetual-form.tsx'

const ACTIONS = {
  lock: 'Lock',
  move: 'Move the lock',
  perpetual: 'Let the lock stay or decay',
  'auto-stake': 'Set where mined alpha goes',
  recycle: 'Recycle alpha',
  burn: 'Burn alpha',
} as const
type Action = keyof typeof ACTIONS
const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text)

export interface PositionActionsProps {
  readonly position: Position
  readonly state: HoldingState
  readonly onClose: () => void
}

/** All that a channel can do with a position besides trading it. What was typed for one action is not carried to another. */
export function PositionActions({ position, state, onClose }: PositionActionsProps) {
  const [action, setAction] = useState<Action>('lock')
  const subnet = useDirectory().get(position.netuid)
  const ways = (
    <Select
      label="What to do"
      value={action}
      onPick={(picked) => isAction(picked) && setAction(picked)}
      choices={Object.entries(ACTIONS).map(([value, text]) => ({ value, text }))}
    />
  )
  const form = {
    position,
    state,
    holding: state.subnets.find(({ netuid }) => netuid === position.netuid),
    unit: alphaOf(position.netuid, subnet?.symbol),
    title: <SubnetName inline netuid={position.netuid} name={subnet?.name} symbol={subnet?.symbol} />,
    ways,
    onClose,
  }
  switch (action) {
    case 'lock':
      return <LockForm {...form} />
    case 'move':
      return <MoveLockForm {...form} />
    case 'perpetual':
      return <PerpetualForm key={String(form.holding?.perpetual)} {...form} />
    case 'auto-stake':
      return <AutoStakeForm netuid={position.netuid} state={state} title={form.title} ways={ways} onClose={onClose} />
    case 'recycle':
      return <DestroyForm key="recycle" kind="recycle-alpha" {...form} />
    case 'burn':
      return <DestroyForm key="burn" kind="burn-alpha" {...form} />
  }
}
