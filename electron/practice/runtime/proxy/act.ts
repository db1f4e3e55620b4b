import { blake2AsHex } from '@polkadot/util-crypto'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { done, type Outcome } from '../core/ctx.ts'
import { dispatchResult } from '../core/failure.ts'
import { callBytes } from '../dispatch/call-filter.ts'
import { asAccount, type Origin, type Running } from '../dispatch/origin.ts'
import { withdrawAnnouncement } from './announcements.ts'
import { delegateFilter } from './filter.ts'
import { findProxy, refuse } from './proxies.ts'
import type { Kind } from './proxy-types.ts'

/** A call that a delegate makes for another account. */
export interface ProxiedCall {
  readonly real: string
  /** The delegation to use; the first that fits if absent. */
  readonly kind: Kind | undefined
  readonly call: RuntimeCall
}

/** The call runs as `real`, and within what the delegation lets through. How it ended is told by the event only. */
function act({ ctx, origin, dispatch }: Running<Origin>, { real, call }: ProxiedCall, kind: Kind): Outcome {
  const outcome = dispatch(ctx, asAccount(real, origin, [delegateFilter(kind)]), call)
  ctx.emit({ type: 'Proxy', value: { type: 'ProxyExecuted', value: { result: dispatchResult(outcome) } } })
  return done
}

/** Call 0. @errors NotProxy, Unannounced (the delegation has a delay) */
export function actNow(running: Running<Origin>, proxied: ProxiedCall): Outcome {
  const { real, kind } = proxied
  const found = findProxy(running.ctx.store, { real, delegate: running.origin.who, kind })
  if (!found.ok) return found
  return found.value.delay === 0 ? act(running, proxied, found.value.proxy_type.type) : refuse('Unannounced')
}

/**
 * Call 9: an announced call whose delay is over; anybody may send it.
 * @errors NotProxy, Unannounced (or announced too short a time ago)
 */
export function actAnnounced(running: Running<Origin>, delegate: string, proxied: ProxiedCall): Outcome {
  const { ctx } = running
  const { real, kind, call } = proxied
  const found = findProxy(ctx.store, { real, delegate, kind })
  if (!found.ok) return found
  const hash = blake2AsHex(callBytes(call), 256)
  const used = withdrawAnnouncement(ctx, delegate, { real, hash, from: ctx.block - found.value.delay })
  return used.ok ? act(running, proxied, found.value.proxy_type.type) : refuse('Unannounced')
}
