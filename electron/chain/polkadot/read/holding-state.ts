import type { HoldingState, RootOwed, SubnetHolding } from '../../../../shared/staking/holding-state.ts'
import { alpha, isRao, type Netuid, type Rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asBigint, asFlag, asList, asNetuid, asNumber, asRao } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'

const AVAILABILITY = 'StakeInfoRuntimeApi.get_stake_availability_for_coldkeys'
const POSITIONS = 'BetaBasketRuntimeApi.get_root_basket_positions'
const LOCK = 'SubtensorModule.Lock'
const AUTO_STAKE = 'SubtensorModule.AutoStakeDestination'
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

/** Everything under a coldkey in a map whose keys tell the rest: two requests. */
async function entriesOf(
  view: View,
  item: string,
  coldkey: Ss58,
): Promise<readonly { readonly key: readonly unknown[]; readonly value: unknown }[]> {
  if (!view.runtime.has({ storage: [item] })) return []
  const storage = view.runtime.storage(item)
  const prefix = storage.prefixOf(coldkey)
  const keys = asList(await view.request('state_getKeysPaged', [prefix, MOST_KEYS, prefix, view.hash]), item)
  const asked = keys.map((key) => storage.argumentsOf(typeof key === 'string' ? key : badAnswer(item)))
  const found = asked.length === 0 ? [] : await view.storage(asked.map((key): Ask => [item, ...key]))
  return asked.flatMap((key, at) => (found[at]?.present ? [{ key, value: found[at].value }] : []))
}

/** What a coldkey holds on each subnet. @errors chain/unsupported where the runtime does not tell availability */
async function readSubnets(view: View, coldkey: Ss58): Promise<readonly SubnetHolding[]> {
  const [amounts, locks, destinations] = await Promise.all([
    view.runtime.has({ apis: [AVAILABILITY] }) ? view.api(AVAILABILITY, [coldkey], undefined) : [],
    entriesOf(view, LOCK, coldkey),
    entriesOf(view, AUTO_STAKE, coldkey),
  ])
  const holdings = new Map<Netuid, SubnetHolding>()
  for (const entry of asList(amounts, AVAILABILITY))
    for (const row of asList(asList(entry, AVAILABILITY)[1], AVAILABILITY)) {
      const [id, held] = asList(row, AVAILABILITY)
      const answer = new Answer(held, AVAILABILITY)
      const netuid = asNetuid(id, AVAILABILITY)
      holdings.set(netuid, { netuid, total: answer.alpha('total'), available: answer.alpha('available') })
    }
  for (const { key } of destinations) at(holdings, key[1])
  const autoStake = new Map(destinations.map(({ key, value }) => [key[1], asAddress(value, AUTO_STAKE)]))
  const perpetual = await readPerpetual(
    view,
    coldkey,
    locks.map(({ key }) => asNetuid(key[1], LOCK)),
  )
  const lockOn = new Map(
    locks.map(({ key, value }) => [
      key[1],
      { hotkey: asAddress(key[2], LOCK), kept: new Answer(value, LOCK).alpha('locked_mass') },
    ]),
  )
  return [...holdings.values()]
    .sort((a, b) => a.netuid - b.netuid)
    .map((holding) => {
      const lock = lockOn.get(holding.netuid)
      const hotkey = autoStake.get(holding.netuid)
      // The chain takes what decayed off when it tells availability; what is kept in storage is as old as its last change.
      const amount = holding.total > holding.available ? alpha(holding.total - holding.available) : alpha(0n)
      return {
        ...holding,
        ...(hotkey ? { autoStake: hotkey } : {}),
        ...(lock && amount > 0n
          ? { lock: { hotkey: lock.hotkey, amount, perpetual: perpetual.has(holding.netuid) } }
          : {}),
      }
    })
}

/** A destination may be set where nothing is held. */
function at(holdings: Map<Netuid, SubnetHolding>, key: unknown): void {
  const netuid = asNetuid(key, AUTO_STAKE)
  if (!holdings.has(netuid)) holdings.set(netuid, { netuid, total: alpha(0n), available: alpha(0n) })
}

async function readPerpetual(view: View, coldkey: Ss58, netuids: readonly Netuid[]): Promise<ReadonlySet<Netuid>> {
  if (netuids.length === 0) return new Set()
  const item = 'SubtensorModule.DecayingLock'
  const found = await view.storage(netuids.map((netuid): Ask => [item, coldkey, netuid]))
  return new Set(netuids.filter((_, index) => found[index]?.present && !asFlag(found[index].value, item)))
}

async function readOwed(view: View, coldkey: Ss58): Promise<readonly RootOwed[]> {
  if (!view.runtime.has(FEATURES.baskets)) return []
  return asList(await view.api(POSITIONS, coldkey), POSITIONS).map((row) => {
    const [hotkey, , owed] = asList(row, POSITIONS)
    return { hotkey: asAddress(hotkey, POSITIONS), owed: asRao(owed, POSITIONS) }
  })
}

/** Adds from which block on stake behind each validator may leave root. One request where there is a hold. */
async function withHold(
  view: View,
  coldkey: Ss58,
  { owed, holdBlocks }: { readonly owed: readonly RootOwed[]; readonly holdBlocks: number | undefined },
): Promise<readonly RootOwed[]> {
  const item = 'SubtensorModule.LastColdkeyHotkeyStakeBlock'
  if (!holdBlocks || owed.length === 0) return owed
  const found = await view.storage(owed.map(({ hotkey }): Ask => [item, coldkey, hotkey]))
  return owed.map((row, index) => {
    const last = found[index]
    const until = last?.present ? asNumber(last.value, item) + holdBlocks : 0
    return until > view.block ? { ...row, heldUntil: until } : row
  })
}

/** A fixed-point number of rao with 32 fraction bits. */
const fixedRao = (value: unknown, what: string): Rao => {
  const amount = asBigint(typeof value === 'bigint' ? value : new Answer(value, what).raw('bits'), what) >> 32n
  return isRao(amount) ? amount : badAnswer(what)
}

/** See HoldingsPort.holdingState. */
export async function readHoldingState(view: View, coldkey: Ss58): Promise<HoldingState> {
  const { runtime } = view
  const [values, subnets, owed] = await Promise.all([
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
    readSubnets(view, coldkey),
    readOwed(view, coldkey),
  ])
  const value = <T>(name: string, as: (raw: unknown, what: string) => T): T | undefined => {
    const stored = values.get(name)
    return stored?.value === undefined ? undefined : as(stored.value, name)
  }
  const holdBlocks = value('hold', asNumber)
  const byValidator = await withHold(view, coldkey, { owed, holdBlocks })
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
    subnets,
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
