import type { HoldingState, RootOwed, SubnetHolding } from '../../../../shared/staking/holding-state.ts'
import {
  type Alpha,
  alpha,
  isAlpha,
  isRao,
  type Netuid,
  type Rao,
  rao,
  type Ss58,
  subAlpha,
} from '../../../../shared/units/amounts.ts'
import type { StakeAt } from '../../chain.port.ts'
import { Answer, asAddress, asBigint, asFlag, asList, asNetuid, asNumber, asRao } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'
import { readHeld } from './portfolio.ts'

const AVAILABILITY = 'StakeInfoRuntimeApi.get_stake_availability_for_coldkeys'
const POSITIONS = 'BetaBasketRuntimeApi.get_root_basket_positions'
const LOCK = 'SubtensorModule.Lock'
const DECAYING = 'SubtensorModule.DecayingLock'
const LOCK_NOW = 'StakeInfoRuntimeApi.get_coldkey_lock'
const CONVICTION = 'StakeInfoRuntimeApi.get_hotkey_conviction'
const AUTO_STAKE = 'SubtensorModule.AutoStakeDestination'
const LAST_STAKE = 'SubtensorModule.LastColdkeyHotkeyStakeBlock'
/** More subnets than there will be, and a bound on what a node can make us read. */
const MOST_KEYS = 1_000
const ROOT = 0
/** Bit of `AccountFlags`. @source subtensor `lib.rs` ACCOUNT_FLAGS_ACCEPT_LOCKED_ALPHA */
const TAKES_LOCKED = 1n

/** Single values, by name; those that the runtime lacks are left out. */
async function valuesOf(view: View, asks: Readonly<Record<string, Ask>>): Promise<ReadonlyMap<string, Stored>> {
  const known = Object.entries(asks).filter(([, [item]]) => view.runtime.has({ storage: [item] }))
  if (known.length === 0) return new Map()
  const found = await view.storage(known.map(([, ask]) => ask))
  return new Map(known.flatMap(([name], at) => (found[at] ? [[name, found[at]] as const] : [])))
}

/** Keys of a coldkey in a map, as the arguments that follow it; none where the runtime has no such map. One request. */
async function keysUnder(view: View, item: string, coldkey: Ss58): Promise<readonly (readonly unknown[])[]> {
  if (!view.runtime.has({ storage: [item] })) return []
  const storage = view.runtime.storage(item)
  const prefix = storage.prefixOf(coldkey)
  const keys = asList(await view.request('state_getKeysPaged', [prefix, MOST_KEYS, prefix, view.hash]), item)
  return keys.map((key) => {
    const [whose, ...rest] = storage.argumentsOf(typeof key === 'string' ? key : badAnswer(item))
    return whose === coldkey ? rest : badAnswer(`key of ${item}`)
  })
}

interface Amounts {
  readonly total: Alpha
  readonly available: Alpha | undefined
}

/** What is held on each subnet, and what of it may leave; the latter is unknown where there are locks and nobody tells. */
async function readAmounts(
  view: View,
  coldkey: Ss58,
  held: Promise<readonly StakeAt[]>,
): Promise<ReadonlyMap<Netuid, Amounts>> {
  const amounts = new Map<Netuid, Amounts>()
  if (view.runtime.has({ apis: [AVAILABILITY] })) {
    for (const entry of asList(await view.api(AVAILABILITY, [coldkey], undefined), AVAILABILITY)) {
      const [whose, rows] = asList(entry, AVAILABILITY)
      if (asAddress(whose, AVAILABILITY) !== coldkey) continue
      for (const row of asList(rows, AVAILABILITY)) {
        const [id, found] = asList(row, AVAILABILITY)
        const answer = new Answer(found, AVAILABILITY)
        amounts.set(asNetuid(id, AVAILABILITY), { total: answer.alpha('total'), available: answer.alpha('available') })
      }
    }
    return amounts
  }
  for (const { netuid, alpha: more } of await held) {
    const sum = (amounts.get(netuid)?.total ?? 0n) + more
    const total = isAlpha(sum) ? sum : badAnswer('StakeInfo')
    amounts.set(netuid, { total, available: view.runtime.has(FEATURES.locks) ? undefined : total })
  }
  return amounts
}

/** The values that other answers had to name first, all of them in one request. */
class Later {
  readonly #asks: Ask[] = []
  #found: readonly Stored[] = []

