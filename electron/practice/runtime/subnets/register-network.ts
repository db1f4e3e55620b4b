import { ok } from '../../../../shared/result.ts'
import type { SubnetIdentityV3 } from '../../definitions/types/identity.ts'
import { adoptRootValidators } from '../children/children.ts'
import { netuidsOf } from '../coinbase/coinbase.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule, swap } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { spendableOf, transfer } from '../money/balances.ts'
import { takeSeat } from '../neurons/seats.ts'
import { firstFailure } from '../stake/checks.ts'
import { adoptHotkey, hotkeyExists, ownerOf, ROOT } from '../stake/ledger.ts'
import { PAR, priceOf } from '../stake/pools.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import { dissolveSubnet } from './dissolve.ts'
import { LAST_CREATED, subnetPrice } from './price.ts'
import { subnetToPrune } from './to-prune.ts'

const s = subtensorModule.storage
/** The one mechanism that a new subnet may have. */
const DYNAMIC = 1
const EVEN = 500_000_000_000_000_000n
/** Bytes of the longest text of each field. @source subtensor `utils/identity.rs` is_valid_subnet_identity */
const LONGEST: Readonly<Record<keyof SubnetIdentityV3, number>> = {
  subnet_name: 256,
  github_repo: 1024,
  subnet_contact: 1024,
  subnet_url: 1024,
  discord: 256,
  description: 1024,
  logo_url: 1024,
  additional: 1024,
}
/** Letters of the Greek alphabet; mainnet's table goes on through many others. */
const SYMBOLS = [...'αβγδεζηθικλμνξοπρσςτυφχψω'].filter((letter) => letter !== 'ς')

export interface NewSubnet {
  readonly coldkey: string
  readonly hotkey: string
  readonly identity?: SubnetIdentityV3 | undefined
}

const subnetsOf = (store: Store): number[] => netuidsOf(store).filter((netuid) => netuid !== ROOT)

const isFull = ({ store }: Ctx): boolean => subnetsOf(store).length >= store.get(s.SubnetLimit)

function tooSoon({ store, block }: Ctx): boolean {
  const last = store.get(s.LastRateLimitedBlock, LAST_CREATED)
  return last !== 0n && BigInt(block) - last < store.get(s.NetworkRateLimit)
}

const readable = (identity: SubnetIdentityV3): boolean =>
  Object.entries(LONGEST).every(([field, most]) => {
    // The keys of LONGEST are those of the identity.
    return new TextEncoder().encode(identity[field as keyof SubnetIdentityV3]).length <= most
  })

/** The netuid of a new subnet: that of the one that has to go, else the first that is free. */
function makeRoom(ctx: Ctx): Outcome<number> {
  const { store } = ctx
  const gone = isFull(ctx) ? subnetToPrune(ctx) : undefined
  if (gone !== undefined) {
    const ended = dissolveSubnet(ctx, gone)
    return ended.ok ? ok(gone) : ended
  }
  const taken = new Set(subnetsOf(store))
  let netuid = 1
  while (taken.has(netuid)) netuid += 1
  return ok(netuid)
}

/** rao per whole alpha: the price in the middle of all subnets, with which a new one begins. */
function medianPrice(store: Store): bigint {
  const prices = subnetsOf(store)
    .map((netuid) => priceOf(store, netuid))
    .filter((price) => price > 0n)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  if (prices.length === 0) return PAR
  const [low, high] = [prices[(prices.length - 1) >> 1] ?? PAR, prices[prices.length >> 1] ?? PAR]
  return (low + high) / 2n
}

/** Its own letter, else the first that nobody has. */
function symbolOf(store: Store, netuid: number): string {
  const taken = new Set(subnetsOf(store).map((other) => store.get(s.TokenSymbol, other)))
  const own = SYMBOLS[netuid - 1]
  const free = own !== undefined && !taken.has(own) ? own : SYMBOLS.find((letter) => !taken.has(letter))
  return free ?? s.TokenSymbol.default
}

/**
 * Rules of a new subnet. Its epochs and its immunity are as long as those of root: those of this chain, not mainnet's 360 and
 * 5,000; and nobody has to hide weights, for which there are no calls here.
 */
