import type { ReactNode } from 'react'
import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { QueueNote, queueAction } from '../../trade/queue-note.tsx'
import type { MovesReview } from '../../trade/use-moves-review.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { FullAddress } from '../../ui/address.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { TradeDrawer } from '../../ui/trade-drawer.tsx'

export interface FormProps {
  readonly position: Position
  readonly onClose: () => void
  /** The other ways, to choose from. */
  readonly ways: ReactNode
}
export interface MoveFrameProps extends FormProps {
  /** `Move within`, `Swap from`: the subnet follows. */
  readonly title: string
  readonly review: MovesReview
  readonly children: ReactNode
}

/** What every move out of a position has around it: which one it is, in whose name, and the way to the signature. */
export function MoveFrame({ position, onClose, ways, title, review, children }: MoveFrameProps) {
  const subnet = useDirectory().get(position.netuid)
  const hotkey = useHotkeyName(position.netuid, position.hotkey)
  const { acted } = review
  return (
    <TradeDrawer
      title={
        <>
          {title} <SubnetName inline netuid={position.netuid} name={subnet?.name} symbol={subnet?.symbol} />
        </>
      }
      off={review.off}
      onReview={review.onReview}
      action={queueAction(review)}
      onClose={onClose}
    >
      {ways}
      {acted.account && <ActingForPlan {...acted} account={acted.account} narrow />}
      <div>
        <div className="lbl">Staked with {hotkey.name ?? 'a validator without a name'}</div>
        <FullAddress address={position.hotkey} twoLines />
      </div>
      {children}
      <QueueNote review={review} />
    </TradeDrawer>
  )
}
