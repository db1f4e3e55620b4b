import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule, type ValueIn } from '../core/pallets.ts'
import { firstFailure } from '../stake/checks.ts'

const s = subtensorModule.storage

export type AxonInfo = NonNullable<ValueIn<typeof s.Axons>>
type PrometheusInfo = NonNullable<ValueIn<typeof s.Prometheus>>

/** What a hotkey announces; `block` is added by the chain. */
export type Endpoint = Omit<AxonInfo, 'block'>
export type MetricsEndpoint = Omit<PrometheusInfo, 'block'>

const IPV4_ALL_ONES = 0xffff_ffffn
const IPV6_ALL_ONES = (1n << 128n) - 1n
const IPV6_LOOPBACK = 1n

/**
 * Addresses that the chain accepts; 0 means "not serving".
 *
 * Practice differs in one point, on purpose: mainnet refuses 127.0.0.1, but here miner, validator and chain are on
 * one computer, and loopback is the only address at which they can meet.
 */
function validAddress({ ip, ip_type }: { readonly ip: bigint; readonly ip_type: number }): boolean {
  if (ip === 0n) return true
  return ip_type === 4 ? ip < IPV4_ALL_ONES : ip !== IPV6_ALL_ONES && ip !== IPV6_LOOPBACK
}

/** Serving again needs this many blocks since the last time; 0 switches the limit off. */
function rested(ctx: Ctx, netuid: number, lastBlock: bigint | undefined): boolean {
  const limit = ctx.store.get(s.ServingRateLimit, netuid)
  return limit === 0n || lastBlock === undefined || BigInt(ctx.block) - lastBlock >= limit
}

function servable(ctx: Ctx, who: { netuid: number; hotkey: string }, endpoint: MetricsEndpoint): Outcome {
  const { netuid, hotkey } = who
  return firstFailure(
    () => (ctx.store.has(s.Uids, netuid, hotkey) ? done : fail('HotKeyNotRegisteredInNetwork')),
    () => (endpoint.ip_type === 4 || endpoint.ip_type === 6 ? done : fail('InvalidIpType')),
    () => (validAddress(endpoint) ? done : fail('InvalidIpAddress')),
  )
}

/**
 * The checks of call 4, in the chain's order. The pool runs them too, so that a refused announcement costs nothing.
 * @errors HotKeyNotRegisteredInNetwork, InvalidIpType, InvalidIpAddress, ServingRateLimitExceeded, InvalidPort
 * @source subtensor `subnets/serving.rs`
 */
export function checkAxon(ctx: Ctx, who: { netuid: number; hotkey: string }, endpoint: Endpoint): Outcome {
  return firstFailure(
    () => servable(ctx, who, endpoint),
    () =>
      rested(ctx, who.netuid, ctx.store.get(s.Axons, who.netuid, who.hotkey)?.block)
        ? done
        : fail('ServingRateLimitExceeded'),
    () => (endpoint.port === 0 ? fail('InvalidPort') : done),
  )
}

export function serveAxon(ctx: Ctx, who: { netuid: number; hotkey: string }, endpoint: Endpoint): Outcome {
  const checked = checkAxon(ctx, who, endpoint)
  if (!checked.ok) return checked
  ctx.store.set(s.Axons, [who.netuid, who.hotkey], { ...endpoint, block: BigInt(ctx.block) })
  ctx.emit({ type: 'SubtensorModule', value: { type: 'AxonServed', value: [who.netuid, who.hotkey] } })
  return done
}

/** The checks of call 5; as {@link checkAxon}. */
export function checkPrometheus(ctx: Ctx, who: { netuid: number; hotkey: string }, endpoint: MetricsEndpoint): Outcome {
  return firstFailure(
    () => servable(ctx, who, endpoint),
    () =>
      rested(ctx, who.netuid, ctx.store.get(s.Prometheus, who.netuid, who.hotkey)?.block)
        ? done
        : fail('ServingRateLimitExceeded'),
    () => (endpoint.port === 0 ? fail('InvalidPort') : done),
  )
}

export function servePrometheus(ctx: Ctx, who: { netuid: number; hotkey: string }, endpoint: MetricsEndpoint): Outcome {
  const checked = checkPrometheus(ctx, who, endpoint)
  if (!checked.ok) return checked
  ctx.store.set(s.Prometheus, [who.netuid, who.hotkey], { ...endpoint, block: BigInt(ctx.block) })
  ctx.emit({ type: 'SubtensorModule', value: { type: 'PrometheusServed', value: [who.netuid, who.hotkey] } })
  return done
}
