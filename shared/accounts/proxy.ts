import type { Intent, IntentKind } from '../signing/intent.ts'
import type { Rao, Ss58 } from '../units/amounts.ts'

/** One permission that an account gave away. */
export interface ProxyGrant {
  readonly delegate: Ss58
  /** The chain's name, also of kinds that this app does not know: `Staking`. */
  readonly proxyType: string
  /** Blocks between announcing a call and making it; 0: at once. */
  readonly delay: number
}

/** An account without a key, and where it was made: without these numbers the chain cannot be told to remove it. */
export interface PureProxy {
  readonly address: Ss58
  /** Whoever made it, and is its first proxy. */
  readonly spawner: Ss58
  readonly proxyType: string
  readonly delay: number
  /** Tells several apart that were made in one extrinsic. */
  readonly index: number
  readonly height: number
  readonly extIndex: number
}

/** A call that a delegate announced and may make once its delay is over. */
export interface ProxyAnnouncement {
  readonly delegate: Ss58
  readonly real: Ss58
  readonly callHash: string
  /** Block of the announcement. */
  readonly height: number
}

export interface ProxyFacts {
  readonly atBlock: number
  readonly account: Ss58
  readonly grants: readonly ProxyGrant[]
  /** Kept back by the chain as long as the grants last, rao. */
  readonly deposit: Rao
  /** Announced by this account as somebody's delegate. */
  readonly announced: readonly ProxyAnnouncement[]
  readonly announcedDeposit: Rao
}

/** What the chain keeps back, rao. @source constants of the Proxy pallet */
export interface ProxyCosts {
  readonly base: Rao
  readonly each: Rao
  readonly announcementBase: Rao
  readonly announcementEach: Rao
  readonly mostProxies: number
}

/** One call that a proxy type lets through, or keeps out. */
export interface ProxyCall {
  /** `SubtensorModule.add_stake`, or the whole pallet `Balances`. */
  readonly call: string
  /** Only below this many rao or alpha of the named argument. */
  readonly below?: { readonly argument: string; readonly limit: bigint } | undefined
  /** Only around this call. */
  readonly around?: string | undefined
}

/** What a proxy type may do, as the chain itself tells. @source `ProxyFilterRuntimeApi` */
export interface ProxyRule {
  readonly proxyType: string
  /** No longer of any use on this chain. */
  readonly deprecated: boolean
  readonly mode: 'everything' | 'nothing' | 'only' | 'all-but'
  readonly calls: readonly ProxyCall[]
  /** Let through although `mode` keeps them out, or the other way round. */
  readonly exceptions: readonly ProxyCall[]
}

/** The chain's names of the calls that an intent is made of; nested ones are not looked into. */
export const CALL_OF_KIND: Readonly<Partial<Record<IntentKind, string>>> = {
  'add-stake': 'SubtensorModule.add_stake_limit',
  'remove-stake': 'SubtensorModule.remove_stake_limit',
  'remove-stake-full': 'SubtensorModule.remove_stake_full_limit',
  'move-stake': 'SubtensorModule.move_stake',
  'swap-stake': 'SubtensorModule.swap_stake_limit',
  'transfer-stake': 'SubtensorModule.transfer_stake',
  'move-stake-limit': 'SubtensorModule.move_stake_limit',
  'lock-stake': 'SubtensorModule.lock_stake',
  'move-lock': 'SubtensorModule.move_lock',
  'set-perpetual-lock': 'SubtensorModule.set_perpetual_lock',
  'reject-locked-alpha': 'SubtensorModule.set_reject_locked_alpha',
  'recycle-alpha': 'SubtensorModule.recycle_alpha',
  'burn-alpha': 'SubtensorModule.burn_alpha',
  'set-auto-stake': 'SubtensorModule.set_coldkey_auto_stake_hotkey',
  'claim-root': 'SubtensorModule.claim_root',
  'claim-root-of': 'SubtensorModule.claim_root_with_hotkey',
  'cancel-order': 'LimitOrders.cancel_order',
  register: 'SubtensorModule.register_limit',
  'root-register': 'SubtensorModule.root_register',
  'swap-hotkey': 'SubtensorModule.swap_hotkey_v2',
  transfer: 'Balances.transfer_keep_alive',
  'transfer-all': 'Balances.transfer_all',
}

const names = (entry: ProxyCall, call: string): boolean => entry.call === call || entry.call === call.split('.')[0]

/**
 * Whether a proxy of this type may make a call, by the chain's own list. A condition on an argument counts as yes: the
 * chain decides on the amount.
 * @param call `Pallet.call`
 */
export function permits(rule: ProxyRule, call: string): boolean {
  const listed = rule.calls.some((entry) => names(entry, call))
  const excepted = rule.exceptions.some((entry) => names(entry, call))
  switch (rule.mode) {
    case 'everything':
      return true
    case 'nothing':
      return false
    case 'only':
      return listed && !excepted
    case 'all-but':
      return !listed || excepted
  }
}

/** As {@link permits}. @returns `undefined` for an intent that is not one plain call of daily use */
export function mayAct(rule: ProxyRule, intent: Intent): boolean | undefined {
  const call =
    intent.kind === 'transfer' && intent.allowDeath ? 'Balances.transfer_allow_death' : CALL_OF_KIND[intent.kind]
  return call === undefined ? undefined : permits(rule, call)
}

/** What can be lost through a grant. A delay shrinks none of these: it gives time to notice. */
export type GrantRisk = 'can-move-tao' | 'can-give-stake-away' | 'can-add-proxies' | 'unknown-type'

const RISKY: readonly (readonly [GrantRisk, string])[] = [
  ['can-move-tao', 'Balances.transfer_keep_alive'],
  ['can-give-stake-away', 'SubtensorModule.transfer_stake'],
  ['can-add-proxies', 'Proxy.add_proxy'],
]

/** For the sentence beside a grant; the chain's list of calls is the detail. */
export function risksOf(proxyType: string, rules: readonly ProxyRule[]): readonly GrantRisk[] {
  const rule = rules.find((candidate) => candidate.proxyType === proxyType)
  if (!rule) return ['unknown-type']
  return RISKY.filter(([, call]) => permits(rule, call)).map(([risk]) => risk)
}
