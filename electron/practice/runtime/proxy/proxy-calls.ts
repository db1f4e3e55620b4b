import { assertNever, err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { MultiAddress } from '../../definitions/types/account.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'
import { innerCall, lookup, type Origin, type Running } from '../dispatch/origin.ts'
import { actAnnounced, actNow } from './act.ts'
import { announce, pokeAnnouncements, withdrawAnnouncement } from './announcements.ts'
import { addProxy, pokeProxies, removeProxies, removeProxy, setRealPaysFee } from './proxies.ts'
import { createPure, killPure } from './pure.ts'

type ProxyCall = Extract<RuntimeCall, { readonly type: 'Proxy' }>['value']
type ActingCall = Extract<ProxyCall, { readonly type: 'proxy' | 'proxy_announced' }>
type OwnCall = Exclude<ProxyCall, ActingCall>

/** Goes on with the account that an address names. */
function withAccount(address: MultiAddress, run: (account: string) => Outcome): Outcome {
  const account = lookup(address)
  return account === undefined ? err({ other: 'CannotLookup' }) : run(account)
}

function dispatchActing(running: Running<Origin>, { type, value }: ActingCall): Outcome {
  const kind = value.force_proxy_type?.type
  const call = innerCall(value.call)
  if (type === 'proxy') return withAccount(value.real, (real) => actNow(running, { real, kind, call }))
  return withAccount(value.delegate, (delegate) =>
    withAccount(value.real, (real) => actAnnounced(running, delegate, { real, kind, call })),
  )
}

function poke(ctx: Ctx, who: string): Outcome {
  const proxies = pokeProxies(ctx, who)
  return proxies.ok ? pokeAnnouncements(ctx, who) : proxies
}

function dispatchOwn(ctx: Ctx, who: string, { type, value }: OwnCall): Outcome {
  switch (type) {
    case 'add_proxy':
      return withAccount(value.delegate, (delegate) => addProxy(ctx, who, { ...value, delegate }))
    case 'remove_proxy':
      return withAccount(value.delegate, (delegate) => removeProxy(ctx, who, { ...value, delegate }))
    case 'remove_proxies':
      return removeProxies(ctx, who)
    case 'create_pure':
      return createPure(ctx, who, { proxyType: value.proxy_type, delay: value.delay, index: value.index })
    case 'kill_pure': {
      const { proxy_type: proxyType, index, height, ext_index: extrinsicIndex } = value
      return withAccount(value.spawner, (spawner) =>
        killPure(ctx, who, { spawner, proxyType, index, height, extrinsicIndex }),
      )
    }
    case 'announce':
      return withAccount(value.real, (real) => announce(ctx, who, { real, hash: value.call_hash }))
    case 'remove_announcement':
      return withAccount(value.real, (real) => withdrawAnnouncement(ctx, who, { real, hash: value.call_hash }))
    case 'reject_announcement':
      return withAccount(value.delegate, (delegate) =>
        withdrawAnnouncement(ctx, delegate, { real: who, hash: value.call_hash }),
      )
    case 'poke_deposit':
      return poke(ctx, who)
    case 'set_real_pays_fee':
      return withAccount(value.delegate, (delegate) => setRealPaysFee(ctx, who, { delegate, paysFee: value.pays_fee }))
    default:
      return assertNever(type)
  }
}

/** Carries out calls of the Proxy pallet. @source subtensor `pallets/proxy/src/lib.rs` */
export const dispatchProxy = (running: Running<Origin>, call: ProxyCall): Outcome =>
  call.type === 'proxy' || call.type === 'proxy_announced'
    ? dispatchActing(running, call)
    : dispatchOwn(running.ctx, running.origin.who, call)
