import { z } from 'zod'
import {
  DEEPEST_INTENT,
  type Intent,
  type PlainIntent,
  PROXY_TYPES,
  type ProxyType,
} from '../../shared/signing/intent.ts'
import {
  BILLION,
  type LimitOrder,
  MOST_RELAYERS,
  ORDER_TYPES,
  type OrderType,
} from '../../shared/signing/limit-order.ts'
import {
  type Alpha,
  isAlpha,
  isNetuid,
  isRao,
  isRaoPerAlpha,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  U64_MAX,
} from '../../shared/units/amounts.ts'
import { address } from './wire-parts.ts'

const netuid = z.custom<Netuid>(isNetuid)
const tao = z.custom<Rao>(isRao)
const alpha = z.custom<Alpha>(isAlpha)
const price = z.custom<RaoPerAlpha>(isRaoPerAlpha)
const u64 = z.bigint().min(0n).max(U64_MAX)
const u32 = z.int().min(0).max(4_294_967_295)
const u16 = z.int().min(0).max(65_535)
const u8 = z.int().min(0).max(255)
const callHash = z.string().regex(/^0x[0-9a-f]{64}$/i)
const proxyType = z.enum(Object.keys(PROXY_TYPES) as [ProxyType, ...ProxyType[]])
const timepoint = z.strictObject({ height: u32, index: u32 })
const maxWeight = z.strictObject({ refTime: u64, proofSize: u64 })
const perBillion = z.int().min(0).max(BILLION)
export const orderSchema: z.ZodType<LimitOrder> = z.strictObject({
  signer: address,
  hotkey: address,
  netuid,
  type: z.enum(Object.keys(ORDER_TYPES) as [OrderType, ...OrderType[]]),
  amount: u64,
  limitPrice: price,
  expiryMs: z.int().min(0),
  feePpb: perBillion,
  feeTo: address,
  relayers: z.array(address).max(MOST_RELAYERS).exactOptional(),
  maxSlippagePpb: perBillion.exactOptional(),
  chainId: z.int().min(0),
  partialFills: z.boolean(),
})
/** @source subtensor `Multisig::MaxSignatories` = 100 */
const others = z.array(address).max(99)

const trade = { hotkey: address, netuid }
const move = { fromNetuid: netuid, toNetuid: netuid, amount: alpha }
/** Absent: all or nothing. */
const limited = { allowPartial: z.boolean().exactOptional() }
const proxy = { delegate: address, proxyType, delay: u32 }
const of = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape })

const plainIntents = [
  of('add-stake', { ...trade, amount: tao, limitPrice: price, ...limited }),
  of('remove-stake', { ...trade, amount: alpha, limitPrice: price, ...limited }),
  of('remove-stake-full', { ...trade, limitPrice: price.exactOptional() }),
  of('move-stake', { fromHotkey: address, toHotkey: address, ...move }),
  of('swap-stake', { hotkey: address, ...move, limitRatio: u64, ...limited }),
  of('transfer-stake', { to: address, hotkey: address, ...move }),
  of('move-stake-limit', {
    fromHotkey: address,
    toHotkey: address,
    ...move,
    limitRatio: u64,
    allowPartial: z.boolean().exactOptional(),
  }),
  of('lock-stake', { ...trade, amount: alpha }),
  of('move-lock', { toHotkey: address, netuid }),
  of('set-perpetual-lock', { netuid, enabled: z.boolean() }),
  of('reject-locked-alpha', { enabled: z.boolean() }),
  of('recycle-alpha', { ...trade, amount: alpha }),
  of('burn-alpha', { ...trade, amount: alpha }),
  of('set-auto-stake', trade),
  of('claim-root', { subnets: z.array(netuid).max(5) }),
  of('claim-root-of', { hotkey: address }),
  of('limit-order', { order: orderSchema }),
  of('cancel-order', { order: orderSchema }),
  of('transfer', { to: address, amount: tao, allowDeath: z.boolean().exactOptional() }),
  of('transfer-all', { to: address, keepAlive: z.boolean().exactOptional() }),
  of('register', { ...trade, limit: tao }),
  of('root-register', { hotkey: address }),
  of('swap-hotkey', { hotkey: address, newHotkey: address, netuid: netuid.exactOptional(), keepStake: z.boolean() }),
  of('serve-axon', {
    netuid,
    ip: z.string().max(45),
    port: u16,
    version: u32.exactOptional(),
    protocol: u8.exactOptional(),
  }),
  of('add-proxy', proxy),
  of('remove-proxy', proxy),
  of('remove-proxies', {}),
  of('announce-proxied', { real: address, callHash }),
  of('remove-announcement', { real: address, callHash }),
  of('reject-announcement', { delegate: address, callHash }),
  of('create-pure', { proxyType, delay: u32, index: u16 }),
  of('kill-pure', { spawner: address, proxyType, index: u16, height: u32, extIndex: u32 }),
  of('announce-coldkey-swap', { newColdkey: address }),
  of('execute-coldkey-swap', { newColdkey: address }),
  of('clear-coldkey-swap', {}),
  of('dispute-coldkey-swap', {}),
  of('multisig-approve', { threshold: u16, others, timepoint: timepoint.exactOptional(), callHash, maxWeight }),
  of('multisig-cancel', { threshold: u16, others, timepoint, callHash }),
] as const
const plainIntent = z.discriminatedUnion('kind', plainIntents) satisfies z.ZodType<PlainIntent>

/** @source subtensor `Utility::batched_calls_limit` is far above; a person reads no longer list */
const LONGEST_BATCH = 256

/** Calls within calls as deep as anybody signs them, and no deeper: the schema itself ends. */
function intentAt(depth: number): z.ZodType<Intent> {
  if (depth === 0) return plainIntent
  const intent = intentAt(depth - 1)
  const proxied = { real: address, forceType: proxyType.exactOptional(), intent }
  const nested = z.discriminatedUnion('kind', [
    of('proxied', proxied),
    of('proxied-announced', { delegate: address, ...proxied }),
    of('batch', {
      mode: z.enum(['all', 'until-failure', 'each']),
      intents: z.array(intent).max(LONGEST_BATCH),
    }),
    of('multisig-execute', { threshold: u16, others, timepoint: timepoint.exactOptional(), intent, maxWeight }),
    of('multisig-alone', { others, intent }),
  ])
  return z.union([plainIntent, nested])
}

export const intentSchema: z.ZodType<Intent> = intentAt(DEEPEST_INTENT)
