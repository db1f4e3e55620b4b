import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../units/amounts.ts'
import type { LimitOrder } from './limit-order.ts'

/**
 * What a proxy may do, by the chain's own names and numbers. The dead ones are left out: nothing is gained by signing them.
 * @source subtensor `common/src/lib.rs` `ProxyType`, spec 424 to 475
 */
export const PROXY_TYPES = {
  Any: 0,
  Owner: 1,
  NonCritical: 2,
  NonTransfer: 3,
  NonFungible: 5,
  Staking: 8,
  Registration: 9,
  Transfer: 10,
  SmallTransfer: 11,
  ChildKeys: 13,
  SudoUncheckedSetCode: 14,
  SwapHotkey: 15,
  SubnetLeaseBeneficiary: 16,
  RootClaim: 17,
} as const
export type ProxyType = keyof typeof PROXY_TYPES

/** Where a multisig operation was opened: block and index of the extrinsic. */
export interface Timepoint {
  readonly height: number
  readonly index: number
}

/** Most that the inner call of a multisig may weigh. Units: picoseconds of reference time, bytes of proof. */
export interface MaxWeight {
  readonly refTime: bigint
  readonly proofSize: bigint
}

/** A limit that may be met by a part: what lies beyond it stays where it is. Absent: all or nothing. */
interface Limited {
  readonly allowPartial?: boolean
}
interface Trade {
  readonly hotkey: Ss58
  readonly netuid: Netuid
}
interface Move {
  readonly fromNetuid: Netuid
  readonly toNetuid: Netuid
  readonly amount: Alpha
}
interface MultisigOf {
  readonly threshold: number
  /** All members but the one who signs, in the order of their public keys. */
  readonly others: readonly Ss58[]
}

/** What a holder does with stake besides trading and moving it. Amounts in alpha of the named subnet. */
export type HoldingIntent =
  /**
   * To another hotkey and subnet, whole or not at all unless `allowPartial`.
   * @param limitRatio least price of origin per price of destination, times 1e9
   */
  | ({
      readonly kind: 'move-stake-limit'
      readonly fromHotkey: Ss58
      readonly toHotkey: Ss58
      readonly limitRatio: bigint
      readonly allowPartial?: boolean
    } & Move)
  /** @param amount what is added to the lock that is there */
  | ({ readonly kind: 'lock-stake'; readonly amount: Alpha } & Trade)
  | { readonly kind: 'move-lock'; readonly toHotkey: Ss58; readonly netuid: Netuid }
  /** Whether the lock stays as it is, or decays. */
  | { readonly kind: 'set-perpetual-lock'; readonly netuid: Netuid; readonly enabled: boolean }
  /** Whether alpha that comes with a lock is refused. */
  | { readonly kind: 'reject-locked-alpha'; readonly enabled: boolean }
  /** Destroys own alpha; the subnet may issue it again. */
  | ({ readonly kind: 'recycle-alpha'; readonly amount: Alpha } & Trade)
  /** Destroys own alpha for good. */
  | ({ readonly kind: 'burn-alpha'; readonly amount: Alpha } & Trade)
  /** Which hotkey of a subnet gets what this coldkey mines there. */
  | ({ readonly kind: 'set-auto-stake' } & Trade)
  /** What root stake has earned, of all validators. @param subnets looked at by runtimes before spec 441 only; at most five */
  | { readonly kind: 'claim-root'; readonly subnets: readonly Netuid[] }
  /** What root stake has earned with one validator. */
  | { readonly kind: 'claim-root-of'; readonly hotkey: Ss58 }
  /** Signed away from the chain and given to a relayer: no call of the signer's own stands for it. */
  | { readonly kind: 'limit-order'; readonly order: LimitOrder }
  /** Makes an order worthless, whoever holds it. */
  | { readonly kind: 'cancel-order'; readonly order: LimitOrder }

/** What a miner does with the places of its hotkeys, besides buying one on a subnet. */
export type PlaceIntent =
  /** A seat on root at the price of the moment: the call knows no limit. */
  | { readonly kind: 'root-register'; readonly hotkey: Ss58 }
  /**
   * Places, addresses, locks and auto-stake of one hotkey become another's of the same coldkey, and everybody's stake behind it.
   * @param netuid absent: on all subnets
   * @param keepStake the stake stays behind the old hotkey
   */
  | {
      readonly kind: 'swap-hotkey'
      readonly hotkey: Ss58
      readonly newHotkey: Ss58
      readonly netuid?: Netuid
      readonly keepStake: boolean
    }

