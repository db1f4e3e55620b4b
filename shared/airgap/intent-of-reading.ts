import type { Intent } from '../signing/intent.ts'
import type { SignerReading } from '../signing/reading.ts'
import { alpha, rao } from '../units/amounts.ts'
import { HOLDING, ORDERS } from './holding-of-reading.ts'
import {
  account,
  big,
  type Call,
  flag,
  has,
  limit,
  limited,
  list,
  move,
  NotNamed,
  number,
  proxyType,
  type Reader,
  subnet,
  text,
  trade,
} from './reading-args.ts'

/**
 * What a transaction from elsewhere asks for, in our words, from what the signer read in its bytes. Only a proposal: the
 * signer compares it with the bytes again, argument by argument, and signs nothing that differs.
 * @returns `undefined` for a call that has no intent, or cannot be told from its bytes alone (the announcement of a new
 *          coldkey holds a hash of it)
 */
export function intentOfReading(reading: SignerReading): Intent | undefined {
  try {
    const [call] = callsOf(reading.calls, 0)
    return call && intentOf(call)
  } catch (cause) {
    if (cause instanceof NotNamed || cause instanceof RangeError || cause instanceof SyntaxError) return undefined
    throw cause
  }
}

function callsOf(calls: SignerReading['calls'], depth: number): readonly Call[] {
  const starts = calls.flatMap((call, at) => (call.depth === depth ? [at] : []))
  return starts.flatMap((start, nth) => {
    const call = calls[start]
    if (!call) return []
    const args = new Map(call.args.map(({ path, value }) => [path, value]))
    const within = calls.slice(start + 1, starts[nth + 1] ?? calls.length)
    return [{ name: call.call, args, inner: callsOf(within, depth + 1) }]
  })
}

const only = (call: Call): Intent => {
  const [inner, second] = call.inner
  if (!inner || second) throw new NotNamed()
  return intentOf(inner)
}
const STAKE: Readonly<Record<string, Reader>> = {
  add_stake_limit: (c) => ({
    kind: 'add-stake',
    ...trade(c),
    amount: rao(big(c, 'amount_staked')),
    limitPrice: limit(c),
    ...limited(c),
  }),
  remove_stake_limit: (c) => ({
    kind: 'remove-stake',
    ...trade(c),
    amount: alpha(big(c, 'amount_unstaked')),
    limitPrice: limit(c),
    ...limited(c),
  }),
  remove_stake_full_limit: (c) => ({
    kind: 'remove-stake-full',
    ...trade(c),
    ...(has(c, 'limit_price') ? { limitPrice: limit(c) } : {}),
  }),
  move_stake: (c) => ({
    kind: 'move-stake',
    fromHotkey: account(c, 'origin_hotkey'),
    toHotkey: account(c, 'destination_hotkey'),
    ...move(c),
  }),
  swap_stake_limit: (c) => ({
    kind: 'swap-stake',
    hotkey: account(c, 'hotkey'),
    ...move(c),
    limitRatio: big(c, 'limit_price'),
    ...limited(c),
  }),
  transfer_stake: (c) => ({
    kind: 'transfer-stake',
    to: account(c, 'destination_coldkey'),
    hotkey: account(c, 'hotkey'),
    ...move(c),
  }),
  root_register: (c) => ({ kind: 'root-register', hotkey: account(c, 'hotkey') }),
  swap_hotkey_v2: (c) => ({
    kind: 'swap-hotkey',
    hotkey: account(c, 'hotkey'),
    newHotkey: account(c, 'new_hotkey'),
    ...(has(c, 'netuid') ? { netuid: subnet(c) } : {}),
    keepStake: flag(c, 'keep_stake'),
  }),
  register_limit: (c) => ({ kind: 'register', ...trade(c), limit: rao(big(c, 'limit_price')) }),
  swap_coldkey_announced: (c) => ({ kind: 'execute-coldkey-swap', newColdkey: account(c, 'new_coldkey') }),
  clear_coldkey_swap_announcement: () => ({ kind: 'clear-coldkey-swap' }),
  dispute_coldkey_swap: () => ({ kind: 'dispute-coldkey-swap' }),
}

const paid = (c: Call) => ({ kind: 'transfer', to: account(c, 'dest'), amount: rao(big(c, 'value')) }) as const
const BALANCES: Readonly<Record<string, Reader>> = {
  transfer_keep_alive: paid,
  transfer_allow_death: (c) => ({ ...paid(c), allowDeath: true }),
  transfer_all: (c) => ({ kind: 'transfer-all', to: account(c, 'dest'), keepAlive: flag(c, 'keep_alive') }),
}

