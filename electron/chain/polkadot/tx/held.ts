import type { HappenedHolding } from '../../../../shared/transactions/transaction.ts'
import { netuid } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asBigint, asList, asNetuid } from '../answer.ts'
import type { ChainEvent } from './events.ts'

/** coldkey, hotkey, amount, netuid. */
function destroyed({ name, value }: ChainEvent, event: 'recycled' | 'burned'): HappenedHolding {
  const [coldkey, hotkey, amount, id] = asList(value, name)
  return {
    event,
    coldkey: asAddress(coldkey, name),
    hotkey: asAddress(hotkey, name),
    netuid: asNetuid(id, name),
    amount: asBigint(amount, name),
  }
}

/** The older of these events name the coldkey alone; since then they tell what was paid, rao. */
function claimed({ name, value }: ChainEvent): HappenedHolding {
  const row = new Answer(value, name)
  const claim = { event: 'root-claimed', coldkey: row.address('coldkey') } as const
  return row.has('tao') ? { ...claim, netuid: netuid(0), amount: row.rao('tao') } : claim
}

/** Where each validator's part is told, the sum of them is not told as one more claim. */
function withoutSums(held: readonly HappenedHolding[]): readonly HappenedHolding[] {
  const parts = held.filter(({ event, hotkey }) => event === 'root-claimed' && hotkey !== undefined)
  return held.filter(
    ({ event, hotkey, coldkey }) =>
      event !== 'root-claimed' || hotkey !== undefined || !parts.some((part) => part.coldkey === coldkey),
  )
}

/** One event that tells of stake which was not traded; `undefined` for every other. */
function holdingOf(event: ChainEvent): HappenedHolding | undefined {
  const row = () => new Answer(event.value, event.name)
  const whose = () => ({ coldkey: row().address('coldkey') })
  switch (event.name) {
    case 'SubtensorModule.StakeLocked': {
      const [hotkey, amount] = [row().address('hotkey'), row().alpha('amount')]
      return { event: 'locked', ...whose(), hotkey, netuid: row().netuid('netuid'), amount }
    }
    case 'SubtensorModule.LockMoved': {
      return {
        event: 'lock-moved',
        ...whose(),
        hotkey: row().address('destination_hotkey'),
        netuid: row().netuid('netuid'),
      }
    }
    case 'SubtensorModule.PerpetualLockUpdated': {
      const kind = row().flag('enabled') ? 'lock-perpetual' : 'lock-decaying'
      return { event: kind, ...whose(), netuid: row().netuid('netuid') }
    }
    case 'SubtensorModule.RejectLockedAlphaUpdated':
      return { event: row().flag('enabled') ? 'locked-refused' : 'locked-taken', ...whose() }
    case 'SubtensorModule.AutoStakeDestinationSet':
      return { event: 'auto-stake-set', ...whose(), hotkey: row().address('hotkey'), netuid: row().netuid('netuid') }
    case 'SubtensorModule.HotkeySwapped':
      return { event: 'hotkey-replaced', ...whose(), hotkey: row().address('new_hotkey') }
    case 'SubtensorModule.HotkeySwappedOnSubnet': {
      const at = { hotkey: row().address('new_hotkey'), netuid: row().netuid('netuid') }
      return { event: 'hotkey-replaced', ...whose(), ...at }
    }
    case 'SubtensorModule.RootClaimed':
      return claimed(event)
    case 'SubtensorModule.BasketClaimed':
      return { ...claimed(event), hotkey: row().address('hotkey') }
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
 *         RootClaimed (which tells no amount before it has `tao`), BasketClaimed, AlphaRecycled, AlphaBurned
 */
export const heldIn = (events: readonly ChainEvent[]): readonly HappenedHolding[] =>
  withoutSums(events.flatMap((event) => holdingOf(event) ?? []))
