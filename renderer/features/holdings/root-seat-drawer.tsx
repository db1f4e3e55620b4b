import { useState } from 'react'
import { isSs58Shape } from '../../../shared/units/amounts.ts'
import { HoldingFrame } from './holding-frame.tsx'
import { OwnHotkey } from './own-hotkey.tsx'
import { useHoldingPlan } from './use-holding-plan.ts'

/** A seat on root, for who validates. */
export function RootSeatDrawer({ onClose }: { readonly onClose: () => void }) {
  const [hotkey, setHotkey] = useState('')
  const chosen = isSs58Shape(hotkey)
  const intent = chosen ? ({ kind: 'root-register', hotkey } as const) : undefined
  const plan = useHoldingPlan({ intent, lacks: chosen ? undefined : 'Choose a hotkey first.' }, onClose)
  return (
    <HoldingFrame title="Take a seat on root" plan={plan} onClose={onClose}>
      <OwnHotkey label="The hotkey that gets the seat" hotkey={hotkey} onPick={setHotkey} />
      <p className="soft small">
        Root is where validators have stake in TAO. A seat brings nothing to a miner. When all seats are taken, it goes
        to whoever has more stake on root than the weakest holder, whose seat that is then. The price is burned and does
        not come back, and the call knows no limit: the chain takes what the seat costs in the block that gives it.
      </p>
    </HoldingFrame>
  )
}
