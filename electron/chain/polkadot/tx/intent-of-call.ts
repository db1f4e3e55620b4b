import { type Intent, PROXY_TYPES, type ProxyType, type Timepoint } from '../../../../shared/signing/intent.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import {
  Answer,
  asAddress,
  asAlpha,
  asBigint,
  asFlag,
  asList,
  asNetuid,
  asNumber,
  asPrice,
  asRao,
  asTagged,
} from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { formatIp } from '../read/ip.ts'
import { toHex } from '../scale/bytes.ts'
import { Args, limited, move, type Reader, trade } from './call-args.ts'
import { HOLDING_READERS, ORDER_READERS } from './holding-of-call.ts'
import type { ReadCall } from './read-call.ts'

/** `MultiAddress`: only plain account ids are ever used here. */
const asId = (value: unknown, what: string): Ss58 => {
  const tagged = asTagged(value, what)
  return tagged.type === 'Id' ? asAddress(tagged.value, what) : badAnswer(what)
}
const asProxyType = (value: unknown, what: string): ProxyType => {
  const { type } = asTagged(value, what)
  return Object.hasOwn(PROXY_TYPES, type) ? (type as ProxyType) : badAnswer(what)
}
const asHash = (value: unknown, what: string): string =>
  value instanceof Uint8Array && value.length === 32 ? toHex(value) : badAnswer(what)
const asPoint = (value: unknown, what: string): Timepoint => {
  const point = new Answer(value, what)
  return { height: point.number('height'), index: point.number('index') }
}
const asWeight = (value: unknown, what: string) => {
  const weight = new Answer(value, what)
  return {
    refTime: asBigint(weight.raw('ref_time'), what),
    proofSize: asBigint(weight.raw('proof_size'), what),
  }
}
const asMembers = (value: unknown, what: string): readonly Ss58[] =>
  asList(value, what).map((member) => asAddress(member, what))

const SUBTENSOR: Readonly<Record<string, Reader>> = {
  add_stake_limit: (args) => ({
    kind: 'add-stake',
    ...trade(args),
    amount: args.of('amount_staked', asRao),
    limitPrice: args.of('limit_price', asPrice),
    ...limited(args),
  }),
  remove_stake_limit: (args) => ({
    kind: 'remove-stake',
    ...trade(args),
    amount: args.of('amount_unstaked', asAlpha),
    limitPrice: args.of('limit_price', asPrice),
    ...limited(args),
  }),
  remove_stake_full_limit: (args) => ({
    kind: 'remove-stake-full',
    ...trade(args),
    ...(args.has('limit_price') ? { limitPrice: args.of('limit_price', asPrice) } : {}),
  }),
  move_stake: (args) => ({
    kind: 'move-stake',
    fromHotkey: args.of('origin_hotkey', asAddress),
    toHotkey: args.of('destination_hotkey', asAddress),
    ...move(args),
  }),
  swap_stake_limit: (args) => ({
    kind: 'swap-stake',
    hotkey: args.of('hotkey', asAddress),
    limitRatio: args.of('limit_price', asBigint),
    ...move(args),
    ...limited(args),
  }),
  transfer_stake: (args) => ({
    kind: 'transfer-stake',
    to: args.of('destination_coldkey', asAddress),
    hotkey: args.of('hotkey', asAddress),
    ...move(args),
  }),
  ...HOLDING_READERS,
  root_register: (args) => ({ kind: 'root-register', hotkey: args.of('hotkey', asAddress) }),
  swap_hotkey_v2: (args) => ({
    kind: 'swap-hotkey',
    hotkey: args.of('hotkey', asAddress),
    newHotkey: args.of('new_hotkey', asAddress),
    ...(args.has('netuid') ? { netuid: args.of('netuid', asNetuid) } : {}),
    keepStake: args.of('keep_stake', asFlag),
  }),
  register_limit: (args) => ({ kind: 'register', ...trade(args), limit: args.of('limit_price', asRao) }),
  serve_axon: (args) => ({
    kind: 'serve-axon',
    netuid: args.of('netuid', asNetuid),
    ip: formatIp(args.of('ip', asBigint), args.of('ip_type', asNumber)),
    port: args.of('port', asNumber),
    version: args.of('version', asNumber),
    protocol: args.of('protocol', asNumber),
  }),
  swap_coldkey_announced: (args) => ({
    kind: 'execute-coldkey-swap',
    newColdkey: args.of('new_coldkey', asAddress),
  }),
  clear_coldkey_swap_announcement: () => ({ kind: 'clear-coldkey-swap' }),
  dispute_coldkey_swap: () => ({ kind: 'dispute-coldkey-swap' }),
}

