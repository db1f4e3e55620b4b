import { blake2AsHex } from '@polkadot/util-crypto'
import { accountId } from '../../definitions/types/account.ts'
import { type ProxyType, proxyType } from '../../definitions/types/proxy.ts'
import { tuple } from '../../scale/composites.ts'
import { fixedBytes, u16, u32 } from '../../scale/primitives.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { proxy } from '../core/pallets.ts'
import { reserve, unreserve } from '../money/reserves.ts'
import { refuse } from './proxies.ts'

const { Proxies } = proxy.storage
const { ProxyDepositBase, ProxyDepositFactor } = proxy.constants
const entropy = tuple(fixedBytes(16), accountId, u32, u32, proxyType, u16)
const PREFIX = new TextEncoder().encode('modlpy/proxy____')

/** All that a pure account follows from; without it the account cannot be killed. */
export interface PureOrigin {
  readonly spawner: string
  readonly proxyType: ProxyType
  /** Tells accounts apart that one extrinsic makes. */
  readonly index: number
  /** Block and place of the extrinsic that made it. */
  readonly height: number
  readonly extrinsicIndex: number
}

/** @source polkadot-sdk `substrate/frame/proxy` (pure_account) */
export function pureAccount({ spawner, proxyType: type, index, height, extrinsicIndex }: PureOrigin): string {
  return blake2AsHex(entropy.codec.enc([PREFIX, spawner, height, extrinsicIndex, type, index]), 256)
}

/**
 * Call 4: an account without a key, with the caller as its only delegate. The caller pays the deposit.
 * @errors Duplicate, and those of reserving
 */
export function createPure(
  ctx: Ctx,
  who: string,
  { proxyType: type, delay, index }: { readonly proxyType: ProxyType; readonly delay: number; readonly index: number },
): Outcome {
  const place = { height: ctx.block, extrinsicIndex: ctx.extrinsicIndex ?? 0 }
  const pure = pureAccount({ spawner: who, proxyType: type, index, ...place })
  if (ctx.store.has(Proxies, pure)) return refuse('Duplicate')
  const deposit = ProxyDepositBase.value + ProxyDepositFactor.value
  const reserved = reserve(ctx, who, deposit)
  if (!reserved.ok) return reserved
  ctx.store.set(Proxies, [pure], [[{ delegate: who, proxy_type: type, delay }], deposit])
  const value = { pure, who, proxy_type: type, disambiguation_index: index }
  ctx.emit({ type: 'Proxy', value: { type: 'PureCreated', value } })
  return done
}

/** Call 5: a pure account ends itself; the spawner gets the deposit back. @errors NoPermission */
export function killPure(ctx: Ctx, who: string, origin: PureOrigin): Outcome {
  if (pureAccount(origin) !== who) return refuse('NoPermission')
  const [, deposit] = ctx.store.get(Proxies, who)
  ctx.store.delete(Proxies, who)
  unreserve(ctx, origin.spawner, deposit)
  const { spawner, proxyType: proxy_type, index } = origin
  const value = { pure: who, spawner, proxy_type, disambiguation_index: index }
  ctx.emit({ type: 'Proxy', value: { type: 'PureKilled', value } })
  return done
}
