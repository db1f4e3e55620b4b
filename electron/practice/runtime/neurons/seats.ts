import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { isImmune, type PruneRules, type Seat, seatToPrune } from '../registration/prune.ts'
import { hotkeyAlpha, ownerOf, ROOT } from '../stake/ledger.ts'

const s = subtensorModule.storage

export const seatCount = (store: Store, netuid: number): number => store.get(s.SubnetworkN, netuid)

export const hotkeysOf = (store: Store, netuid: number): string[] =>
  Array.from({ length: seatCount(store, netuid) }, (_, uid) => store.get(s.Keys, netuid, uid))

const replaced = <T>(list: readonly T[], at: number, value: T): T[] => {
  const next = [...list]
  next[at] = value
  return next
}

/** Per-uid lists of a subnet; a new neuron starts with nothing in each of them. */
function clearColumns({ store, block }: Ctx, netuid: number, uid: number): void {
  store.update(s.Active, [netuid], (list) => replaced(list, uid, true))
  store.update(s.Emission, [netuid], (list) => replaced(list, uid, 0n))
  store.update(s.LastUpdate, [netuid], (list) => replaced(list, uid, BigInt(block)))
  store.update(s.ValidatorPermit, [netuid], (list) => replaced(list, uid, false))
  for (const item of [s.Consensus, s.Incentive, s.Dividends, s.ValidatorTrust])
    store.update(item, [netuid], (list) => replaced(list, uid, 0))
}

function seat(ctx: Ctx, place: { netuid: number; uid: number; hotkey: string }): void {
  const { netuid, uid, hotkey } = place
  const { store, block } = ctx
  clearColumns(ctx, netuid, uid)
  store.set(s.Keys, [netuid, uid], hotkey)
  store.set(s.Uids, [netuid, hotkey], uid)
  store.set(s.IsNetworkMember, [hotkey, netuid], true)
  store.set(s.BlockAtRegistration, [netuid, uid], BigInt(block))
}

/** Takes the place away; stake behind the hotkey stays where it is. */
function unseat(store: Store, netuid: number, uid: number): void {
  const hotkey = store.get(s.Keys, netuid, uid)
  store.delete(s.Uids, netuid, hotkey)
  store.delete(s.IsNetworkMember, hotkey, netuid)
  store.delete(s.Axons, netuid, hotkey)
  store.delete(s.NeuronCertificates, netuid, hotkey)
  store.delete(s.Prometheus, netuid, hotkey)
  store.delete(s.Weights, netuid, uid)
  store.delete(s.Bonds, netuid, uid)
}

const rulesOf = ({ store, block }: Ctx, netuid: number): PruneRules => ({
  block,
  immunityPeriod: store.get(s.ImmunityPeriod, netuid),
  minNonImmune: store.get(s.MinNonImmuneUids, netuid),
})

const registeredAt = (store: Store, netuid: number, uid: number): number =>
  Number(store.get(s.BlockAtRegistration, netuid, uid))

/**
 * Places that the subnet's owner cannot lose: the owner hotkey's, then those of the owner's other hotkeys, the oldest
 * first; one in all unless the subnet allows more.
 * @source subtensor `subnets/registration.rs` immune_owner_uid_hotkey_pairs
 */
function immortalUids(store: Store, netuid: number): ReadonlySet<number> {
  const owner = store.get(s.SubnetOwner, netuid)
  const age = (uid: number): number => registeredAt(store, netuid, uid)
  const owned = hotkeysOf(store, netuid).flatMap((hotkey, uid) => (ownerOf(store, hotkey) === owner ? [uid] : []))
  const limit = store.get(s.ImmuneOwnerUidsLimit, netuid)
  const oldest = owned.sort((a, b) => age(a) - age(b) || a - b).slice(0, limit)
  const first = store.get(s.Uids, netuid, store.get(s.SubnetOwnerHotkey, netuid))
  const all = first === undefined || oldest.includes(first) ? oldest : [first, ...oldest]
  return new Set(all.slice(0, limit))
}

export function seatsOf(ctx: Ctx, netuid: number): Seat[] {
  const { store } = ctx
  const emission = store.get(s.Emission, netuid)
  const immortal = immortalUids(store, netuid)
  return hotkeysOf(store, netuid).map((_, uid) => ({
    uid,
    emission: emission[uid] ?? 0n,
    registeredAt: registeredAt(store, netuid, uid),
    immortal: immortal.has(uid),
  }))
}

/** Root gives up the seat with the least stake behind it. @returns `undefined`: a seat is free */
export function weakestOnRoot(store: Store): { readonly uid: number; readonly stake: bigint } | undefined {
  if (seatCount(store, ROOT) < store.get(s.MaxAllowedUids, ROOT)) return undefined
  return hotkeysOf(store, ROOT)
    .map((hotkey, uid) => ({ uid, stake: hotkeyAlpha(store, hotkey, ROOT) }))
    .reduce((weakest, one) => (one.stake < weakest.stake ? one : weakest))
}

export const isSeatImmune = (ctx: Ctx, netuid: number, seat: Seat): boolean => isImmune(seat, rulesOf(ctx, netuid))

/**
 * Gives a hotkey a uid: the next free one, or the place of whoever is pruned.
 * @returns the uid, or `undefined` when nobody may be replaced
 */
export function takeSeat(ctx: Ctx, netuid: number, hotkey: string): number | undefined {
  const { store } = ctx
  const count = seatCount(store, netuid)
  if (count < store.get(s.MaxAllowedUids, netuid)) {
    store.set(s.SubnetworkN, [netuid], count + 1)
    seat(ctx, { netuid, uid: count, hotkey })
    return count
  }
  const uid = netuid === ROOT ? weakestOnRoot(store)?.uid : seatToPrune(seatsOf(ctx, netuid), rulesOf(ctx, netuid))
  if (uid === undefined) return undefined
  unseat(store, netuid, uid)
  seat(ctx, { netuid, uid, hotkey })
  return uid
}
