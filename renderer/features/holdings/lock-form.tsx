import { useState } from 'react'
import { lockSteps } from '../../../shared/staking/locks.ts'
import { alpha, isAlpha, isSs58Shape } from '../../../shared/units/amounts.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount } from '../../ui/amount.tsx'
import { AlphaField } from './alpha-field.tsx'
import type { FormProps } from './form-props.ts'
import { FreeWhen } from './free-when.tsx'
import { HoldingFrame } from './holding-frame.tsx'
import { HotkeyChoice } from './hotkey-choice.tsx'
import { useNotOffered } from './not-offered.ts'
import { PositionFacts } from './position-facts.tsx'
import { useAmount, whyNoAmount } from './use-amount.ts'
import { useHoldingPlan } from './use-holding-plan.ts'

/** The lock as it would be afterwards; `undefined` where the chain does not tell what is held. */
function locked({ holding, state }: FormProps, amount: bigint | undefined) {
  const { total, available, lock, perpetual = false } = holding ?? {}
  if (amount === undefined || total === undefined || available === undefined) return undefined
  const mass = (lock?.amount ?? 0n) + amount
  const left = available - amount
  if (!isAlpha(mass) || !isAlpha(left)) return undefined
  const hotkey = lock?.hotkey ?? state.coldkey
  return { total, available: left, lock: { hotkey, amount: mass, perpetual } }
}

/** Binds alpha of a subnet to a hotkey: conviction for it, and not for sale until the lock has decayed. */
export function LockForm(form: FormProps) {
  const { position, state, holding, unit, onClose } = form
  const most = holding?.available ?? position.available
  const typed = useAmount(most, position.price)
  const [picked, setPicked] = useState<string>(position.hotkey)
  const hotkey = holding?.lock?.hotkey ?? picked
  const notOffered = useNotOffered(state.features)('locks')
  const lacks = notOffered ?? whyNoAmount(typed) ?? (isSs58Shape(hotkey) ? undefined : 'Choose a hotkey first.')
  const { amount } = typed
  const intent =
    amount !== undefined && isSs58Shape(hotkey)
      ? ({ kind: 'lock-stake', netuid: position.netuid, hotkey, amount } as const)
      : undefined
  const plan = useHoldingPlan({ intent, lacks }, onClose)
  const after = locked(form, amount)
  const steps = after && state.unlockBlocks !== undefined ? lockSteps(after, state.atBlock, state.unlockBlocks) : []
  return (
    <HoldingFrame {...form} plan={plan} notOffered={notOffered}>
      <PositionFacts {...form} />
      <p className="soft small">
        A lock gives the hotkey conviction. What is locked cannot be unstaked, moved or destroyed; it goes on earning.
        There is one lock for each subnet, and no call takes it back: it only decays.
      </p>
      {holding?.lock ? (
        <div>
          <div className="lbl">Adds to the lock that is there, for this hotkey</div>
          <FullAddress address={holding.lock.hotkey} twoLines />
        </div>
      ) : (
        <HotkeyChoice label="Lock for" netuid={position.netuid} hotkey={picked} onPick={setPicked} />
      )}
      <AlphaField label="Alpha to lock" typed={typed} most={most} unit={unit} />
      {after && (
        <dl className="kv" aria-live="polite">
          <dt>Locked afterwards</dt>
          <dd>
            <Amount value={after.lock.amount} unit={unit} />
          </dd>
          <dt>Free at once afterwards</dt>
          <dd>
            <Amount value={alpha(after.available)} unit={unit} />
          </dd>
          <dt>Free again</dt>
          <dd>
            {steps.length > 0 || after.lock.perpetual ? (
              <FreeWhen holding={after} state={state} unit={unit} />
            ) : (
              'unknown: the chain does not tell how fast locks decay'
            )}
          </dd>
        </dl>
      )}
    </HoldingFrame>
  )
}
