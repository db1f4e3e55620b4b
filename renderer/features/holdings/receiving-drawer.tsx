import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { HoldingFrame } from './holding-frame.tsx'
import { useNotOffered } from './not-offered.ts'
import { useHoldingPlan } from './use-holding-plan.ts'

/** Whether this account takes alpha that comes with a lock. */
export function ReceivingDrawer({ state, onClose }: { readonly state: HoldingState; readonly onClose: () => void }) {
  const refuses = state.rejectsLocked ?? true
  const notOffered = useNotOffered(state.features)('locks')
  const intent = { kind: 'reject-locked-alpha', enabled: !refuses } as const
  const plan = useHoldingPlan({ intent, lacks: notOffered }, onClose)
  return (
    <HoldingFrame title="Locked alpha from others" plan={plan} notOffered={notOffered} onClose={onClose}>
      <p>{refuses ? 'Now it is refused. Afterwards it is taken.' : 'Now it is taken. Afterwards it is refused.'}</p>
      <p className="soft small">
        Whoever gives you alpha that is locked gives you the lock as well: it binds your stake on that subnet, for the
        hotkey that they chose. Refusing is the safe choice; take it only while you expect such a gift.
      </p>
    </HoldingFrame>
  )
}