const BALANCES: Readonly<Record<string, Reader>> = {
  transfer_keep_alive: (args) => ({ kind: 'transfer', to: args.of('dest', asId), amount: args.of('value', asRao) }),
  transfer_allow_death: (args) => ({
    kind: 'transfer',
    to: args.of('dest', asId),
    amount: args.of('value', asRao),
    allowDeath: true,
  }),
  transfer_all: (args) => ({
    kind: 'transfer-all',
    to: args.of('dest', asId),
    keepAlive: args.of('keep_alive', asFlag),
  }),
}

const grant = (args: Args) => ({
  delegate: args.of('delegate', asId),
  proxyType: args.of('proxy_type', asProxyType),
  delay: args.of('delay', asNumber),
})
const forced = (args: Args) =>
  args.has('force_proxy_type') ? { forceType: args.of('force_proxy_type', asProxyType) } : {}

/** The one call that an argument carries. */
const onlyIntent = (args: Args, name = 'call'): Intent | undefined => {
  const [call] = args.inner(name)
  return call && intentOfCall(call)
}

const PROXY: Readonly<Record<string, Reader>> = {
  add_proxy: (args) => ({ kind: 'add-proxy', ...grant(args) }),
  remove_proxy: (args) => ({ kind: 'remove-proxy', ...grant(args) }),
  remove_proxies: () => ({ kind: 'remove-proxies' }),
  create_pure: (args) => ({
    kind: 'create-pure',
    proxyType: args.of('proxy_type', asProxyType),
    delay: args.of('delay', asNumber),
    index: args.of('index', asNumber),
  }),
  kill_pure: (args) => ({
    kind: 'kill-pure',
    spawner: args.of('spawner', asId),
    proxyType: args.of('proxy_type', asProxyType),
    index: args.of('index', asNumber),
    height: args.of('height', asNumber),
    extIndex: args.of('ext_index', asNumber),
  }),
  announce: (args) => ({
    kind: 'announce-proxied',
    real: args.of('real', asId),
    callHash: args.of('call_hash', asHash),
  }),
  remove_announcement: (args) => ({
    kind: 'remove-announcement',
    real: args.of('real', asId),
    callHash: args.of('call_hash', asHash),
  }),
  reject_announcement: (args) => ({
    kind: 'reject-announcement',
    delegate: args.of('delegate', asId),
    callHash: args.of('call_hash', asHash),
  }),
  proxy: (args) => {
    const intent = onlyIntent(args)
    return intent && { kind: 'proxied', real: args.of('real', asId), ...forced(args), intent }
  },
  proxy_announced: (args) => {
    const intent = onlyIntent(args)
    const who = { delegate: args.of('delegate', asId), real: args.of('real', asId) }
    return intent && { kind: 'proxied-announced', ...who, ...forced(args), intent }
  },
}

const shared = (args: Args) => ({
  threshold: args.of('threshold', asNumber),
  others: args.of('other_signatories', asMembers),
})
const opened = (args: Args) => (args.has('maybe_timepoint') ? { timepoint: args.of('maybe_timepoint', asPoint) } : {})

const MULTISIG: Readonly<Record<string, Reader>> = {
  as_multi_threshold_1: (args) => {
    const intent = onlyIntent(args)
    return intent && { kind: 'multisig-alone', others: args.of('other_signatories', asMembers), intent }
  },
  as_multi: (args) => {
    const intent = onlyIntent(args)
    const maxWeight = args.of('max_weight', asWeight)
    return intent && { kind: 'multisig-execute', ...shared(args), ...opened(args), intent, maxWeight }
  },
  approve_as_multi: (args) => ({
    kind: 'multisig-approve',
    ...shared(args),
    ...opened(args),
    callHash: args.of('call_hash', asHash),
    maxWeight: args.of('max_weight', asWeight),
  }),
  cancel_as_multi: (args) => ({
    kind: 'multisig-cancel',
    ...shared(args),
    timepoint: args.of('timepoint', asPoint),
    callHash: args.of('call_hash', asHash),
  }),
}

const batch =
  (mode: 'all' | 'until-failure' | 'each'): Reader =>
  (args) => {
    const intents = args.inner('calls').map(intentOfCall)
    return intents.every((intent) => intent !== undefined) ? { kind: 'batch', mode, intents } : undefined
  }
const UTILITY: Readonly<Record<string, Reader>> = {
  batch: batch('until-failure'),
  batch_all: batch('all'),
  force_batch: batch('each'),
}

const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  SubtensorModule: SUBTENSOR,
  LimitOrders: ORDER_READERS,
  Balances: BALANCES,
  Proxy: PROXY,
  Multisig: MULTISIG,
  Utility: UTILITY,
}

/**
 * What a call of somebody else means in our words; `undefined` when it is none of those that the app has signed. The
 * announcement of a coldkey swap is never among them: the chain holds a hash, the intent an address.
 */
export function intentOfCall(call: ReadCall): Intent | undefined {
  const [pallet = '', name = ''] = call.name.split('.')
  const readers = READERS[pallet]
  const reader = readers && Object.hasOwn(readers, name) ? readers[name] : undefined
  return reader?.(new Args(call))
}
