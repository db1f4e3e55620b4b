import { blake2AsU8a } from '@polkadot/util-crypto'
import type { Intent, MaxWeight, NestedIntent, PlainIntent, Timepoint } from '../../../../shared/signing/intent.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { fail } from '../failure.ts'
import { parseIp } from '../read/ip.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { publicKeyOf } from '../scale/address.ts'
import { compactBytes, concat, fromHex } from '../scale/bytes.ts'
import { encode } from '../scale/encode.ts'
import { HOLDING } from './holding-call.ts'

/** An argument that is SCALE already: a nested call. */
class Scale {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}
interface Written {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

const id = (value: Ss58) => ({ type: 'Id', value })
const chosen = (type: string) => ({ type })
const hash = (text: string): Uint8Array => {
  const bytes = fromHex(text, 'call hash')
  return bytes.length === 32 ? bytes : fail({ code: 'contract/bad-input', issues: ['callHash: 32 bytes'] })
}
const weight = ({ refTime, proofSize }: MaxWeight) => ({ ref_time: refTime, proof_size: proofSize })
const point = ({ height, index }: Timepoint) => ({ height, index })
const subtensor = (name: string, args: Written['args'] = {}): Written => ({ name: `SubtensorModule.${name}`, args })
const proxy = (name: string, args: Written['args'] = {}): Written => ({ name: `Proxy.${name}`, args })

/** What the chain keeps of a coldkey that is announced. @source protocol: `announce_coldkey_swap(blake2_256(account id))` */
export const coldkeyHash = (newColdkey: Ss58): Uint8Array => blake2AsU8a(publicKeyOf(newColdkey))

type Of<K extends Intent['kind']> = Extract<Intent, { kind: K }>
type Writers<K extends Intent['kind']> = { readonly [P in K]: (intent: Of<P>) => Written }

const STAKE: Writers<
  | 'add-stake'
  | 'remove-stake'
  | 'remove-stake-full'
  | 'move-stake'
  | 'swap-stake'
  | 'transfer-stake'
  | 'register'
  | 'root-register'
  | 'swap-hotkey'
> = {
  'add-stake': ({ hotkey, netuid, amount, limitPrice, allowPartial }) =>
    subtensor('add_stake_limit', {
      hotkey,
      netuid,
      amount_staked: amount,
      limit_price: limitPrice,
      allow_partial: allowPartial ?? false,
    }),
  'remove-stake': ({ hotkey, netuid, amount, limitPrice, allowPartial }) =>
    subtensor('remove_stake_limit', {
      hotkey,
      netuid,
      amount_unstaked: amount,
      limit_price: limitPrice,
      allow_partial: allowPartial ?? false,
    }),
  'remove-stake-full': ({ hotkey, netuid, limitPrice }) =>
    subtensor('remove_stake_full_limit', { hotkey, netuid, limit_price: limitPrice }),
  'move-stake': ({ fromHotkey, toHotkey, fromNetuid, toNetuid, amount }) =>
    subtensor('move_stake', {
      origin_hotkey: fromHotkey,
      destination_hotkey: toHotkey,
      origin_netuid: fromNetuid,
      destination_netuid: toNetuid,
      alpha_amount: amount,
    }),
  'swap-stake': ({ hotkey, fromNetuid, toNetuid, amount, limitRatio, allowPartial }) =>
    subtensor('swap_stake_limit', {
      hotkey,
      origin_netuid: fromNetuid,
      destination_netuid: toNetuid,
      alpha_amount: amount,
      limit_price: limitRatio,
      allow_partial: allowPartial ?? false,
    }),
  'transfer-stake': ({ to, hotkey, fromNetuid, toNetuid, amount }) =>
    subtensor('transfer_stake', {
      destination_coldkey: to,
      hotkey,
      origin_netuid: fromNetuid,
      destination_netuid: toNetuid,
      alpha_amount: amount,
    }),
  register: ({ netuid, hotkey, limit }) => subtensor('register_limit', { netuid, hotkey, limit_price: limit }),
  'root-register': ({ hotkey }) => subtensor('root_register', { hotkey }),
  'swap-hotkey': ({ hotkey, newHotkey, netuid, keepStake }) =>
    subtensor('swap_hotkey_v2', { hotkey, new_hotkey: newHotkey, netuid, keep_stake: keepStake }),
}

const ACCOUNT: Writers<
  | 'transfer'
  | 'transfer-all'
  | 'serve-axon'
  | 'announce-coldkey-swap'
  | 'execute-coldkey-swap'
  | 'clear-coldkey-swap'
  | 'dispute-coldkey-swap'
> = {
  transfer: ({ to, amount, allowDeath }) => ({
    name: allowDeath ? 'Balances.transfer_allow_death' : 'Balances.transfer_keep_alive',
    args: { dest: id(to), value: amount },
  }),
  'transfer-all': ({ to, keepAlive }) => ({
    name: 'Balances.transfer_all',
    args: { dest: id(to), keep_alive: keepAlive ?? false },
  }),
  'serve-axon': ({ netuid, ip: text, port, version, protocol }) => {
    const ip = parseIp(text) ?? fail({ code: 'mining/bad-address', address: text, reason: 'no IP address' })
    const args = { netuid, version: version ?? 0, ip: ip.value, port, ip_type: ip.type, protocol: protocol ?? 0 }
    return subtensor('serve_axon', { ...args, placeholder1: 0, placeholder2: 0 })
  },
  'announce-coldkey-swap': ({ newColdkey }) =>
    subtensor('announce_coldkey_swap', { new_coldkey_hash: coldkeyHash(newColdkey) }),
  'execute-coldkey-swap': ({ newColdkey }) => subtensor('swap_coldkey_announced', { new_coldkey: newColdkey }),
  'clear-coldkey-swap': () => subtensor('clear_coldkey_swap_announcement'),
  'dispute-coldkey-swap': () => subtensor('dispute_coldkey_swap'),
}

type Proxying =
  | 'add-proxy'
  | 'remove-proxy'
  | 'remove-proxies'
  | 'announce-proxied'
  | 'remove-announcement'
  | 'reject-announcement'
  | 'create-pure'
  | 'kill-pure'

const PROXY: Writers<Proxying | 'multisig-approve' | 'multisig-cancel'> = {
  'add-proxy': ({ delegate, proxyType, delay }) =>
    proxy('add_proxy', { delegate: id(delegate), proxy_type: chosen(proxyType), delay }),
  'remove-proxy': ({ delegate, proxyType, delay }) =>
    proxy('remove_proxy', { delegate: id(delegate), proxy_type: chosen(proxyType), delay }),
  'remove-proxies': () => proxy('remove_proxies'),
  'announce-proxied': ({ real, callHash }) => proxy('announce', { real: id(real), call_hash: hash(callHash) }),
  'remove-announcement': ({ real, callHash }) =>
    proxy('remove_announcement', { real: id(real), call_hash: hash(callHash) }),
  'reject-announcement': ({ delegate, callHash }) =>
    proxy('reject_announcement', { delegate: id(delegate), call_hash: hash(callHash) }),
  'create-pure': ({ proxyType, delay, index }) => proxy('create_pure', { proxy_type: chosen(proxyType), delay, index }),
  'kill-pure': ({ spawner, proxyType, index, height, extIndex }) =>
    proxy('kill_pure', {
      spawner: id(spawner),
      proxy_type: chosen(proxyType),
      index,
      height,
      ext_index: extIndex,
    }),
  'multisig-approve': ({ threshold, others, timepoint, callHash, maxWeight }) => ({
    name: 'Multisig.approve_as_multi',
    args: {
      threshold,
      other_signatories: others,
      maybe_timepoint: timepoint && point(timepoint),
      call_hash: hash(callHash),
      max_weight: weight(maxWeight),
    },
  }),
  'multisig-cancel': ({ threshold, others, timepoint, callHash }) => ({
    name: 'Multisig.cancel_as_multi',
    args: { threshold, other_signatories: others, timepoint: point(timepoint), call_hash: hash(callHash) },
  }),
}

const PLAIN: Writers<PlainIntent['kind']> = { ...STAKE, ...HOLDING, ...ACCOUNT, ...PROXY }

function nested(runtime: Runtime, intent: NestedIntent): Written {
  const scale = (inner: Intent) => new Scale(encodeIntent(runtime, inner))
  switch (intent.kind) {
    case 'proxied': {
      const { real, forceType } = intent
      const type = forceType && chosen(forceType)
      return proxy('proxy', { real: id(real), force_proxy_type: type, call: scale(intent.intent) })
    }
    case 'proxied-announced': {
      const { delegate, real, forceType } = intent
      const type = forceType && chosen(forceType)
      const who = { delegate: id(delegate), real: id(real), force_proxy_type: type }
      return proxy('proxy_announced', { ...who, call: scale(intent.intent) })
    }
    case 'batch': {
      const name = { all: 'batch_all', 'until-failure': 'batch', each: 'force_batch' }[intent.mode]
      const calls = intent.intents.map((inner) => encodeIntent(runtime, inner))
      const list = concat(compactBytes(BigInt(calls.length)), ...calls)
      return { name: `Utility.${name}`, args: { calls: new Scale(list) } }
    }
    case 'multisig-execute': {
      const { threshold, others, timepoint, maxWeight } = intent
      const members = { threshold, other_signatories: others, maybe_timepoint: timepoint && point(timepoint) }
      return {
        name: 'Multisig.as_multi',
        args: { ...members, call: scale(intent.intent), max_weight: weight(maxWeight) },
      }
    }
    case 'multisig-alone':
      return {
        name: 'Multisig.as_multi_threshold_1',
        args: { other_signatories: intent.others, call: scale(intent.intent) },
      }
  }
}

const isNested = (intent: Intent): intent is NestedIntent => 'intent' in intent || 'intents' in intent

function written(runtime: Runtime, intent: Intent): Written {
  if (isNested(intent)) return nested(runtime, intent)
  // The cast: the table has one writer for each kind, of this very kind; TypeScript cannot follow that through the lookup.
  return (PLAIN[intent.kind] as (plain: PlainIntent) => Written)(intent)
}

/**
 * SCALE bytes of the call that an intent stands for, by the runtime's own indices and types; nested calls too.
 * @errors chain/unsupported when the runtime lacks a call, or its arguments are not those we know; chain/bad-address
 */
export function encodeIntent(runtime: Runtime, intent: Intent): Uint8Array {
  const { name, args } = written(runtime, intent)
  const { pallet, variant } = runtime.call(name)
  const wanted = variant.fields.map((field) => field.name ?? '')
  if (wanted.length !== Object.keys(args).length || wanted.some((argument) => !Object.hasOwn(args, argument)))
    fail({ code: 'chain/unsupported', missing: [`${name}(${Object.keys(args).join(', ')})`] })
  const values = variant.fields.map((field) => {
    const value = args[field.name ?? '']
    return value instanceof Scale ? value.bytes : encode(runtime.types, field.type, value)
  })
  return concat(Uint8Array.of(pallet, variant.index), ...values)
}
