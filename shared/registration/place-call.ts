import type { AppError } from '../errors.ts'
import type { Intent, PlaceIntent } from '../signing/intent.ts'
import { type Alpha, type Netuid, netuid, type Rao, type Ss58 } from '../units/amounts.ts'

/** Where a hotkey has a place. */
export interface HeldPlace {
  readonly netuid: Netuid
  readonly uid: number
}

/** A hotkey that a call names, as the chain knows it. */
export interface NamedHotkey {
  readonly hotkey: Ss58
  /** `undefined`: nobody's yet. */
  readonly owner?: Ss58 | undefined
  readonly places: readonly HeldPlace[]
}

/** What the chain says about a call that gives places to a hotkey, all of one block. */
export interface PlaceFacts {
  readonly block: number
  /** What the call takes besides the network fee, rao: the seat at its price of now, or the price of a swap. */
  readonly cost: Rao
  /** Who gets something: the hotkey of a seat, or the new one of a swap. */
  readonly receiver: NamedHotkey
  /** Of a swap: who gives it. */
  readonly giver?: NamedHotkey | undefined
  /** Of a swap: the first block in which the chain allows the next one. `undefined`: at once. */
  readonly notBefore?: number | undefined
  /** Of a swap that touches root: the receiver has stake or a basket there already, which cannot be merged. */
  readonly busyOnRoot?: boolean | undefined
  /** Of a swap on one subnet: what the giver has bound there as collateral. `undefined`: nothing, or the chain knows of no such thing. */
  readonly bound?: Alpha | undefined
  /** Of a seat on a full root: what its weakest holder has; as much as that is too little. `undefined`: there is room. */
  readonly mostHave?: { readonly weakest: Rao; readonly own: Rao } | undefined
}

const ROOT = netuid(0)

export const isPlaceIntent = (intent: Intent): intent is PlaceIntent =>
  intent.kind === 'root-register' || intent.kind === 'swap-hotkey'

/** Which subnets a swap changes. */
const touched = ({ netuid: only }: { readonly netuid?: Netuid }, places: readonly HeldPlace[]): readonly HeldPlace[] =>
  only === undefined ? places : places.filter((place) => place.netuid === only)

/**
 * Why the chain would not do this, or would do nothing, or something that is never meant; said before a fee is paid. Pure.
 * @returns `undefined` when nothing speaks against it
 * @source subtensor `pallets/subtensor/src/swap/swap_hotkey.rs`, `subnets/registration.rs`, `coinbase/root.rs`
 */
export function placeRefusal(intent: PlaceIntent, coldkey: Ss58, facts: PlaceFacts): AppError | undefined {
  const { receiver } = facts
  // The chain of some versions would make a new hotkey of somebody else ours; nobody means that.
  if (receiver.owner !== undefined && receiver.owner !== coldkey)
    return { code: 'register/other-owner', hotkey: receiver.hotkey, owner: receiver.owner }
  return intent.kind === 'root-register' ? seatRefusal(facts) : swapRefusal(intent, coldkey, facts)
}

function seatRefusal({ receiver, mostHave }: PlaceFacts): AppError | undefined {
  const seat = receiver.places.find((place) => place.netuid === ROOT)
  if (seat) return { code: 'register/already-registered', ...seat }
  if (!mostHave || mostHave.own > mostHave.weakest) return undefined
  return { code: 'place/root-full', ...mostHave }
}

function swapRefusal(
  intent: Extract<PlaceIntent, { kind: 'swap-hotkey' }>,
  coldkey: Ss58,
  { block, giver, receiver, notBefore, busyOnRoot, bound }: PlaceFacts,
): AppError | undefined {
  const { hotkey, newHotkey, netuid: only } = intent
  if (hotkey === newHotkey) return { code: 'place/same-hotkey' }
  if (giver?.owner !== undefined && giver.owner !== coldkey)
    return { code: 'register/other-owner', hotkey, owner: giver.owner }
  if (intent.keepStake && only === undefined) return { code: 'place/stake-needs-subnet' }
  if (touched(intent, giver?.places ?? []).length === 0)
    return { code: 'place/none', hotkey, ...(only === undefined ? {} : { netuid: only }) }
  if (intent.keepStake && only !== undefined && bound !== undefined && bound > 0n)
    return { code: 'place/stake-bound', hotkey, netuid: only, locked: bound }
  const [taken] = touched(intent, receiver.places)
  if (taken) return { code: 'register/already-registered', ...taken }
  if (busyOnRoot) return { code: 'place/busy-on-root', hotkey: newHotkey }
  return notBefore !== undefined && notBefore > block
    ? { code: 'place/swap-too-soon', blocksLeft: notBefore - block }
    : undefined
}
