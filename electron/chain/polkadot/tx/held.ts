import type { HappenedHolding } from '../../../../shared/transactions/transaction.ts'
import { Answer, asAddress, asBigint, asList, asNetuid } from '../answer.ts'
import type { ChainEvent } from './events.ts'

/** coldkey, hotkey, amount, netuid. */
function destroyed({ name, value }: ChainEvent, event: 'recycled' | 'burned'): HappenedHolding {
  const [coldkey, hotkey, amount, netuid] = asList(value, name)
  return {
    event,
    coldkey: asAddress(coldkey, name),
    hotkey: asAddress(hotkey, name),
    netuid: asNetuid(netuid, name),
    amount: asBigint(amount, name),
  }
}

/** One event that tells of stake which was not traded; `undefined` for every other. */
function holdingOf(event: ChainEvent): HappenedHolding | undefined {
  const row = () => new Answer(event.value, event.name)
  const whose = () => ({ coldkey: row().address('coldkey') })
  switch (event.name) {
    case 'SubtensorModule.StakeLocked': {
      const [hotkey, netuid, amount] = [row().address('hotkey'), row().netuid('netuid'), row().alpha('amount')]
      return { event: 'locked', ...whose(), hotkey, netuid, amount }
    }
    case 'SubtensorModule.LockMoved': {
      const [hotkey, netuid] = [row().address('destination_hotkey'), row().netuid('netuid')]
      return { event: 'lock-moved', ...whose(), hotkey, netuid }
    }
    case 'SubtensorModule.PerpetualLockUpdated': {
      const kind = row().flag('enabled') ? 'lock-perpetual' : 'lock-decaying'
      return { event: kind, ...whose(), netuid: row().netuid('netuid') }
    }
    case 'SubtensorModule.RejectLockedAlphaUpdated':
      return { event: row().flag('enabled') ? 'locked-refused' : 'locked-taken', ...whose() }
    case 'SubtensorModule.AutoStakeDestinationSet':
      return { event: 'auto-stake-set', ...whose(), hotkey: row().address('hotkey'), netuid: row().netuid('netuid') }
    case 'SubtensorModule.RootClaimed':
      return { event: 'root-claimed', ...whose() }
    case 'SubtensorModule.AlphaRecycled':
      return destroyed(event, 'recycled')
    case 'SubtensorModule.AlphaBurned':
      return destroyed(event, 'burned')
    default:
      return undefined
  }
}

/**
 * What an extrinsic did with stake besides trading and moving it, in order.
 * @source subtensor events StakeLocked, LockMoved, PerpetualLockUpdated, RejectLockedAlphaUpdated, AutoStakeDestinationSet,
 *         RootClaimed (which tells no amount), AlphaRecycled, AlphaBurned
 */
export const heldIn = (events: readonly ChainEvent[]): readonly HappenedHolding[] =>
  events.flatMap((event) => holdingOf(event) ?? [])