/** What a single call does. No member carries another one. */
export type PlainIntent =
  | HoldingIntent
  | PlaceIntent
  | ({ readonly kind: 'add-stake'; readonly amount: Rao; readonly limitPrice: RaoPerAlpha } & Trade & Limited)
  | ({ readonly kind: 'remove-stake'; readonly amount: Alpha; readonly limitPrice: RaoPerAlpha } & Trade & Limited)
  /** The whole position. @param limitPrice absent: at any price. */
  | ({ readonly kind: 'remove-stake-full'; readonly limitPrice?: RaoPerAlpha } & Trade)
  /** To another hotkey, and perhaps another subnet. */
  | ({ readonly kind: 'move-stake'; readonly fromHotkey: Ss58; readonly toHotkey: Ss58 } & Move)
  /** To another subnet. @param limitRatio least price of origin per price of destination, times 1e9 */
  | ({ readonly kind: 'swap-stake'; readonly hotkey: Ss58; readonly limitRatio: bigint } & Move & Limited)
  /** Gives stake away. */
  | ({ readonly kind: 'transfer-stake'; readonly to: Ss58; readonly hotkey: Ss58 } & Move)
  /** Keeps the sender's account alive, unless `allowDeath`. */
  | { readonly kind: 'transfer'; readonly to: Ss58; readonly amount: Rao; readonly allowDeath?: boolean }
  /** Everything that is free; closes the account, unless `keepAlive`. */
  | { readonly kind: 'transfer-all'; readonly to: Ss58; readonly keepAlive?: boolean }
  | { readonly kind: 'register'; readonly hotkey: Ss58; readonly netuid: Netuid; readonly limit: Rao }
  /** @param version @param protocol as the subnet's own software says; absent: not looked at. */
  | {
      readonly kind: 'serve-axon'
      readonly netuid: Netuid
      readonly ip: string
      readonly port: number
      readonly version?: number
      readonly protocol?: number
    }
  | { readonly kind: 'add-proxy'; readonly delegate: Ss58; readonly proxyType: ProxyType; readonly delay: number }
  | { readonly kind: 'remove-proxy'; readonly delegate: Ss58; readonly proxyType: ProxyType; readonly delay: number }
  | { readonly kind: 'remove-proxies' }
  /** @param callHash `0x` and 64 hex digits: blake2-256 of the call that shall be made later. */
  | { readonly kind: 'announce-proxied'; readonly real: Ss58; readonly callHash: string }
  | { readonly kind: 'remove-announcement'; readonly real: Ss58; readonly callHash: string }
  | { readonly kind: 'reject-announcement'; readonly delegate: Ss58; readonly callHash: string }
  | { readonly kind: 'create-pure'; readonly proxyType: ProxyType; readonly delay: number; readonly index: number }
  | {
      readonly kind: 'kill-pure'
      readonly spawner: Ss58
      readonly proxyType: ProxyType
      readonly index: number
      readonly height: number
      readonly extIndex: number
    }
  /** The chain sees the hash of the new coldkey only; the signer computes it from the address that was confirmed. */
  | { readonly kind: 'announce-coldkey-swap'; readonly newColdkey: Ss58 }
  | { readonly kind: 'execute-coldkey-swap'; readonly newColdkey: Ss58 }
  | { readonly kind: 'clear-coldkey-swap' }
  | { readonly kind: 'dispute-coldkey-swap' }
  /** @param timepoint absent: this approval is the first. */
  | ({
      readonly kind: 'multisig-approve'
      readonly timepoint?: Timepoint
      readonly callHash: string
      readonly maxWeight: MaxWeight
    } & MultisigOf)
  | ({ readonly kind: 'multisig-cancel'; readonly timepoint: Timepoint; readonly callHash: string } & MultisigOf)

/** A call that carries others. */
export type NestedIntent =
  | {
      readonly kind: 'proxied'
      readonly real: Ss58
      readonly forceType?: ProxyType
      readonly intent: Intent
    }
  /** A call that was announced before and whose delay is over. */
  | {
      readonly kind: 'proxied-announced'
      readonly delegate: Ss58
      readonly real: Ss58
      readonly forceType?: ProxyType
      readonly intent: Intent
    }
  /** `all`: all or none. `until-failure`: stops at the first that fails. `each`: whatever happens to the others. */
  | {
      readonly kind: 'batch'
      readonly mode: 'all' | 'until-failure' | 'each'
      readonly intents: readonly Intent[]
    }
  /** @param timepoint absent: this is the first approval, and the call is stored with it. */
  | ({
      readonly kind: 'multisig-execute'
      readonly timepoint?: Timepoint
      readonly intent: Intent
      readonly maxWeight: MaxWeight
    } & MultisigOf)
  /** One of one: no approval of others is needed. */
  | { readonly kind: 'multisig-alone'; readonly others: readonly Ss58[]; readonly intent: Intent }

/** What the user agreed to, as data. One member per kind of call that is ever signed. */
export type Intent = PlainIntent | NestedIntent
export type IntentKind = Intent['kind']

/** Deeper nesting than the chain carries out is not signed. @source `Utility` and `Proxy` filters: depth 8 */
export const DEEPEST_INTENT = 4

/** All kinds, for lists that a person chooses from and for checks at the border. */
export const INTENT_KINDS = [
  'add-stake',
  'remove-stake',
  'remove-stake-full',
  'move-stake',
  'swap-stake',
  'transfer-stake',
  'move-stake-limit',
  'lock-stake',
  'move-lock',
  'set-perpetual-lock',
  'reject-locked-alpha',
  'recycle-alpha',
  'burn-alpha',
  'set-auto-stake',
  'claim-root',
  'claim-root-of',
  'limit-order',
  'cancel-order',
  'transfer',
  'transfer-all',
  'register',
  'root-register',
  'swap-hotkey',
  'serve-axon',
  'add-proxy',
  'remove-proxy',
  'remove-proxies',
  'announce-proxied',
  'remove-announcement',
  'reject-announcement',
  'create-pure',
  'kill-pure',
  'announce-coldkey-swap',
  'execute-coldkey-swap',
  'clear-coldkey-swap',
  'dispute-coldkey-swap',
  'multisig-approve',
  'multisig-cancel',
  'proxied',
  'proxied-announced',
  'batch',
  'multisig-execute',
  'multisig-alone',
] as const satisfies readonly IntentKind[]

/** The calls that one intent carries; empty for a plain one. */
export function innerIntents(intent: Intent): readonly Intent[] {
  if (intent.kind === 'batch') return intent.intents
  return 'intent' in intent ? [intent.intent] : []
}
