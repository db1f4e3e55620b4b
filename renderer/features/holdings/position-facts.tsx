import type { HoldingState, SubnetHolding } from '../../../shared/staking/holding-state.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, type Unit } from '../../ui/amount.tsx'
import { FreeWhen } from './free-when.tsx'

const NO_CONVICTION = 'The runtime does not tell conviction'
const NOT_TOLD = 'The runtime does not tell what may leave this subnet'

export interface PositionFactsProps {
  readonly position: Position
  readonly holding: SubnetHolding | undefined
  readonly state: HoldingState
  readonly unit: Unit
}

/** What is held, what of it is free, and when the rest is. A lock counts for the subnet, whichever validator holds the stake. */
export function PositionFacts({ position, holding, state, unit }: PositionFactsProps) {
  const lock = holding?.lock
  const name = useHotkeyName(position.netuid, lock?.hotkey ?? position.hotkey).name
  const bound =
    holding?.total === undefined || holding.available === undefined ? undefined : holding.total - holding.available
  return (
    <dl className="kv">
      <dt>With this validator</dt>
      <dd>
        <Amount value={position.alpha} unit={unit} />
      </dd>
      <dt>On this subnet, all validators</dt>
      <dd>
        <Amount value={holding?.total} unit={unit} why={NOT_TOLD} />
      </dd>
      <dt>Free now</dt>
      <dd>
        <Amount value={holding?.available} unit={unit} why={NOT_TOLD} />
      </dd>
      <dt>{bound && !lock ? 'Bound as collateral' : 'Locked'}</dt>
      <dd>
        <Amount value={bound} unit={unit} why={NOT_TOLD} />
      </dd>
      {lock && (
        <>
          <dt>Locked for</dt>
          <dd>{name ? <bdi title={lock.hotkey}>{name}</bdi> : <ShortAddress address={lock.hotkey} />}</dd>
          <dt>Your conviction now</dt>
          <dd>
            <Amount value={lock.conviction} unit={unit} why={NO_CONVICTION} />
          </dd>
          <dt>The hotkey’s conviction</dt>
          <dd>
            <Amount value={lock.hotkeyConviction} unit={unit} why={NO_CONVICTION} />
          </dd>
          <dt>Free, if nothing changes</dt>
          <dd>
            <FreeWhen holding={holding} state={state} unit={unit} />
          </dd>
        </>
      )}
    </dl>
  )
}
