import type { Netuid, RaoPerAlpha, Ss58 } from '../../../../shared/units/amounts.ts'
import type { StakeAt } from '../../chain.port.ts'
import type { EpochSnapshot, PlaceAt } from '../../earnings.port.ts'
import { asAddress, asBigint, asList, asNumber } from '../answer.ts'
import { viewAt } from '../history.ts'
import type { Session } from '../session.ts'
import type { Ask, View } from '../view.ts'
import { readStakes } from './epochs.ts'
import { minStakeOf } from './min-stake.ts'
import { readPrice } from './prices.ts'

const [PERMIT, OWNER_COLDKEY, OWNER_HOTKEY] = [
  'SubtensorModule.ValidatorPermit',
  'SubtensorModule.SubnetOwner',
  'SubtensorModule.SubnetOwnerHotkey',
]
const [UID, OWNER, OWNED] = ['SubtensorModule.Uids', 'SubtensorModule.Owner', 'SubtensorModule.OwnedHotkeys']
const [CHILDREN, LAST_EPOCH] = ['SubtensorModule.ChildKeys', 'SubtensorModule.LastEpochBlock']
const TOTAL = 'SubtensorModule.TotalHotkeyAlpha'
const LEAST_NOMINATION = 'SubtensorModule.NominatorMinRequiredStake'
/** `NominatorMinRequiredStake` counts in millionths of the smallest stake. @source subtensor `staking/helpers.rs` */
const MILLION = 1_000_000n

interface Asked {
  readonly block: number
  readonly netuids: readonly Netuid[]
  readonly hotkeys: readonly Ss58[]
}

/**
 * Stake right before and right after the epochs of one block, and who held which place when they ran: an epoch comes before the
 * transactions of its block, so that the state at the end of the block before is the one it saw.
 */
export async function readEpochSnapshot(session: Session, coldkey: Ss58, at: Asked): Promise<EpochSnapshot> {
  const [early, late] = await Promise.all([viewAt(session, at.block - 1), viewAt(session, at.block)])
  const [before, after] = await Promise.all([readStakes(early, coldkey), readStakes(late, coldkey)])
  const [told, prices] = await Promise.all([
    readPlaces(early, coldkey, { ...at, before, after }),
    readPricesOf(late, at.netuids),
  ])
  return { before, after, prices, ...told }
}

/** See EarningsPort. */
export async function readNetuidsOf(
  view: View,
  coldkey: Ss58,
  { netuids, hotkeys }: Omit<Asked, 'block'>,
): Promise<readonly Netuid[]> {
  const [owned] = await view.storage([[OWNED, coldkey]])
  // A wallet may not have all hotkeys that its coldkey owns.
  const all = [...new Set([...hotkeys, ...asList(owned?.value, OWNED).map((hotkey) => asAddress(hotkey, OWNED))])]
  const stored = await view.storage(
    netuids.flatMap((netuid): Ask[] => [[OWNER_COLDKEY, netuid], ...all.map((hotkey): Ask => [UID, netuid, hotkey])]),
  )
  const each = all.length + 1
  return netuids.filter((_, index) => {
    const [owner, ...uids] = stored.slice(index * each, (index + 1) * each)
    return asAddress(owner?.value, OWNER_COLDKEY) === coldkey || uids.some((uid) => uid.present)
  })
}

async function readPricesOf(view: View, netuids: readonly Netuid[]): Promise<ReadonlyMap<Netuid, RaoPerAlpha>> {
  const prices = new Map<Netuid, RaoPerAlpha>()
  for (const netuid of netuids) {
    const price = await readPrice(view, netuid).catch(() => undefined)
    if (price !== undefined) prices.set(netuid, price)
  }
  return prices
}

type Told = Pick<EpochSnapshot, 'places' | 'previous' | 'dust'>

async function readPlaces(
  view: View,
  coldkey: Ss58,
  { netuids, hotkeys, before, after }: Asked & Record<'before' | 'after', readonly StakeAt[]>,
): Promise<Told> {
  const held = [...before, ...after]
  const wanted = netuids.map((netuid) => ({
    netuid,
    hotkeys: [...new Set([...hotkeys, ...held.flatMap((one) => (one.netuid === netuid ? [one.hotkey] : []))])],
  }))
  const tellsChildren = view.runtime.has({ storage: [CHILDREN] })
  const tellsTotal = view.runtime.has({ storage: [TOTAL] })
  const tellsDust = view.runtime.has({ storage: [LEAST_NOMINATION] })
  const stored = await view.storage([
    ...(tellsDust ? [[LEAST_NOMINATION] as const] : []),
    ...wanted.flatMap(({ netuid, hotkeys }): Ask[] => [
      [PERMIT, netuid],
      [OWNER_COLDKEY, netuid],
      [OWNER_HOTKEY, netuid],
      [LAST_EPOCH, netuid],
      ...hotkeys.flatMap((hotkey): Ask[] => [
        [UID, netuid, hotkey],
        [OWNER, hotkey],
        ...(tellsChildren ? [[CHILDREN, hotkey, netuid] as const] : []),
        ...(tellsTotal ? [[TOTAL, hotkey, netuid] as const] : []),
      ]),
    ]),
  ])
  let next = 0
  const take = () => stored[next++]
  const least = tellsDust ? asBigint(take()?.value, LEAST_NOMINATION) : undefined
  const previous = new Map<Netuid, number>()
  const places = wanted.flatMap(({ netuid, hotkeys }) => {
    const permits = asList(take()?.value, PERMIT)
    const ownsSubnet = asAddress(take()?.value, OWNER_COLDKEY) === coldkey
    const ownerHotkey = asAddress(take()?.value, OWNER_HOTKEY)
    previous.set(netuid, asNumber(take()?.value, LAST_EPOCH))
    return hotkeys.map((hotkey): PlaceAt => {
      const [uid, owner] = [take(), take()]
      const children = tellsChildren ? asList(take()?.value, CHILDREN) : undefined
      const total = tellsTotal ? asBigint(take()?.value, TOTAL) : undefined
      const own = before.find((one) => one.netuid === netuid && one.hotkey === hotkey)?.alpha ?? 0n
      const at = uid?.present ? asNumber(uid.value, UID) : undefined
      return {
        netuid,
        hotkey,
        owned: owner?.present === true && asAddress(owner.value, OWNER) === coldkey,
        ...(at === undefined ? {} : { uid: at }),
        permit: at !== undefined && permits[at] === true,
        ...(children ? { hasChildren: children.length > 0 } : {}),
        ...(total === undefined ? {} : { alone: total === own }),
        ownsSubnet,
        takesOwnerCut: ownsSubnet && ownerHotkey === hotkey,
      }
    })
  })
  return { places, previous, ...(least === undefined ? {} : { dust: (minStakeOf(view.runtime) * least) / MILLION }) }
}
