import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { firstFailure, subnetExists } from '../stake/checks.ts'
import { adoptHotkey } from '../stake/ledger.ts'

const s = subtensorModule.storage

/**
 * Call 114: which hotkey of a subnet gets what the caller mines there.
 * @errors SubnetNotExists, HotKeyNotRegisteredInSubNet, SameAutoStakeHotkeyAlreadySet
 */
export function setAutoStake(
  ctx: Ctx,
  coldkey: string,
  { netuid, hotkey }: { netuid: number; hotkey: string },
): Outcome {
  const { store } = ctx
  const before = store.get(s.AutoStakeDestination, coldkey, netuid)
  const allowed = firstFailure(
    () => (subnetExists(store, netuid) ? done : fail('SubnetNotExists')),
    () => (store.has(s.Uids, netuid, hotkey) ? done : fail('HotKeyNotRegisteredInSubNet')),
    () => (before === hotkey ? fail('SameAutoStakeHotkeyAlreadySet') : done),
  )
  if (!allowed.ok) return allowed
  if (before !== undefined)
    store.update(s.AutoStakeDestinationColdkeys, [before, netuid], (list) => list.filter((who) => who !== coldkey))
  store.set(s.AutoStakeDestination, [coldkey, netuid], hotkey)
  store.update(s.AutoStakeDestinationColdkeys, [hotkey, netuid], (list) => [...list, coldkey])
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'AutoStakeDestinationSet', value: { coldkey, netuid, hotkey } },
  })
  return done
}

/** Call 91: the caller becomes the owner of a hotkey that has none; otherwise nothing happens. */
export function associateHotkey(ctx: Ctx, coldkey: string, hotkey: string): Outcome {
  adoptHotkey(ctx.store, coldkey, hotkey)
  return done
}

/**
 * Call 92: the owner starts the subnet; from then on its token can be traded and is emitted.
 * @errors SubnetNotExists, NotSubnetOwner, FirstEmissionBlockNumberAlreadySet, NeedWaitingMoreBlocksToStarCall
 */
export function startSubnet(ctx: Ctx, coldkey: string, netuid: number): Outcome {
  const { store, block } = ctx
  const opensAt = store.get(s.NetworkRegisteredAt, netuid) + store.get(s.StartCallDelay)
  const allowed = firstFailure(
    () => (subnetExists(store, netuid) ? done : fail('SubnetNotExists')),
    () => (store.get(s.SubnetOwner, netuid) === coldkey ? done : fail('NotSubnetOwner')),
    () => (store.has(s.FirstEmissionBlockNumber, netuid) ? fail('FirstEmissionBlockNumberAlreadySet') : done),
    () => (BigInt(block) < opensAt ? fail('NeedWaitingMoreBlocksToStarCall') : done),
  )
  if (!allowed.ok) return allowed
  const first = BigInt(block) + 1n
  store.set(s.FirstEmissionBlockNumber, [netuid], first)
  store.set(s.SubtokenEnabled, [netuid], true)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'FirstEmissionBlockNumberSet', value: [netuid, first] } })
  return done
}
