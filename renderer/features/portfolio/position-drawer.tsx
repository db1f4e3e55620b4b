import { useState } from 'react'
import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { hrefOf } from '../../format/route.ts'
import { Segments } from '../../ui/segments.tsx'
import { GiveForm } from './give-form.tsx'
import { MoveForm } from './move-form.tsx'
import { PositionFigures } from './position-figures.tsx'
import { SwapForm } from './swap-form.tsx'
import { TakeAllForm } from './take-all-form.tsx'
import { UnstakeForm } from './unstake-form.tsx'
import type { Books } from './use-books.ts'

export interface PositionDrawerProps {
  readonly portfolio: PortfolioView
  readonly books: Books
  readonly position: Position
  readonly onClose: () => void
}
const CHOICES = [
  { value: 'unstake', text: 'Unstake' },
  { value: 'all', text: 'Take all' },
  { value: 'move', text: 'Move' },
  { value: 'swap', text: 'Swap' },
  { value: 'give', text: 'Give' },
] as const
type Mode = (typeof CHOICES)[number]['value']

/** All that can be done with one position. What was typed for one way is not carried over to another. */
export function PositionDrawer({ portfolio, books, position, onClose }: PositionDrawerProps) {
  const [mode, setMode] = useState<Mode>('unstake')
  const ways = (
    <>
      <Segments label="What to do" value={mode} choices={CHOICES} onPick={setMode} />
      <a href={hrefOf({ view: 'holdings', place: position })}>
        {position.netuid === 0 ? 'Claim what root owes' : 'Lock, auto-stake, recycle or burn'}
      </a>
      <PositionFigures portfolio={portfolio} position={position} books={books} />
    </>
  )
  const form = { position, onClose, ways }
  switch (mode) {
    case 'all':
      return <TakeAllForm {...form} />
    case 'move':
      return <MoveForm {...form} />
    case 'swap':
      return <SwapForm {...form} />
    case 'give':
      return <GiveForm {...form} />
    default:
      return <UnstakeForm {...form} />
  }
}
