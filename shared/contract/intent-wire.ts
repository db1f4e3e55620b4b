import { z } from 'zod'
import { type Intent, type PlainIntent, PROXY_TYPES, type ProxyType } from '../signing/intent.ts'
import { BILLION, type LimitOrder, MOST_RELAYERS, ORDER_TYPES, type OrderType } from '../signing/limit-order.ts'
import { wire } from './wire.ts'

// Intents as JSON: the same members as the signer's own vocabulary, with amounts as decimal text.

const u32 = z.number().int().min(0).max(4_294_967_295)
const u16 = z.number().int().min(0).max(65_535)
const callHash = z.string().regex(/^0x[0-9a-f]{64}$/i)
export const wireProxyType = z.enum(Object.keys(PROXY_TYPES) as [ProxyType, ...ProxyType[]])
export const wireTimepoint = z.object({ height: u32, index: u32 })
export const wireWeight = z.object({ refTime: wire.units, proofSize: wire.units })
const perBillion = z.number().int().min(0).max(BILLION)
export const wireOrderType = z.enum(Object.keys(ORDER_TYPES) as [OrderType, ...OrderType[]])
export const wireLimitOrder = z.object({
  signer: wire.ss58,
  hotkey: wire.ss58,
  netuid: wire.netuid,
  type: wireOrderType,
  amount: wire.units,
  limitPrice: wire.raoPerAlpha,
  expiryMs: z.number().int().min(0),
  feePpb: perBillion,
  feeTo: wire.ss58,
  relayers: z.array(wire.ss58).max(MOST_RELAYERS).readonly().exactOptional(),
  maxSlippagePpb: perBillion.exactOptional(),
  chainId: z.number().int().min(0),
  partialFills: z.boolean(),
}) satisfies z.ZodType<LimitOrder>
/** @source pallet-multisig `MaxSignatories` = 100 */
const others = z.array(wire.ss58).max(99).readonly()

const trade = { hotkey: wire.ss58, netuid: wire.netuid }
const move = { fromNetuid: wire.netuid, toNetuid: wire.netuid, amount: wire.alpha }
/** Absent: all or nothing. */
const limited = { allowPartial: z.boolean().exactOptional() }
const grant = { delegate: wire.ss58, proxyType: wireProxyType, delay: u32 }
const members = { threshold: u16, others }
const of = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape })

const plain = z.discriminatedUnion('kind', [
  of('add-stake', { ...trade, amount: wire.rao, limitPrice: wire.raoPerAlpha, ...limited }),
  of('remove-stake', { ...trade, amount: wire.alpha, limitPrice: wire.raoPerAlpha, ...limited }),
  of('remove-stake-full', { ...trade, limitPrice: wire.raoPerAlpha.exactOptional() }),
  of('move-stake', { fromHotkey: wire.ss58, toHotkey: wire.ss58, ...move }),
  of('swap-stake', { hotkey: wire.ss58, ...move, limitRatio: wire.units, ...limited }),
  of('transfer-stake', { to: wire.ss58, hotkey: wire.ss58, ...move }),
  of('move-stake-limit', {
    fromHotkey: wire.ss58,
    toHotkey: wire.ss58,
    ...move,
    limitRatio: wire.units,
    allowPartial: z.boolean().exactOptional(),
  }),
  of('lock-stake', { ...trade, amount: wire.alpha }),
  of('move-lock', { toHotkey: wire.ss58, netuid: wire.netuid }),
  of('set-perpetual-lock', { netuid: wire.netuid, enabled: z.boolean() }),
  of('reject-locked-alpha', { enabled: z.boolean() }),
  of('recycle-alpha', { ...trade, amount: wire.alpha }),
  of('burn-alpha', { ...trade, amount: wire.alpha }),
  of('set-auto-stake', trade),
  of('claim-root', { subnets: z.array(wire.netuid).max(5).readonly() }),
  of('claim-root-of', { hotkey: wire.ss58 }),
  of('limit-order', { order: wireLimitOrder }),
  of('cancel-order', { order: wireLimitOrder }),
  of('transfer', { to: wire.ss58, amount: wire.rao, allowDeath: z.boolean().exactOptional() }),
  of('transfer-all', { to: wire.ss58, keepAlive: z.boolean().exactOptional() }),
  of('register', { ...trade, limit: wire.rao }),
  of('root-register', { hotkey: wire.ss58 }),
  of('swap-hotkey', {
    hotkey: wire.ss58,
    newHotkey: wire.ss58,
    netuid: wire.netuid.exactOptional(),
    keepStake: z.boolean(),
  }),
  of('serve-axon', {
    netuid: wire.netuid,
    ip: z.string().max(45),
    port: u16,
    version: u32.exactOptional(),
    protocol: z.number().int().min(0).max(255).exactOptional(),
  }),
  of('add-proxy', grant),
  of('remove-proxy', grant),
  of('remove-proxies', {}),
  of('announce-proxied', { real: wire.ss58, callHash }),
  of('remove-announcement', { real: wire.ss58, callHash }),
  of('reject-announcement', { delegate: wire.ss58, callHash }),
  of('create-pure', { proxyType: wireProxyType, delay: u32, index: u16 }),
  of('kill-pure', { spawner: wire.ss58, proxyType: wireProxyType, index: u16, height: u32, extIndex: u32 }),
  of('announce-coldkey-swap', { newColdkey: wire.ss58 }),
  of('execute-coldkey-swap', { newColdkey: wire.ss58 }),
  of('clear-coldkey-swap', {}),
  of('dispute-coldkey-swap', {}),
  of('multisig-approve', { ...members, timepoint: wireTimepoint.exactOptional(), callHash, maxWeight: wireWeight }),
  of('multisig-cancel', { ...members, timepoint: wireTimepoint, callHash }),
]) satisfies z.ZodType<PlainIntent>

/** Deeper ones are refused by the signer; here the depth is bounded by what JSON the door lets in. */
const inner: z.ZodType<Intent> = z.lazy(() => wireIntent)

export const wireIntent: z.ZodType<Intent> = z.union([
  plain,
  z.discriminatedUnion('kind', [
    of('proxied', { real: wire.ss58, forceType: wireProxyType.exactOptional(), intent: inner }),
    of('proxied-announced', {
      delegate: wire.ss58,
      real: wire.ss58,
      forceType: wireProxyType.exactOptional(),
      intent: inner,
    }),
    of('batch', { mode: z.enum(['all', 'until-failure', 'each']), intents: z.array(inner).max(100).readonly() }),
    of('multisig-execute', {
      ...members,
      timepoint: wireTimepoint.exactOptional(),
      intent: inner,
      maxWeight: wireWeight,
    }),
    of('multisig-alone', { others, intent: inner }),
  ]),
])
