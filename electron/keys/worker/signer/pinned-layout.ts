import { PROXY_TYPES, type ProxyType } from '../../../../shared/signing/intent.ts'
import { ORDER_TYPES, type OrderType } from '../../../../shared/signing/limit-order.ts'
import type { ReadPayload } from './read-payload.ts'
import { compactBytes, littleEndian } from './scale-write.ts'
import type { CallValue, Value } from './type-def.ts'
import { isCallValue } from './type-def.ts'

type Shape = (value: Value) => Uint8Array
interface Pin {
  /** Pallet and call index. */
  readonly at: readonly [number, number]
  readonly args: readonly (readonly [name: string, shape: Shape])[]
}

const fail = (): never => {
  throw new TypeError('not as pinned')
}
const integer = (value: Value): bigint => (typeof value === 'bigint' ? value : fail())
const int =
  (bytes: number): Shape =>
  (value) =>
    littleEndian(integer(value), bytes)
const [u8, u16, u32, u64, u128] = [int(1), int(2), int(4), int(8), int(16)] as const
const compact: Shape = (value) => compactBytes(integer(value))
const flag: Shape = (value) => Uint8Array.of(typeof value === 'boolean' ? Number(value) : fail())
const bytes32: Shape = (value) =>
  typeof value === 'string' && value.length === 66 ? new Uint8Array(Buffer.from(value.slice(2), 'hex')) : fail()
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const option =
  (inner: Shape): Shape =>
  (value) =>
    value === undefined ? Uint8Array.of(0) : join(Uint8Array.of(1), inner(value))
const list =
  (inner: Shape): Shape =>
  (value) => {
    const items: readonly Value[] = Array.isArray(value) ? value : fail()
    return join(compactBytes(BigInt(items.length)), ...items.map(inner))
  }
const part = (value: Value, name: string): Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Value>>)[name]
    : fail()
const target: Shape = (value) =>
  part(value, 'tag') === 'Id' ? join(Uint8Array.of(0), bytes32(part(value, 'value'))) : fail()
const proxyType: Shape = (value) => {
  const number = PROXY_TYPES[part(value, 'tag') as ProxyType]
  return number === undefined ? fail() : Uint8Array.of(number)
}
const timepoint: Shape = (value) => join(u32(part(value, 'height')), u32(part(value, 'index')))
const weight: Shape = (value) => join(compact(part(value, 'ref_time')), compact(part(value, 'proof_size')))
const lengthAndBytes: Shape = (value) => {
  const bytes =
    typeof value === 'string' && /^0x(?:[0-9a-f]{2})*$/.test(value) ? Buffer.from(value.slice(2), 'hex') : fail()
  return join(compactBytes(BigInt(bytes.length)), bytes)
}
const orderType: Shape = (value) => Uint8Array.of(ORDER_TYPES[part(value, 'tag') as OrderType] ?? fail())
/** The one version that is signed: its number, then the fields in the chain's order. */
export const versionedOrder: Shape = (value) => {
  if (part(value, 'tag') !== 'V1') return fail()
  const order = part(value, 'value')
  return join(Uint8Array.of(0), ...ORDER.map(([name, shape]) => shape(part(order, name))))
}
const ORDER: readonly (readonly [string, Shape])[] = [
  ['signer', bytes32],
  ['hotkey', bytes32],
  ['netuid', u16],
  ['order_type', orderType],
  ['amount', u64],
  ['limit_price', u64],
  ['expiry', u64],
  ['fee_rate', u32],
  ['fee_recipient', bytes32],
  ['relayer', option(list(bytes32))],
  ['max_slippage', option(u32)],
  ['chain_id', u64],
  ['partial_fills_enabled', flag],
]
const call: Shape = (value) => (isCallValue(value) ? pinnedCall(value) : fail())

const pin = (at: readonly [number, number], args: Readonly<Record<string, Shape>> = {}): Pin => ({
  at,
  args: Object.entries(args),
})
const trade = { hotkey: bytes32, netuid: u16 }
const move = { origin_netuid: u16, destination_netuid: u16, alpha_amount: u64 }
const limited = { limit_price: u64, allow_partial: flag }
const announcement = { call_hash: bytes32 }
const several = { threshold: u16, other_signatories: list(bytes32) }
const serveAxon = { netuid: u16, version: u32, ip: u128, port: u16, ip_type: u8, protocol: u8 }

/**
 * Numbers and layouts of the calls that are signed, from the chain's source. Used where a chain cannot be asked to compare
 * the digest of its metadata: a node could then describe a sale as a purchase. If a runtime renumbers them, such a chain is
 * refused, and nothing is lost.
 * @source subtensor metadata of spec 293 to 475, equal in all of them where they exist
 */
