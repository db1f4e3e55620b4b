import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { recycle, spendableOf } from '../money/balances.ts'
import { binds, boundIn, chargeOf, payWithBond } from '../registration/collateral.ts'
import { decayedPrice, type PriceRules, raisedPrice } from '../registration/price.ts'
import { firstFailure, subnetExists } from '../stake/checks.ts'
import { adoptHotkey, hotkeyAlpha, hotkeyExists, ownerOf, ROOT } from '../stake/ledger.ts'
import { takeSeat, weakestOnRoot } from './seats.ts'

const s = subtensorModule.storage

export interface Registration {
  readonly netuid: number
  readonly hotkey: string
  readonly coldkey: string
  /** rao; the registration fails when it costs more. */
  readonly limitPrice?: bigint
}

const rulesOf = (store: Store, netuid: number): PriceRules => ({
  minBurn: store.get(s.MinBurn, netuid),
  maxBurn: store.get(s.MaxBurn, netuid),
  halfLife: store.get(s.BurnHalfLife, netuid),
  increase: store.get(s.BurnIncreaseMult, netuid).bits,
})

/** Every block the price of a neuron falls a little. */
export const decayBurn = (store: Store, netuid: number): void =>
  store.update(s.Burn, [netuid], (price) => decayedPrice(price, rulesOf(store, netuid)))

/** Without collateral the whole price leaves existence. Mainnet buys alpha for it and destroys that, with collateral or without. */
function pay(ctx: Ctx, { netuid, hotkey, coldkey }: Registration, price: bigint): Outcome {
  const position = { netuid, hotkey, coldkey }
  if (binds(ctx.store, netuid) || boundIn(ctx.store, position) > 0n)
    return payWithBond(ctx, position, chargeOf(ctx.store, position, price))
  return recycle(ctx, coldkey, price).ok ? done : fail('BalanceWithdrawalError')
}

/** Pays, takes a seat, and makes the next registration dearer. */
function payAndSeat(ctx: Ctx, registration: Registration): Outcome {
  const { store } = ctx
  const { netuid, hotkey, coldkey } = registration
  const price = store.get(s.Burn, netuid)
  const { burned } = chargeOf(store, registration, price)
  adoptHotkey(store, coldkey, hotkey)
  const paid = pay(ctx, registration, price)
  if (!paid.ok) return paid
  const uid = takeSeat(ctx, netuid, hotkey)
  if (uid === undefined) return fail('NoNeuronIdAvailable')
  store.update(s.RAORecycledForRegistration, [netuid], (sum) => sum + burned)
  store.set(s.Burn, [netuid], raisedPrice(price, rulesOf(store, netuid)))
  store.update(s.RegistrationsThisBlock, [netuid], (count) => count + 1)
  store.update(s.BurnRegistrationsThisInterval, [netuid], (count) => Math.min(count + 1, 65_535))
  store.update(s.RegistrationsThisInterval, [netuid], (count) => Math.min(count + 1, 65_535))
  ctx.emit({ type: 'SubtensorModule', value: { type: 'NeuronRegistered', value: [netuid, uid, hotkey] } })
  return done
}

/** What is bound from an earlier place need not be there once more. */
function affordable({ store }: Ctx, registration: Registration): boolean {
  const { burned, topUp } = chargeOf(store, registration, store.get(s.Burn, registration.netuid))
  return burned + topUp <= spendableOf(store, registration.coldkey)
}

const associated = ({ store }: Ctx, { hotkey, coldkey }: Registration): boolean =>
  !hotkeyExists(store, hotkey) || ownerOf(store, hotkey) === coldkey

/**
 * Registers a hotkey on a subnet at the price of this moment. The payment is gone, whatever happens later.
 *
 * @errors in this order: RegistrationNotPermittedOnRootSubnet, SubnetNotExists, RegistrationPriceLimitExceeded,
 *   SubNetRegistrationDisabled, HotKeyAlreadyRegisteredInSubNet, NotEnoughBalanceToStake, NonAssociatedColdKey, NoNeuronIdAvailable
 * @source subtensor `subnets/registration.rs`
 */
export function registerNeuron(ctx: Ctx, registration: Registration): Outcome {
  const { store } = ctx
  const { netuid, hotkey, limitPrice } = registration
  const allowed = firstFailure(
    () => (netuid === ROOT ? fail('RegistrationNotPermittedOnRootSubnet') : done),
    () => (subnetExists(store, netuid) ? done : fail('SubnetNotExists')),
    () =>
      limitPrice !== undefined && store.get(s.Burn, netuid) > limitPrice
        ? fail('RegistrationPriceLimitExceeded')
        : done,
    () => (store.get(s.NetworkRegistrationAllowed, netuid) ? done : fail('SubNetRegistrationDisabled')),
    () => (store.has(s.Uids, netuid, hotkey) ? fail('HotKeyAlreadyRegisteredInSubNet') : done),
    () => (affordable(ctx, registration) ? done : fail('NotEnoughBalanceToStake')),
    () => (associated(ctx, registration) ? done : fail('NonAssociatedColdKey')),
  )
  return allowed.ok ? payAndSeat(ctx, registration) : allowed
}

/** More stake than the weakest holder of a full root. */
function strongEnough({ store }: Ctx, hotkey: string): boolean {
  const weakest = weakestOnRoot(store)
  return weakest === undefined || weakest.stake < hotkeyAlpha(store, hotkey, ROOT)
}

/**
 * Call 62: a seat on root, priced by root's own burn.
 * @errors RootNetworkDoesNotExist, HotKeyAlreadyRegisteredInSubNet, NotEnoughBalanceToStake, NonAssociatedColdKey, StakeTooLowForRoot
 * @source subtensor `coinbase/root.rs`
 */
export function registerOnRoot(ctx: Ctx, coldkey: string, hotkey: string): Outcome {
  const registration = { netuid: ROOT, hotkey, coldkey }
  const allowed = firstFailure(
    () => (subnetExists(ctx.store, ROOT) ? done : fail('RootNetworkDoesNotExist')),
    () => (ctx.store.has(s.Uids, ROOT, hotkey) ? fail('HotKeyAlreadyRegisteredInSubNet') : done),
    () => (affordable(ctx, registration) ? done : fail('NotEnoughBalanceToStake')),
    () => (associated(ctx, registration) ? done : fail('NonAssociatedColdKey')),
    () => (strongEnough(ctx, hotkey) ? done : fail('StakeTooLowForRoot')),
  )
  return allowed.ok ? payAndSeat(ctx, registration) : allowed
}
