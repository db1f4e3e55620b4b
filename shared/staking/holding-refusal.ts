import type { AppError } from '../errors.ts'
import type { HoldingIntent } from '../signing/intent.ts'
import { type Alpha, alpha, type Netuid, type Rao, type Ss58 } from '../units/amounts.ts'
import type { HoldingState, SubnetHolding } from './holding-state.ts'

/** What the chain said about the one place that an intent names. */
export interface HoldingPlace {
  readonly subnetKnown: boolean
  readonly hotkeyKnown: boolean
  /** The hotkey has a place on the subnet. */
  readonly registered: boolean
  /** Of the coldkey, behind this hotkey, on this subnet. */
  readonly position: Alpha
  /** Alpha of the subnet outside its pool. */
  readonly alphaOut?: Alpha | undefined
}

/** `partial`: a part was carried out, and the rest is still open. */
export type OrderStatus = 'open' | 'partial' | 'fulfilled' | 'cancelled'

export interface HoldingFacts {
  readonly state: HoldingState
  /** Where the intent names one. */
  readonly place?: HoldingPlace | undefined
  readonly orderStatus?: OrderStatus | undefined
  /** Network fee of the call, rao. */
  readonly txFee: Rao
}

const ROOT = 0
type Of<K extends HoldingIntent['kind']> = Extract<HoldingIntent, { kind: K }>

/** On a subnet of which the chain tells nothing, nothing is held. */
const NOTHING: Omit<SubnetHolding, 'netuid'> = { total: alpha(0n), available: alpha(0n) }
const holdingOn = ({ subnets }: HoldingState, netuid: Netuid): SubnetHolding | undefined =>
  subnets.find((holding) => holding.netuid === netuid)

/**
 * Why the chain would not do this, or would do nothing, said before a fee is paid. Pure.
 * @returns `undefined` when nothing speaks against it
 */
export function holdingRefusal(intent: HoldingIntent, facts: HoldingFacts): AppError | undefined {
  const { state } = facts
  switch (intent.kind) {
    case 'lock-stake':
      return missing(intent, facts) ?? lockRefusal(intent, state)
    case 'move-lock':
      return missing({ netuid: intent.netuid, hotkey: intent.toHotkey }, facts) ?? moveLockRefusal(intent, state)
    case 'set-perpetual-lock':
      return holdingOn(state, intent.netuid)?.perpetual === intent.enabled ? { code: 'stake/nothing-to-do' } : undefined
    case 'reject-locked-alpha':
      return state.rejectsLocked === intent.enabled ? { code: 'stake/nothing-to-do' } : undefined
    case 'recycle-alpha':
    case 'burn-alpha':
      return missing(intent, facts) ?? destroyRefusal(intent, facts)
    case 'set-auto-stake':
      return autoStakeRefusal(intent, facts)
    case 'claim-root':
    case 'claim-root-of':
      return claimRefusal(intent, facts)
    case 'cancel-order':
      return cancelRefusal(intent, facts)
    case 'limit-order':
      return { code: 'order/not-a-call' }
    case 'move-stake-limit':
      return intent.fromNetuid === intent.toNetuid && intent.fromHotkey === intent.toHotkey
        ? { code: 'stake/same-place', netuid: intent.fromNetuid }
        : undefined
  }
}

function missing(
  { netuid, hotkey }: { readonly netuid: Netuid; readonly hotkey: Ss58 },
  { place }: HoldingFacts,
): AppError | undefined {
  if (place?.subnetKnown === false) return { code: 'stake/unknown-subnet', netuid }
  return place?.hotkeyKnown === false ? { code: 'stake/unknown-hotkey', hotkey } : undefined
}

function lockRefusal({ netuid, hotkey, amount }: Of<'lock-stake'>, state: HoldingState): AppError | undefined {
  const { lock, total } = holdingOn(state, netuid) ?? NOTHING
  if (amount === 0n) return { code: 'stake/not-enough-alpha', netuid, available: total ?? alpha(0n), needed: amount }
  if (lock && lock.hotkey !== hotkey) return { code: 'lock/other-hotkey', netuid, hotkey: lock.hotkey }
  const locked = lock?.amount ?? alpha(0n)
  return total !== undefined && locked + amount > total
    ? { code: 'lock/more-than-stake', netuid, total, locked }
    : undefined
}

function moveLockRefusal({ netuid, toHotkey }: Of<'move-lock'>, state: HoldingState): AppError | undefined {
  const lock = holdingOn(state, netuid)?.lock
  if (!lock) return { code: 'lock/none', netuid }
  return lock.hotkey === toHotkey ? { code: 'stake/nothing-to-do' } : undefined
}

function destroyRefusal(
  { netuid, amount }: Of<'recycle-alpha' | 'burn-alpha'>,
  { state, place }: HoldingFacts,
): AppError | undefined {
  if (netuid === ROOT) return { code: 'burn/on-root' }
  const { available: free } = holdingOn(state, netuid) ?? NOTHING
  const held = place?.position ?? alpha(0n)
  const available = free === undefined || held < free ? held : free
  if (amount === 0n || amount > available) return { code: 'stake/not-enough-alpha', netuid, available, needed: amount }
  const out = place?.alphaOut
  return out !== undefined && amount > out ? { code: 'burn/more-than-out', netuid, out } : undefined
}

function autoStakeRefusal(
  { netuid, hotkey }: Of<'set-auto-stake'>,
  { state, place }: HoldingFacts,
): AppError | undefined {
  if (place?.subnetKnown === false) return { code: 'stake/unknown-subnet', netuid }
  if (place?.registered === false) return { code: 'auto-stake/not-registered', netuid, hotkey }
  return holdingOn(state, netuid)?.autoStake === hotkey ? { code: 'auto-stake/same', netuid, hotkey } : undefined
}

/** A claim below the threshold costs its fee and pays nothing; so does one where nothing is owed. */
function claimRefusal(
  intent: Of<'claim-root' | 'claim-root-of'>,
  { state, txFee }: HoldingFacts,
): AppError | undefined {
  if (!state.features.baskets) return undefined
  const { byValidator, threshold } = state.root
  const asked = byValidator.filter(({ hotkey }) => intent.kind === 'claim-root' || hotkey === intent.hotkey)
  const [most] = [...asked].sort((a, b) => (a.owed < b.owed ? 1 : -1))
  if (!most || most.owed === 0n) return { code: 'root/nothing-owed' }
  if (threshold === undefined || most.owed >= threshold) return undefined
  return { code: 'root/below-threshold', owed: most.owed, threshold, fee: txFee }
}

function cancelRefusal({ order }: Of<'cancel-order'>, { state, orderStatus }: HoldingFacts): AppError | undefined {
  if (order.signer !== state.coldkey) return { code: 'order/other-signer', signer: order.signer }
  const { chainId } = state.orders
  if (chainId !== undefined && order.chainId !== chainId)
    return { code: 'order/other-chain', ordered: order.chainId, connected: chainId }
  // Also after a part: the chain cancels only what it has not heard of.
  return orderStatus === undefined || orderStatus === 'open'
    ? undefined
    : { code: 'order/already', status: orderStatus }
}
