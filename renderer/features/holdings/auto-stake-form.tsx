import { type ReactNode, useState } from 'react'
import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { isSs58Shape, type Netuid } from '../../../shared/units/amounts.ts'
import { FullAddress } from '../../ui/address.tsx'
import { HoldingFrame } from './holding-frame.tsx'
import { HotkeyChoice } from './hotkey-choice.tsx'
import { useNotOffered } from './not-offered.ts'
import { useHoldingPlan } from './use-holding-plan.ts'

export interface AutoStakeFormProps {
  readonly netuid: Netuid
  readonly state: HoldingState
  readonly title: ReactNode
  readonly ways: ReactNode
  readonly onClose: () => void
}

/** Which hotkey of a subnet gets what this coldkey's miners earn there. */
export function AutoStakeForm(form: AutoStakeFormProps) {
  const { netuid, state, onClose } = form
  const [to, setTo] = useState('')
  const notOffered = useNotOffered(state.features)('autoStake')
  const now = state.subnets.find((one) => one.netuid === netuid)?.autoStake
  const hotkey = isSs58Shape(to) ? to : undefined
  const lacks = notOffered ?? (hotkey ? undefined : 'Choose a hotkey first.')
  const intent = hotkey && ({ kind: 'set-auto-stake', netuid, hotkey } as const)
  const plan = useHoldingPlan({ intent, lacks }, onClose)
  return (
    <HoldingFrame {...form} plan={plan} notOffered={notOffered}>
      <div>
        <div className="lbl">What you mine on this subnet goes to</div>
        {now ? <FullAddress address={now} twoLines /> : 'the mining hotkey itself: no destination is set'}
      </div>
      <HotkeyChoice label="Send it to" netuid={netuid} hotkey={to} except={now} onPick={setTo} />
      <p className="soft small">
        It stays your stake; only the hotkey behind which it lies is another one. It counts for what is mined from now
        on. The hotkey must have a place on the subnet. The chain has no call that takes the choice back: choose the
        mining hotkey to return to how it was.
      </p>
    </HoldingFrame>
  )
}
