import type { NamedHotkey, PlaceFacts } from '../../../../shared/registration/place-call.ts'
import type { PlaceIntent } from '../../../../shared/signing/intent.ts'
import { isAlpha, isRao, netuid, type Rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { asAddress, asList, asNumber, asRao } from '../answer.ts'
import { badAnswer, fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Ask, View } from '../view.ts'
import { BOND_ITEMS } from './collateral.ts'
import { readUids } from './miner.ts'

const OWNER = 'SubtensorModule.Owner'
const LAST_THERE = 'SubtensorModule.LastHotkeySwapOnNetuid'
/** Until then stake that a swap moved there stays, so that its stakers can leave. From spec 473 on. */
const REST_UNTIL = 'SubtensorModule.StakeMoveCooldownUntil'
const LAST_ANY = 'SubtensorModule.LastRateLimitedBlock'
const LIMIT = 'SubtensorModule.TxRateLimit'
const STAKE = 'SubtensorModule.TotalHotkeyAlpha'
const RATES = 'SubtensorModule.RootClaimable'
const KEYS = 'SubtensorModule.Keys'
const INTERVAL = 'SubtensorModule.HotkeySwapOnSubnetInterval'
const ROOT = netuid(0)

/** See PlacesPort.placeFacts. */
export function readPlaceFacts(view: View, coldkey: Ss58, intent: PlaceIntent): Promise<PlaceFacts> {
  return intent.kind === 'root-register' ? readSeat(view, intent.hotkey) : readSwap(view, coldkey, intent)
}

type Named = (hotkey: Ss58) => NamedHotkey

/** Owners and places of the hotkeys that a call names. */
async function readNamed(view: View, hotkeys: readonly Ss58[]): Promise<Named> {
  const [places, owners] = await Promise.all([
    readUids(view, hotkeys),
    view.storage(hotkeys.map((hotkey): Ask => [OWNER, hotkey])),
  ])
  return (hotkey) => {
    const stored = owners[hotkeys.indexOf(hotkey)]
    const held = places.filter((place) => place.hotkey === hotkey)
    return {
      hotkey,
      // Whom nobody owns has the default in the answer, an account of zeros.
      owner: stored?.present ? asAddress(stored.value, OWNER) : undefined,
      places: held.map(({ netuid: id, uid }) => ({ netuid: id, uid })),
    }
  }
}

async function readSeat(view: View, hotkey: Ss58): Promise<PlaceFacts> {
  view.runtime.need(FEATURES.rootRegister)
  const ofRoot = ['Burn', 'SubnetworkN', 'MaxAllowedUids'].map((name): Ask => [`SubtensorModule.${name}`, ROOT])
  const [named, [price, taken, most]] = await Promise.all([readNamed(view, [hotkey]), view.storage(ofRoot)])
  const seats = asNumber(taken?.value, 'SubnetworkN')
  const full = seats >= asNumber(most?.value, 'MaxAllowedUids')
  return {
    block: view.block,
    cost: asRao(price?.value, 'Burn'),
    receiver: named(hotkey),
    mostHave: full ? await readWeakest(view, hotkey, seats) : undefined,
  }
}

/** A full root gives a seat only to whom has more stake there than the least of its holders. */
async function readWeakest(view: View, hotkey: Ss58, seats: number): Promise<PlaceFacts['mostHave']> {
  const keys = await view.storage(Array.from({ length: seats }, (_, uid): Ask => [KEYS, ROOT, uid]))
  const holders = keys.map(({ value }) => asAddress(value, KEYS))
  const stakes = await view.storage([hotkey, ...holders].map((who): Ask => [STAKE, who, ROOT]))
  const [own, ...theirs] = stakes.map(({ value }) => asRao(value, STAKE))
  const [weakest] = theirs.toSorted((a, b) => (a < b ? -1 : 1))
  return own === undefined || weakest === undefined ? badAnswer(STAKE) : { weakest, own }
}

/** Nothing is stored for whom nothing is bound. */
function lockedOf(state: unknown): PlaceFacts['bound'] {
  if (state === undefined || state === null) return undefined
  const { locked } = Object(state)
  const bits = typeof locked === 'number' ? BigInt(locked) : locked
  return isAlpha(bits) ? bits : badAnswer(BOND_ITEMS.bond)
}

/** What a swap takes besides the network fee. */
function costOf(runtime: Runtime, everywhere: boolean): Rao {
  const name = everywhere ? 'SubtensorModule.KeySwapCost' : 'SubtensorModule.KeySwapOnSubnetCost'
  const cost = runtime.constant(name)
  return isRao(cost) ? cost : fail({ code: 'chain/unsupported', missing: [name] })
}

async function readSwap(
  view: View,
  coldkey: Ss58,
  { hotkey, newHotkey, netuid: only, keepStake }: Extract<PlaceIntent, { kind: 'swap-hotkey' }>,
): Promise<PlaceFacts> {
  const { runtime } = view
  runtime.need(FEATURES.swapHotkey)
  const cost = costOf(runtime, only === undefined)
  // Each of them came and went with runtimes.
  const asks: readonly Ask[] = [
    [STAKE, newHotkey, ROOT],
    [RATES, newHotkey],
    [LIMIT],
    [LAST_ANY, { type: 'LastTxBlock', value: coldkey }],
    ...(only === undefined
      ? []
      : [
          [LAST_THERE, only, coldkey] as const,
          keepStake ? ([BOND_ITEMS.bond, only, hotkey, coldkey] as const) : ([REST_UNTIL, only, hotkey] as const),
        ]),
  ]
  const known = asks.filter(([item]) => runtime.has({ storage: [item] }))
  const [named, stored] = await Promise.all([readNamed(view, [hotkey, newHotkey]), view.storage(known)])
  const value = (item: string): unknown => stored[known.findIndex(([name]) => name === item)]?.value
  const numberOf = (item: string): number => (value(item) === undefined ? 0 : asNumber(value(item), item))
  const [there, any, limit] = [numberOf(LAST_THERE), numberOf(LAST_ANY), numberOf(LIMIT)]
  const interval = runtime.constant(INTERVAL)
  const ends = [
    ...(there > 0 && interval !== undefined ? [there + asNumber(interval, INTERVAL) + 1] : []),
    ...(any > 0 && limit > 0 ? [any + limit + 1] : []),
    numberOf(REST_UNTIL),
  ]
  const stake = value(STAKE)
  const rates = value(RATES)
  const busy =
    (stake !== undefined && asRao(stake, STAKE) > 0n) || (rates !== undefined && asList(rates, RATES).length > 0)
  return {
    block: view.block,
    cost,
    giver: named(hotkey),
    receiver: named(newHotkey),
    notBefore: ends.every((end) => end === 0) ? undefined : Math.max(...ends),
    bound: lockedOf(value(BOND_ITEMS.bond)),
    busyOnRoot: busy && (only === undefined || only === ROOT),
  }
}
