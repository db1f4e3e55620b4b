import { blake2b } from '@noble/hashes/blake2.js'
import type { Intent, MaxWeight, PROXY_TYPES, Timepoint } from '../../../../shared/signing/intent.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { publicKeyOf } from '../keypair.ts'
import { accountHex } from './account-hex.ts'
import { holdingCall, NoSuchCall } from './expected-holding.ts'
import { ipNumber } from './ip-number.ts'
import type { CallValue, Value } from './type-def.ts'

/** Stands for an argument that the intent leaves open. */
export const ANY = '*'

export { NoSuchCall }

const target = (address: Ss58): Value => ({ tag: 'Id', value: accountHex(address) })
const kindOf = (type: keyof typeof PROXY_TYPES): Value => ({ tag: type, value: null })
const integer = (value: number): bigint => BigInt(value)
function hash(text: string): string {
  if (!/^0x[0-9a-f]{64}$/i.test(text)) throw new NoSuchCall('call hash')
  return text.toLowerCase()
}
const stake = (call: string, args: Readonly<Record<string, Value>>): CallValue => ({
  call: `SubtensorModule.${call}`,
  args,
})
const proxy = (call: string, args: Readonly<Record<string, Value>> = {}): CallValue => ({ call: `Proxy.${call}`, args })
const multisig = (call: string, args: Readonly<Record<string, Value>>): CallValue => ({
  call: `Multisig.${call}`,
  args,
})
const weight = ({ refTime, proofSize }: MaxWeight): Value => ({ ref_time: refTime, proof_size: proofSize })
const timepoint = (at: Timepoint): Value => ({ height: integer(at.height), index: integer(at.index) })
const BATCH = { all: 'batch_all', 'until-failure': 'batch', each: 'force_batch' } as const

/** Members in the order of their keys, each once: the chain refuses any other order. */
function members(others: readonly Ss58[]): readonly string[] {
  const keys = others.map(accountHex)
  if (keys.some((key, at) => at > 0 && (keys[at - 1] ?? '') >= key)) throw new NoSuchCall('members out of order')
  return keys
}

/** What the chain knows of a new coldkey until the swap. @source subtensor `swap_coldkey.rs`: blake2-256 of the account */
function coldkeyHash(address: Ss58): string {
  const key = publicKeyOf(address)
  if (!key) throw new NoSuchCall('address')
  return `0x${Buffer.from(blake2b(key, { dkLen: 32 })).toString('hex')}`
}

/**
 * The one call that an intent stands for, with the chain's names. Written apart from whatever builds calls.
 * @throws NoSuchCall
 * @source subtensor `macros/dispatches.rs`; substrate pallets balances, proxy, multisig, utility
 */
export function expectedCall(intent: Intent): CallValue {
  switch (intent.kind) {
    case 'add-stake':
    case 'remove-stake':
    case 'remove-stake-full':
    case 'move-stake':
    case 'swap-stake':
    case 'transfer-stake':
      return stakeCall(intent)
    case 'move-stake-limit':
    case 'lock-stake':
    case 'move-lock':
    case 'set-perpetual-lock':
    case 'reject-locked-alpha':
    case 'recycle-alpha':
    case 'burn-alpha':
    case 'set-auto-stake':
    case 'claim-root':
    case 'claim-root-of':
    case 'limit-order':
    case 'cancel-order':
      return holdingCall(intent, accountHex)
    case 'register':
    case 'root-register':
    case 'swap-hotkey':
    case 'serve-axon':
    case 'announce-coldkey-swap':
    case 'execute-coldkey-swap':
    case 'clear-coldkey-swap':
    case 'dispute-coldkey-swap':
      return otherSubtensorCall(intent)
    case 'transfer': {
      const call = intent.allowDeath ? 'transfer_allow_death' : 'transfer_keep_alive'
      return { call: `Balances.${call}`, args: { dest: target(intent.to), value: intent.amount } }
    }
    case 'transfer-all':
      return {
        call: 'Balances.transfer_all',
        args: { dest: target(intent.to), keep_alive: intent.keepAlive ?? false },
      }
    case 'batch':
      return { call: `Utility.${BATCH[intent.mode]}`, args: { calls: intent.intents.map(expectedCall) } }
    case 'multisig-approve':
    case 'multisig-cancel':
    case 'multisig-execute':
    case 'multisig-alone':
      return multisigCall(intent)
    default:
      return proxyCall(intent)
  }
}

type OfKind<K extends Intent['kind']> = Extract<Intent, { readonly kind: K }>

function stakeCall(
  intent: OfKind<'add-stake' | 'remove-stake' | 'remove-stake-full' | 'move-stake' | 'swap-stake' | 'transfer-stake'>,
): CallValue {
  if (intent.kind === 'add-stake' || intent.kind === 'remove-stake' || intent.kind === 'remove-stake-full') {
    const at = { hotkey: accountHex(intent.hotkey), netuid: integer(intent.netuid) }
    const limit_price = intent.limitPrice
    if (intent.kind === 'remove-stake-full') return stake('remove_stake_full_limit', { ...at, limit_price })
    const amount = intent.kind === 'add-stake' ? { amount_staked: intent.amount } : { amount_unstaked: intent.amount }
    const call = intent.kind === 'add-stake' ? 'add_stake_limit' : 'remove_stake_limit'
    return stake(call, { ...at, ...amount, limit_price, allow_partial: intent.allowPartial ?? false })
  }
  const move = {
    origin_netuid: integer(intent.fromNetuid),
    destination_netuid: integer(intent.toNetuid),
    alpha_amount: intent.amount,
  }
  if (intent.kind === 'move-stake') {
    const keys = { origin_hotkey: accountHex(intent.fromHotkey), destination_hotkey: accountHex(intent.toHotkey) }
    return stake('move_stake', { ...keys, ...move })
  }
  const hotkey = accountHex(intent.hotkey)
  if (intent.kind === 'transfer-stake')
    return stake('transfer_stake', { destination_coldkey: accountHex(intent.to), hotkey, ...move })
  return stake('swap_stake_limit', {
    hotkey,
    ...move,
    limit_price: intent.limitRatio,
    allow_partial: intent.allowPartial ?? false,
  })
}