const PINS: Readonly<Record<string, Pin>> = {
  'Balances.transfer_allow_death': pin([5, 0], { dest: target, value: compact }),
  'Balances.transfer_keep_alive': pin([5, 3], { dest: target, value: compact }),
  'Balances.transfer_all': pin([5, 4], { dest: target, keep_alive: flag }),
  'SubtensorModule.serve_axon': pin([7, 4], { ...serveAxon, placeholder1: u8, placeholder2: u8 }),
  'SubtensorModule.root_register': pin([7, 62], { hotkey: bytes32 }),
  'SubtensorModule.swap_hotkey_v2': pin([7, 72], {
    hotkey: bytes32,
    new_hotkey: bytes32,
    netuid: option(u16),
    keep_stake: flag,
  }),
  'SubtensorModule.move_stake': pin([7, 85], { origin_hotkey: bytes32, destination_hotkey: bytes32, ...move }),
  'SubtensorModule.transfer_stake': pin([7, 86], { destination_coldkey: bytes32, hotkey: bytes32, ...move }),
  'SubtensorModule.add_stake_limit': pin([7, 88], { ...trade, amount_staked: u64, ...limited }),
  'SubtensorModule.remove_stake_limit': pin([7, 89], { ...trade, amount_unstaked: u64, ...limited }),
  'SubtensorModule.swap_stake_limit': pin([7, 90], { hotkey: bytes32, ...move, ...limited }),
  'SubtensorModule.remove_stake_full_limit': pin([7, 103], { ...trade, limit_price: option(u64) }),
  'SubtensorModule.recycle_alpha': pin([7, 101], { hotkey: bytes32, amount: u64, netuid: u16 }),
  'SubtensorModule.burn_alpha': pin([7, 102], { hotkey: bytes32, amount: u64, netuid: u16 }),
  'SubtensorModule.set_coldkey_auto_stake_hotkey': pin([7, 114], { netuid: u16, hotkey: bytes32 }),
  'SubtensorModule.claim_root': pin([7, 121], { subnets: list(u16) }),
  'SubtensorModule.announce_coldkey_swap': pin([7, 125], { new_coldkey_hash: bytes32 }),
  'SubtensorModule.swap_coldkey_announced': pin([7, 126], { new_coldkey: bytes32 }),
  'SubtensorModule.dispute_coldkey_swap': pin([7, 127]),
  'SubtensorModule.clear_coldkey_swap_announcement': pin([7, 133]),
  'SubtensorModule.register_limit': pin([7, 134], { netuid: u16, hotkey: bytes32, limit_price: u64 }),
  'SubtensorModule.lock_stake': pin([7, 136], { ...trade, amount: u64 }),
  'SubtensorModule.move_lock': pin([7, 137], { destination_hotkey: bytes32, netuid: u16 }),
  'SubtensorModule.set_perpetual_lock': pin([7, 138], { netuid: u16, enabled: flag }),
  'SubtensorModule.set_reject_locked_alpha': pin([7, 142], { enabled: flag }),
  'SubtensorModule.claim_root_with_hotkey': pin([7, 148], { hotkey: bytes32 }),
  'SubtensorModule.move_stake_limit': pin([7, 149], {
    origin_hotkey: bytes32,
    destination_hotkey: bytes32,
    ...move,
    ...limited,
  }),
  'Utility.batch': pin([11, 0], { calls: list(call) }),
  'Utility.batch_all': pin([11, 2], { calls: list(call) }),
  'Utility.force_batch': pin([11, 4], { calls: list(call) }),
  'Multisig.as_multi_threshold_1': pin([13, 0], { other_signatories: list(bytes32), call }),
  'Multisig.as_multi': pin([13, 1], { ...several, maybe_timepoint: option(timepoint), call, max_weight: weight }),
  'Multisig.approve_as_multi': pin([13, 2], {
    ...several,
    maybe_timepoint: option(timepoint),
    ...announcement,
    max_weight: weight,
  }),
  'Multisig.cancel_as_multi': pin([13, 3], { ...several, timepoint, ...announcement }),
  'Proxy.proxy': pin([16, 0], { real: target, force_proxy_type: option(proxyType), call }),
  'Proxy.add_proxy': pin([16, 1], { delegate: target, proxy_type: proxyType, delay: u32 }),
  'Proxy.remove_proxy': pin([16, 2], { delegate: target, proxy_type: proxyType, delay: u32 }),
  'Proxy.remove_proxies': pin([16, 3]),
  'Proxy.create_pure': pin([16, 4], { proxy_type: proxyType, delay: u32, index: u16 }),
  'Proxy.kill_pure': pin([16, 5], {
    spawner: target,
    proxy_type: proxyType,
    index: u16,
    height: compact,
    ext_index: compact,
  }),
  'Proxy.announce': pin([16, 6], { real: target, ...announcement }),
  'Proxy.remove_announcement': pin([16, 7], { real: target, ...announcement }),
  'Proxy.reject_announcement': pin([16, 8], { delegate: target, ...announcement }),
  'Proxy.proxy_announced': pin([16, 9], {
    delegate: target,
    real: target,
    force_proxy_type: option(proxyType),
    call,
  }),
  'MevShield.submit_encrypted': pin([30, 1], { ciphertext: lengthAndBytes }),
  'LimitOrders.cancel_order': pin([32, 2], { order: versionedOrder }),
}

function pinnedCall({ call: name, args }: CallValue): Uint8Array {
  const known = PINS[name] ?? fail()
  return join(Uint8Array.from(known.at), ...known.args.map(([argument, shape]) => shape(args[argument])))
}

/** Extensions in mainnet's order, spelled out. The era's two bytes are taken as they are: they were read from bytes. */
function pinnedExtensions(read: ReadPayload, withMode: boolean): Uint8Array {
  const none = Uint8Array.of(0)
  return join(
    read.eraBytes,
    compactBytes(read.nonce),
    compactBytes(read.tip),
    ...(withMode ? [none] : []),
    littleEndian(BigInt(read.specVersion), 4),
    littleEndian(BigInt(read.transactionVersion), 4),
    bytes32(read.genesis),
    bytes32(read.blockHash),
    ...(withMode ? [none] : []),
  )
}

/**
 * Whether the payload is, byte for byte, what the chain's source says that this reading looks like; without a metadata hash.
 * @param withMode the runtime has `CheckMetadataHash`, and it is off
 */
export function isAsPinned(read: ReadPayload, payload: Uint8Array, withMode: boolean): boolean {
  try {
    const wanted = join(pinnedCall(read.call), pinnedExtensions(read, withMode))
    return Buffer.from(payload).equals(wanted)
  } catch {
    return false
  }
}