  /** @returns reads the value once {@link fetch} is done; `undefined` where there is none */
  ask(item: string, ...key: readonly unknown[]): () => unknown {
    const at = this.#asks.push([item, ...key]) - 1
    return () => (this.#found[at]?.present ? this.#found[at].value : undefined)
  }
  async fetch(view: View): Promise<void> {
    if (this.#asks.length > 0) this.#found = await view.storage(this.#asks)
  }
}

/** On which subnets the locks of a coldkey do not decay. Readable after `later` is fetched. */
function perpetualOn(later: Later, coldkey: Ss58, netuids: readonly Netuid[]): (netuid: Netuid) => boolean {
  const asked = new Map(netuids.map((netuid) => [netuid, later.ask(DECAYING, coldkey, netuid)]))
  return (netuid) => {
    const decays = asked.get(netuid)?.()
    return decays !== undefined && !asFlag(decays, DECAYING)
  }
}

/** Where what is mined goes, by subnet. A destination may be set where nothing is held. */
const destinationsOf = (later: Later, coldkey: Ss58, keys: readonly (readonly unknown[])[]) =>
  keys.map(([id]) => {
    const netuid = asNetuid(id, AUTO_STAKE)
    const value = later.ask(AUTO_STAKE, coldkey, netuid)
    return { netuid, hotkey: () => asAddress(value(), AUTO_STAKE) }
  })

/** Convictions are told with 64 fraction bits. */
const wholeAlpha = (value: unknown, what: string): Alpha => {
  const amount = asBigint(typeof value === 'bigint' ? value : new Answer(value, what).raw('bits'), what) >> 64n
  return isAlpha(amount) ? amount : badAnswer(what)
}

/** What the chain says of one lock as it is in this block: decayed and grown by the chain itself, not by us. */
interface LockNow {
  readonly amount: Alpha
  readonly conviction: Alpha
  readonly hotkeyConviction: Alpha | undefined
}

/**
 * Every lock as it is now: two requests each, all at once. A lock that decayed to nothing is not among them.
 * @returns `undefined` where the runtime does not tell; then only what availability leaves out is known of a lock
 */
async function readLocksNow(
  view: View,
  coldkey: Ss58,
  locks: ReadonlyMap<Netuid, Ss58>,
): Promise<ReadonlyMap<Netuid, LockNow> | undefined> {
  const { runtime } = view
  if (!runtime.has({ apis: [LOCK_NOW] })) return undefined
  const found = await Promise.all(
    [...locks].map(async ([netuid, hotkey]) => {
      const [state, ofAll] = await Promise.all([
        view.api(LOCK_NOW, coldkey, netuid),
        runtime.has({ apis: [CONVICTION] }) ? view.api(CONVICTION, hotkey, netuid) : undefined,
      ])
      if (state === undefined || state === null) return []
      const lock = new Answer(state, LOCK_NOW)
      const conviction = wholeAlpha(lock.raw('conviction'), LOCK_NOW)
      const hotkeyConviction = ofAll === undefined ? undefined : wholeAlpha(ofAll, CONVICTION)
      return [[netuid, { amount: lock.alpha('locked_mass'), conviction, hotkeyConviction }] as const]
    }),
  )
  return new Map(found.flat())
}

interface Found {
  readonly amounts: ReadonlyMap<Netuid, Amounts>
  readonly locks: ReadonlyMap<Netuid, Ss58>
  readonly locksNow: ReadonlyMap<Netuid, LockNow> | undefined
  readonly destinations: ReturnType<typeof destinationsOf>
  /** Absent where the runtime has no locks. */
  readonly perpetual?: ((netuid: Netuid) => boolean) | undefined
}

const netuidsOf = ({
  amounts,
  locks,
  destinations,
}: Pick<Found, 'amounts' | 'locks' | 'destinations'>): readonly Netuid[] => {
  const all = [...amounts.keys(), ...locks.keys(), ...destinations.map(({ netuid }) => netuid)]
  return [...new Set(all)].sort((a, b) => a - b)
}

const subnetsOf = (found: Found): readonly SubnetHolding[] =>
  netuidsOf(found).map((netuid) => {
    const { total, available } = found.amounts.get(netuid) ?? { total: alpha(0n), available: alpha(0n) }
    const hotkey = found.locks.get(netuid)
    const perpetual = found.perpetual?.(netuid)
    const autoStake = found.destinations.find((one) => one.netuid === netuid)?.hotkey()
    // The chain takes what decayed off when it tells availability; what is kept in storage is as old as its last change.
    const bound = available !== undefined && total > available ? subAlpha(total, available) : undefined
    const now = found.locksNow ? found.locksNow.get(netuid) : bound && { amount: bound }
    return {
      netuid,
      total,
      available,
      perpetual,
      ...(autoStake ? { autoStake } : {}),
      ...(hotkey && now ? { lock: { hotkey, ...now, perpetual: perpetual === true } } : {}),
    }
  })

/** What root owes, by validator; also those that are staked to and owe nothing now. */
async function readOwed(view: View, coldkey: Ss58, held: Promise<readonly StakeAt[]>): Promise<readonly RootOwed[]> {
  if (!view.runtime.has(FEATURES.baskets)) return []
  const rows = asList(await view.api(POSITIONS, coldkey), POSITIONS).map((row) => {
    const [hotkey, , owed] = asList(row, POSITIONS)
    return { hotkey: asAddress(hotkey, POSITIONS), owed: asRao(owed, POSITIONS) }
  })
  const others = (await held).filter(
    ({ netuid, hotkey }) => netuid === ROOT && !rows.some((row) => row.hotkey === hotkey),
  )
  return [...rows, ...others.map(({ hotkey }) => ({ hotkey, owed: rao(0n) }))]
}

/** Adds from which block on stake behind each validator may leave root. Readable after `later` is fetched. */
const heldUntilOf = (later: Later, coldkey: Ss58, owed: readonly RootOwed[], holdBlocks: number | undefined) =>
  owed.map((row) => {
    const last = holdBlocks ? later.ask(LAST_STAKE, coldkey, row.hotkey) : () => undefined
    return (view: View): RootOwed => {
      const found = last()
      const until = found === undefined || holdBlocks === undefined ? 0 : asNumber(found, LAST_STAKE) + holdBlocks
      return until > view.block ? { ...row, heldUntil: until } : row
    }
  })

/** A fixed-point number of rao with 32 fraction bits. */
const fixedRao = (value: unknown, what: string): Rao => {
  const amount = asBigint(typeof value === 'bigint' ? value : new Answer(value, what).raw('bits'), what) >> 32n
  return isRao(amount) ? amount : badAnswer(what)
}

/** See HoldingsPort.holdingState. */
export async function readHoldingState(view: View, coldkey: Ss58): Promise<HoldingState> {
  const { runtime } = view
  const held = readHeld(view, coldkey)
  const [values, amounts, owed, lockKeys, destinationKeys] = await Promise.all([
    valuesOf(view, {
      unlock: ['SubtensorModule.UnlockRate'],
      flags: ['SubtensorModule.AccountFlags', coldkey],
      threshold: ['SubtensorModule.RootClaimableThreshold', ROOT],
      hold: ['SubtensorModule.RootStakeUnlockInterval'],
      orders: ['LimitOrders.LimitOrdersEnabled'],
      chainId: ['EVMChainId.ChainId'],
      key: ['MevShield.NextKey'],
      expires: ['MevShield.NextKeyExpiresAt'],
    }),
    readAmounts(view, coldkey, held),
    readOwed(view, coldkey, held),
    runtime.has(FEATURES.locks) ? keysUnder(view, LOCK, coldkey) : [],
    keysUnder(view, AUTO_STAKE, coldkey),
    held,
  ])
  const value = <T>(name: string, as: (raw: unknown, what: string) => T): T | undefined => {
    const stored = values.get(name)
    return stored?.value === undefined ? undefined : as(stored.value, name)
  }
  const holdBlocks = value('hold', asNumber)
  const later = new Later()
  const destinations = destinationsOf(later, coldkey, destinationKeys)
  const locks = new Map(lockKeys.map(([id, hotkey]) => [asNetuid(id, LOCK), asAddress(hotkey, LOCK)]))
  const found = { amounts, locks, destinations }
  const perpetual = runtime.has(FEATURES.locks) ? perpetualOn(later, coldkey, netuidsOf(found)) : undefined
  const holds = heldUntilOf(later, coldkey, owed, holdBlocks)
  const [locksNow] = await Promise.all([readLocksNow(view, coldkey, locks), later.fetch(view)])
  const byValidator = holds.map((hold) => hold(view))
  const flags = value('flags', asBigint)
  const baskets = runtime.has(FEATURES.baskets)
  return {
    atBlock: view.block,
    coldkey,
    features: {
      locks: runtime.has(FEATURES.locks),
      destroy: runtime.has(FEATURES.destroyAlpha),
      autoStake: runtime.has(FEATURES.autoStake),
      baskets,
      orders: runtime.has(FEATURES.limitOrders),
      shield: runtime.has(FEATURES.shield),
    },
    subnets: subnetsOf({ ...found, locksNow, perpetual }),
    unlockBlocks: value('unlock', asNumber),
    rejectsLocked: flags === undefined ? undefined : (flags & TAKES_LOCKED) === 0n,
    root: {
      owed: baskets ? sumOf(byValidator) : undefined,
      byValidator,
      threshold: value('threshold', fixedRao),
      holdBlocks,
    },
    orders: { enabled: value('orders', asFlag), chainId: value('chainId', asNumber) },
    shieldKey: { present: values.get('key')?.present === true, expiresAt: value('expires', asNumber) },
  }
}

const sumOf = (owed: readonly RootOwed[]): Rao => {
  const sum = owed.reduce((total, row) => total + row.owed, 0n)
  return isRao(sum) ? sum : badAnswer(POSITIONS)
}