function writeRules({ store, block }: Ctx, netuid: number): void {
  const tempo = store.get(s.Tempo, ROOT)
  store.set(s.SubnetworkN, [netuid], 0)
  store.set(s.NetworksAdded, [netuid], true)
  store.update(s.TotalNetworks, [], (count) => count + 1)
  store.set(s.Tempo, [netuid], tempo)
  store.set(s.LastEpochBlock, [netuid], BigInt(Math.max(0, block - (netuid % Math.max(1, tempo)))))
  store.set(s.NetworkRegistrationAllowed, [netuid], true)
  store.set(s.MaxAllowedUids, [netuid], 256)
  store.set(s.MaxAllowedValidators, [netuid], 64)
  store.set(s.MinAllowedWeights, [netuid], 1)
  store.set(s.ImmunityPeriod, [netuid], store.get(s.ImmunityPeriod, ROOT))
  store.set(s.Yuma3On, [netuid], true)
  store.set(s.Burn, [netuid], s.Burn.default)
  store.set(s.CommitRevealWeightsEnabled, [netuid], false)
  store.set(s.SubnetMechanism, [netuid], DYNAMIC)
  store.set(s.NetworkRegisteredAt, [netuid], BigInt(block))
  store.update(s.RegisteredSubnetCounter, [netuid], (count) => count + 1n)
}

/** What was paid lies in the pool, beside as much alpha as the price takes. */
function fillPool(store: Store, netuid: number, paid: bigint, price: bigint): void {
  store.set(s.SubnetTAO, [netuid], paid)
  store.set(s.SubnetAlphaIn, [netuid], (paid * PAR) / price)
  store.set(s.SubnetAlphaOut, [netuid], 0n)
  store.set(s.SubnetLocked, [netuid], paid)
  store.set(swap.storage.SwapBalancer, [netuid], { quote: EVEN })
  store.set(swap.storage.PalSwapInitialized, [netuid], true)
  store.update(s.TotalStake, [], (total) => total + paid)
}

function create(ctx: Ctx, netuid: number, { subnet, paid }: { subnet: NewSubnet; paid: bigint }): Outcome {
  const { store, block } = ctx
  const { coldkey, hotkey, identity } = subnet
  const price = medianPrice(store)
  const moved = transfer(ctx, { from: coldkey, to: subnetAccount(netuid), amount: paid }, 'keep-alive')
  if (!moved.ok) return fail('BalanceWithdrawalError')
  store.set(s.NetworkLastLockCost, [], paid)
  store.set(s.LastRateLimitedBlock, [LAST_CREATED], BigInt(block))
  store.set(s.TokenSymbol, [netuid], symbolOf(store, netuid))
  writeRules(ctx, netuid)
  adoptHotkey(store, coldkey, hotkey)
  takeSeat(ctx, netuid, hotkey)
  store.set(s.SubnetOwner, [netuid], coldkey)
  store.set(s.SubnetOwnerHotkey, [netuid], hotkey)
  fillPool(store, netuid, paid, price)
  if (identity !== undefined) {
    store.set(s.SubnetIdentitiesV3, [netuid], identity)
    ctx.emit({ type: 'SubtensorModule', value: { type: 'SubnetIdentitySet', value: netuid } })
  }
  adoptRootValidators(ctx, netuid)
  // No emission until root lets it have some.
  store.set(s.SubnetEmissionEnabled, [netuid], false)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'NetworkAdded', value: [netuid, DYNAMIC] } })
  return done
}

/**
 * Calls 59 and 79: creates a subnet. Where there is no more room, the one with the lowest slow price outside immunity ends in the
 * same moment, and the new one has its number.
 * @errors in this order: NonAssociatedColdKey, NetworkTxRateLimitExceeded, InvalidIdentity, SubnetLimitReached,
 *   CannotAffordLockCost
 * @source subtensor `subnets/subnet.rs` do_register_network
 */
export function registerNetwork(ctx: Ctx, subnet: NewSubnet): Outcome {
  const { store } = ctx
  const { coldkey, hotkey, identity } = subnet
  const paid = subnetPrice(ctx)
  const allowed = firstFailure(
    () => (hotkeyExists(store, hotkey) && ownerOf(store, hotkey) !== coldkey ? fail('NonAssociatedColdKey') : done),
    () => (tooSoon(ctx) ? fail('NetworkTxRateLimitExceeded') : done),
    () => (identity !== undefined && !readable(identity) ? fail('InvalidIdentity') : done),
    () => (isFull(ctx) && subnetToPrune(ctx) === undefined ? fail('SubnetLimitReached') : done),
    () => (spendableOf(store, coldkey) < paid ? fail('CannotAffordLockCost') : done),
  )
  if (!allowed.ok) return allowed
  const netuid = makeRoom(ctx)
  return netuid.ok ? create(ctx, netuid.value, { subnet, paid }) : netuid
}
