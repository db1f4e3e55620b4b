import type { AppError } from '../errors.ts'
import type { NetworkKind } from '../network/network.ts'
import { err, ok, type Result } from '../result.ts'
import type { ServeAxonPlan } from '../transactions/transaction.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'
import { formatIp, parseIp, scopeOf } from './ip-address.ts'

/** Where the practice network reaches its miners: everything of it is on this computer. */
export const PRACTICE_ADDRESS = '127.0.0.1'

/** What is to be on chain. */
export interface ServeRequest {
  readonly network: NetworkKind
  readonly hotkey: Ss58
  readonly netuid: Netuid
  /** Text form; `undefined` = not told. */
  readonly ip: string | undefined
  /** 1..65_535. */
  readonly port: number
  readonly version: number
  readonly protocol: number
}

/** What the chain has, at `block`. */
export interface ServeSnapshot {
  readonly block: number
  /** Blocks that must pass between two announcements; 0 = any. */
  readonly servingRateLimit: number
  readonly announced?:
    | {
        readonly ip: string
        readonly port: number
        readonly version: number
        readonly protocol: number
        readonly block: number
      }
    | undefined
  /** Block of the last announcement, also of one that withdrew the address. */
  readonly servedAtBlock?: number | undefined
}

export type ServePlan =
  | { readonly action: 'keep'; readonly block: number }
  | { readonly action: 'send'; readonly plan: ServeAxonPlan }

const bad = (address: string, reason: string): Result<never, AppError> =>
  err({ code: 'mining/bad-address', address, reason })

/**
 * The address that callers of a network can reach, in canonical text.
 *
 * Practice is on loopback. A local chain refuses 127.0.0.1 and ::1 but takes private addresses. Everywhere else only a public
 * address is of use: the chain would take a private one, and nobody could call it.
 *
 * @errors `mining/bad-address` with reason `required`, `not-an-address`, `not-reachable` or `loopback`
 * @source subtensor `subnets/serving.rs`, `is_valid_ip_address`
 */
export function endpointAddress(network: NetworkKind, text: string | undefined): Result<string, AppError> {
  if (network === 'practice') {
    return text === undefined || text === PRACTICE_ADDRESS ? ok(PRACTICE_ADDRESS) : bad(text, 'not-reachable')
  }
  if (text === undefined || text.trim() === '') return bad('', 'required')
  const ip = parseIp(text.trim())
  if (!ip) return bad(text, 'not-an-address')
  const scope = scopeOf(ip)
  if (scope === 'loopback') return bad(text, 'loopback')
  return scope === 'public' || (scope === 'private' && network === 'local')
    ? ok(formatIp(ip))
    : bad(text, 'not-reachable')
}

/**
 * Blocks until the chain takes the next announcement of this hotkey; 0 = now.
 * @source subtensor `subnets/serving.rs`, `axon_passes_rate_limit`
 */
export function blocksToWait(snapshot: ServeSnapshot): number {
  const last = snapshot.announced?.block ?? snapshot.servedAtBlock
  if (last === undefined || snapshot.servingRateLimit === 0) return 0
  return Math.max(0, last + snapshot.servingRateLimit - snapshot.block)
}

const sameAddress = (a: string, b: string): boolean => {
  const [left, right] = [parseIp(a), parseIp(b)]
  return left !== undefined && right !== undefined && left.version === right.version && left.value === right.value
}

/**
 * Decides whether the endpoint has to be announced. What is on chain already is not sent again: each announcement starts a wait.
 *
 * @returns `keep` with the block of the announcement, or what the hotkey has to sign. No fee.
 * @errors `mining/bad-address`; `mining/serve-too-soon` with the blocks to wait
 * @source subtensor `subnets/serving.rs`, `axon_passes_rate_limit`: the limit counts from the last announcement of this hotkey
 */
export function planServe(request: ServeRequest, snapshot: ServeSnapshot): Result<ServePlan, AppError> {
  const { hotkey, netuid, port, version, protocol } = request
  const ip = endpointAddress(request.network, request.ip)
  if (!ip.ok) return ip
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return bad(`${ip.value}:${port}`, 'bad-port')
  const now = snapshot.announced
  const same = now !== undefined && sameAddress(now.ip, ip.value) && now.port === port
  if (same && now.version === version && now.protocol === protocol) return ok({ action: 'keep', block: now.block })
  const blocksLeft = blocksToWait(snapshot)
  if (blocksLeft > 0) return err({ code: 'mining/serve-too-soon', blocksLeft })
  return ok({ action: 'send', plan: { kind: 'serve-axon', hotkey, netuid, ip: ip.value, port, version, protocol } })
}

/** How a hotkey says that it serves no more. */
const NOWHERE = '0.0.0.0'

/**
 * Decides how to take an address off the chain: address 0, which the chain takes as "not serving". The port may not be 0, so the old
 * one stays.
 *
 * @returns `keep` where the chain names no address; its block is the last announcement's, or now
 * @errors `mining/serve-too-soon` with the blocks to wait
 * @source subtensor `subnets/serving.rs`, `is_valid_ip_address`, `validate_axon_data`
 */
export function planWithdraw(
  { hotkey, netuid }: Pick<ServeRequest, 'hotkey' | 'netuid'>,
  snapshot: ServeSnapshot,
): Result<ServePlan, AppError> {
  const { announced } = snapshot
  if (!announced) return ok({ action: 'keep', block: snapshot.servedAtBlock ?? snapshot.block })
  const blocksLeft = blocksToWait(snapshot)
  if (blocksLeft > 0) return err({ code: 'mining/serve-too-soon', blocksLeft })
  const { port, version, protocol } = announced
  return ok({ action: 'send', plan: { kind: 'serve-axon', hotkey, netuid, ip: NOWHERE, port, version, protocol } })
}
