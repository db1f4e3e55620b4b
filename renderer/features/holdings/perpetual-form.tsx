import { useState } from 'react'
import { Segments } from '../../ui/segments.tsx'
import type { FormProps } from './form-props.ts'
import { FreeWhen } from './free-when.tsx'
import { HoldingFrame } from './holding-frame.tsx'
import { useNotOffered } from './not-offered.ts'
import { PositionFacts } from './position-facts.tsx'
import { useHoldingPlan } from './use-holding-plan.ts'

/** Whether the lock of a subnet stays as it is, or decays. */
export function PerpetualForm(form: FormProps) {
  const { position, state, holding, unit, onClose } = form
  const now = holding?.perpetual ?? false
  const [enabled, setEnabled] = useState(!now)
  const notOffered = useNotOffered(state.features)('locks')
  const intent = { kind: 'set-perpetual-lock', netuid: position.netuid, enabled } as const
  const plan = useHoldingPlan({ intent, lacks: notOffered }, onClose)
  return (
    <HoldingFrame {...form} plan={plan} notOffered={notOffered}>
      <PositionFacts {...form} />
      <div className="row top">
        <div className="grow">
          <h3>The lock</h3>
          <p className="soft small">Now it is set to {now ? 'stay' : 'decay'}.</p>
        </div>
        <Segments
          label="The lock"
          value={enabled ? 'stays' : 'decays'}
          choices={[
            { value: 'decays', text: 'Decays' },
            { value: 'stays', text: 'Stays' },
          ]}
          onPick={(value) => setEnabled(value === 'stays')}
        />
      </div>
      <p className="soft small">
        {enabled
          ? 'A lock that stays is called perpetual. Nothing of it gets free before it is set to decay again, and then it begins at its full amount.'
          : 'It begins to decay with the block in which this is done: the amount falls to a half, a tenth, a hundredth.'}
        {!holding?.lock && ' There is no lock on this subnet now; this counts for the next one.'}
      </p>
      {!enabled && holding?.lock && (
        <dl className="kv">
          <dt>Free, if it decays from now</dt>
          <dd>
            <FreeWhen holding={{ ...holding, lock: { ...holding.lock, perpetual: false } }} state={state} unit={unit} />
          </dd>
        </dl>
      )}
    </HoldingFrame>
  )
}
