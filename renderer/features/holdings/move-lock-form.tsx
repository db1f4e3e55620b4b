import { useState } from 'react'
import { isSs58Shape } from '../../../shared/units/amounts.ts'
import { Note } from '../../ui/note.tsx'
import type { FormProps } from './form-props.ts'
import { HoldingFrame } from './holding-frame.tsx'
import { HotkeyChoice } from './hotkey-choice.tsx'
import { useNotOffered } from './not-offered.ts'
import { PositionFacts } from './position-facts.tsx'
import { useHoldingPlan } from './use-holding-plan.ts'

/** Turns the one lock of a subnet to another hotkey. The stake itself stays where it is. */
export function MoveLockForm(form: FormProps) {
  const { position, state, holding, onClose } = form
  const [to, setTo] = useState('')
  const notOffered = useNotOffered(state.features)('locks')
  const lock = holding?.lock
  const chosen = isSs58Shape(to) ? to : undefined
  const lacks =
    notOffered ??
    (lock ? undefined : 'There is no lock on this subnet to move.') ??
    (chosen ? undefined : 'Choose a hotkey first.')
  const intent = chosen && ({ kind: 'move-lock', toHotkey: chosen, netuid: position.netuid } as const)
  const plan = useHoldingPlan({ intent, lacks }, onClose)
  return (
    <HoldingFrame {...form} plan={plan} notOffered={notOffered}>
      <PositionFacts {...form} />
      {lock ? (
        <>
          <HotkeyChoice
            label="Move the lock to"
            netuid={position.netuid}
            hotkey={to}
            except={lock.hotkey}
            onPick={setTo}
          />
          <Note kind="warn" title="Its conviction begins again.">
            <p>
              What conviction the lock has gathered is lost, unless both hotkeys belong to the same coldkey. Amount and
              decay stay, and so does the stake.
            </p>
          </Note>
        </>
      ) : (
        <p className="soft">Nothing is locked on this subnet. Lock stake first.</p>
      )}
    </HoldingFrame>
  )
}
