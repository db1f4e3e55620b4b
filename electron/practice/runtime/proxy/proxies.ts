import { err, ok } from '../../../../shared/result.ts'
import type { ProxyDefinition } from '../../definitions/types/proxy.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { proxy } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { adjustReserve, unreserve } from '../money/reserves.ts'
import { KINDS, type Kind } from './proxy-types.ts'

const { Proxies, RealPaysFee } = proxy.storage
const { ProxyDepositBase, ProxyDepositFactor, MaxProxies } = proxy.constants

export const refuse = (error: keyof typeof proxy.errors): Outcome<never> => err({ pallet: 'Proxy', error })

/** rao that so many entries cost; none cost nothing. */
export const depositFor = (count: number, { base, factor }: { base: bigint; factor: bigint }): bigint =>
  count === 0 ? 0n : base + factor * BigInt(count)

const PRICE = { base: ProxyDepositBase.value, factor: ProxyDepositFactor.value }

export const delegationsOf = (store: Store, real: string): readonly ProxyDefinition[] => store.get(Proxies, real)[0]

/** By delegate, then kind, then delay, as the chain keeps them. */
function inOrder(a: ProxyDefinition, b: ProxyDefinition): number {
  if (a.delegate !== b.delegate) return a.delegate < b.delegate ? -1 : 1
  const kinds = KINDS.indexOf(a.proxy_type.type) - KINDS.indexOf(b.proxy_type.type)
  return kinds === 0 ? a.delay - b.delay : kinds
}

const isSame = (a: ProxyDefinition, b: ProxyDefinition): boolean => inOrder(a, b) === 0

/** Writes the list and makes the deposit fit it. */
function save(ctx: Ctx, real: string, list: readonly ProxyDefinition[]): Outcome {
  const [, before] = ctx.store.get(Proxies, real)
  const after = depositFor(list.length, PRICE)
  const adjusted = adjustReserve(ctx, real, { before, after })
  if (!adjusted.ok) return adjusted
  if (list.length === 0) ctx.store.delete(Proxies, real)
  else ctx.store.set(Proxies, [real], [[...list], after])
  return done
}

const told = (delegator: string, { delegate, proxy_type, delay }: ProxyDefinition) => ({
  delegator,
  delegatee: delegate,
  proxy_type,
  delay,
})

/**
 * Call 1: lets another account act for this one. The deposit is 0.06 TAO and 0.033 TAO for each delegation.
 * @errors NoSelfProxy, Duplicate, TooMany, and those of reserving
 */
export function addProxy(ctx: Ctx, real: string, delegation: ProxyDefinition): Outcome {
  if (delegation.delegate === real) return refuse('NoSelfProxy')
  const list = delegationsOf(ctx.store, real)
  if (list.some((one) => isSame(one, delegation))) return refuse('Duplicate')
  if (list.length >= MaxProxies.value) return refuse('TooMany')
  const saved = save(ctx, real, [...list, delegation].sort(inOrder))
  if (!saved.ok) return saved
  ctx.emit({ type: 'Proxy', value: { type: 'ProxyAdded', value: told(real, delegation) } })
  return done
}

/** Call 2. @errors NotFound, unless delegate, kind and delay are the very ones that were added */
export function removeProxy(ctx: Ctx, real: string, delegation: ProxyDefinition): Outcome {
  const list = delegationsOf(ctx.store, real)
  const rest = list.filter((one) => !isSame(one, delegation))
  if (rest.length === list.length) return refuse('NotFound')
  const saved = save(ctx, real, rest)
  if (!saved.ok) return saved
  ctx.store.delete(RealPaysFee, real, delegation.delegate)
  ctx.emit({ type: 'Proxy', value: { type: 'ProxyRemoved', value: told(real, delegation) } })
  return done
}

/** Call 3: ends every delegation. The chain tells it by no event but the deposit's. */
export function removeProxies(ctx: Ctx, real: string): Outcome {
  const [, deposit] = ctx.store.get(Proxies, real)
  unreserve(ctx, real, deposit)
  ctx.store.delete(Proxies, real)
  for (const [[, delegate]] of ctx.store.entries(RealPaysFee, real)) ctx.store.delete(RealPaysFee, real, delegate)
  return done
}

/** The first delegation that lets `delegate` act for `real`; of one kind, if one is asked for. @errors NotProxy */
export function findProxy(
  store: Store,
  { real, delegate, kind }: { real: string; delegate: string; kind: Kind | undefined },
): Outcome<ProxyDefinition> {
  const found = delegationsOf(store, real).find(
    (one) => one.delegate === delegate && (kind === undefined || one.proxy_type.type === kind),
  )
  return found === undefined ? refuse('NotProxy') : ok(found)
}

/** Call 11: whether `real` pays the fees of what `delegate` does for it. @errors NotProxy */
export function setRealPaysFee(ctx: Ctx, real: string, choice: { delegate: string; paysFee: boolean }): Outcome {
  const { delegate, paysFee } = choice
  const found = findProxy(ctx.store, { real, delegate, kind: undefined })
  if (!found.ok) return found
  if (paysFee) ctx.store.set(RealPaysFee, [real, delegate], undefined)
  else ctx.store.delete(RealPaysFee, real, delegate)
  ctx.emit({ type: 'Proxy', value: { type: 'RealPaysFeeSet', value: { real, delegate, pays_fee: paysFee } } })
  return done
}

/** Half of call 10: the deposit of the delegations becomes what it would be today. */
export function pokeProxies(ctx: Ctx, who: string): Outcome {
  const [list, before] = ctx.store.get(Proxies, who)
  const after = depositFor(list.length, PRICE)
  if (before === after) return done
  const saved = save(ctx, who, list)
  if (!saved.ok) return saved
  const kind = { type: 'Proxies', value: undefined } as const
  const value = { who, kind, old_deposit: before, new_deposit: after }
  ctx.emit({ type: 'Proxy', value: { type: 'DepositPoked', value } })
  return done
}