function otherSubtensorCall(
  intent: OfKind<
    | 'register'
    | 'root-register'
    | 'swap-hotkey'
    | 'serve-axon'
    | 'announce-coldkey-swap'
    | 'execute-coldkey-swap'
    | 'clear-coldkey-swap'
    | 'dispute-coldkey-swap'
  >,
): CallValue {
  switch (intent.kind) {
    case 'register': {
      const { hotkey, netuid, limit } = intent
      return stake('register_limit', { netuid: integer(netuid), hotkey: accountHex(hotkey), limit_price: limit })
    }
    case 'root-register':
      return stake('root_register', { hotkey: accountHex(intent.hotkey) })
    case 'swap-hotkey':
      return stake('swap_hotkey_v2', {
        hotkey: accountHex(intent.hotkey),
        new_hotkey: accountHex(intent.newHotkey),
        netuid: intent.netuid === undefined ? undefined : integer(intent.netuid),
        keep_stake: intent.keepStake,
      })
    case 'serve-axon':
      return serveAxon(intent)
    case 'announce-coldkey-swap':
      return stake('announce_coldkey_swap', { new_coldkey_hash: coldkeyHash(intent.newColdkey) })
    case 'execute-coldkey-swap':
      return stake('swap_coldkey_announced', { new_coldkey: accountHex(intent.newColdkey) })
    case 'clear-coldkey-swap':
      return stake('clear_coldkey_swap_announcement', {})
    case 'dispute-coldkey-swap':
      return stake('dispute_coldkey_swap', {})
  }
}

function serveAxon({ netuid, ip, port, version, protocol }: OfKind<'serve-axon'>): CallValue {
  const number = ipNumber(ip)
  if (number === undefined) throw new NoSuchCall('address')
  return stake('serve_axon', {
    netuid: integer(netuid),
    version: version === undefined ? ANY : integer(version),
    ip: number,
    port: integer(port),
    ip_type: ip.includes(':') ? 6n : 4n,
    protocol: protocol === undefined ? ANY : integer(protocol),
    placeholder1: 0n,
    placeholder2: 0n,
  })
}

function proxyCall(
  intent: OfKind<
    | 'add-proxy'
    | 'remove-proxy'
    | 'remove-proxies'
    | 'announce-proxied'
    | 'remove-announcement'
    | 'reject-announcement'
    | 'create-pure'
    | 'kill-pure'
    | 'proxied'
    | 'proxied-announced'
  >,
): CallValue {
  switch (intent.kind) {
    case 'add-proxy':
    case 'remove-proxy': {
      const { delegate, proxyType, delay } = intent
      const call = intent.kind === 'add-proxy' ? 'add_proxy' : 'remove_proxy'
      return proxy(call, { delegate: target(delegate), proxy_type: kindOf(proxyType), delay: integer(delay) })
    }
    case 'remove-proxies':
      return proxy('remove_proxies')
    case 'announce-proxied':
      return proxy('announce', { real: target(intent.real), call_hash: hash(intent.callHash) })
    case 'remove-announcement':
      return proxy('remove_announcement', { real: target(intent.real), call_hash: hash(intent.callHash) })
    case 'reject-announcement':
      return proxy('reject_announcement', { delegate: target(intent.delegate), call_hash: hash(intent.callHash) })
    case 'create-pure': {
      const { proxyType, delay, index } = intent
      return proxy('create_pure', { proxy_type: kindOf(proxyType), delay: integer(delay), index: integer(index) })
    }
    case 'kill-pure':
      return proxy('kill_pure', {
        spawner: target(intent.spawner),
        proxy_type: kindOf(intent.proxyType),
        index: integer(intent.index),
        height: integer(intent.height),
        ext_index: integer(intent.extIndex),
      })
    case 'proxied':
    case 'proxied-announced': {
      const force_proxy_type = intent.forceType && kindOf(intent.forceType)
      const args = { real: target(intent.real), force_proxy_type, call: expectedCall(intent.intent) }
      return intent.kind === 'proxied'
        ? proxy('proxy', args)
        : proxy('proxy_announced', { delegate: target(intent.delegate), ...args })
    }
  }
}

function multisigCall(
  intent: OfKind<'multisig-approve' | 'multisig-cancel' | 'multisig-execute' | 'multisig-alone'>,
): CallValue {
  const other_signatories = members(intent.others)
  if (intent.kind === 'multisig-alone')
    return multisig('as_multi_threshold_1', { other_signatories, call: expectedCall(intent.intent) })
  const of = { threshold: integer(intent.threshold), other_signatories }
  if (intent.kind === 'multisig-cancel')
    return multisig('cancel_as_multi', {
      ...of,
      timepoint: timepoint(intent.timepoint),
      call_hash: hash(intent.callHash),
    })
  const maybe_timepoint = intent.timepoint && timepoint(intent.timepoint)
  const max_weight = weight(intent.maxWeight)
  return intent.kind === 'multisig-approve'
    ? multisig('approve_as_multi', { ...of, maybe_timepoint, call_hash: hash(intent.callHash), max_weight })
    : multisig('as_multi', { ...of, maybe_timepoint, call: expectedCall(intent.intent), max_weight })
}