const grant = (c: Call) => ({
  delegate: account(c, 'delegate'),
  proxyType: proxyType(c),
  delay: number(c, 'delay'),
})
const forced = (c: Call) => (has(c, 'force_proxy_type') ? { forceType: proxyType(c, 'force_proxy_type') } : {})
const named = (c: Call, who: 'real' | 'delegate') => ({ address: account(c, who), callHash: text(c, 'call_hash') })

const PROXY: Readonly<Record<string, Reader>> = {
  add_proxy: (c) => ({ kind: 'add-proxy', ...grant(c) }),
  remove_proxy: (c) => ({ kind: 'remove-proxy', ...grant(c) }),
  remove_proxies: () => ({ kind: 'remove-proxies' }),
  announce: (c) => {
    const { address, callHash } = named(c, 'real')
    return { kind: 'announce-proxied', real: address, callHash }
  },
  remove_announcement: (c) => {
    const { address, callHash } = named(c, 'real')
    return { kind: 'remove-announcement', real: address, callHash }
  },
  reject_announcement: (c) => {
    const { address, callHash } = named(c, 'delegate')
    return { kind: 'reject-announcement', delegate: address, callHash }
  },
  create_pure: (c) => ({
    kind: 'create-pure',
    proxyType: proxyType(c),
    delay: number(c, 'delay'),
    index: number(c, 'index'),
  }),
  kill_pure: (c) => ({
    kind: 'kill-pure',
    spawner: account(c, 'spawner'),
    proxyType: proxyType(c),
    index: number(c, 'index'),
    height: number(c, 'height'),
    extIndex: number(c, 'ext_index'),
  }),
  proxy: (c) => ({ kind: 'proxied', real: account(c, 'real'), ...forced(c), intent: only(c) }),
  proxy_announced: (c) => ({
    kind: 'proxied-announced',
    delegate: account(c, 'delegate'),
    real: account(c, 'real'),
    ...forced(c),
    intent: only(c),
  }),
}

const others = (c: Call) => list(c, 'other_signatories')
const shared = (c: Call) => ({ threshold: number(c, 'threshold'), others: others(c) })
const timepoint = (c: Call, name: string) => ({
  height: number(c, `${name}.height`),
  index: number(c, `${name}.index`),
})
const opened = (c: Call) => (has(c, 'maybe_timepoint') ? { timepoint: timepoint(c, 'maybe_timepoint') } : {})
const weight = (c: Call) => ({
  maxWeight: { refTime: big(c, 'max_weight.ref_time'), proofSize: big(c, 'max_weight.proof_size') },
})

const MULTISIG: Readonly<Record<string, Reader>> = {
  as_multi_threshold_1: (c) => ({ kind: 'multisig-alone', others: others(c), intent: only(c) }),
  as_multi: (c) => ({ kind: 'multisig-execute', ...shared(c), ...opened(c), ...weight(c), intent: only(c) }),
  approve_as_multi: (c) => ({
    kind: 'multisig-approve',
    ...shared(c),
    ...opened(c),
    callHash: text(c, 'call_hash'),
    ...weight(c),
  }),
  cancel_as_multi: (c) => ({
    kind: 'multisig-cancel',
    ...shared(c),
    timepoint: timepoint(c, 'timepoint'),
    callHash: text(c, 'call_hash'),
  }),
}

const batch =
  (mode: 'all' | 'until-failure' | 'each'): Reader =>
  (c) => ({ kind: 'batch', mode, intents: c.inner.map(intentOf) })

const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  SubtensorModule: { ...STAKE, ...HOLDING },
  LimitOrders: ORDERS,
  Balances: BALANCES,
  Proxy: PROXY,
  Multisig: MULTISIG,
  Utility: { batch_all: batch('all'), batch: batch('until-failure'), force_batch: batch('each') },
}

function intentOf(call: Call): Intent {
  const [pallet = '', name = ''] = call.name.split('.')
  const readers = Object.hasOwn(READERS, pallet) ? READERS[pallet] : undefined
  const reader = readers && Object.hasOwn(readers, name) ? readers[name] : undefined
  if (!reader) throw new NotNamed()
  return reader(call)
}
