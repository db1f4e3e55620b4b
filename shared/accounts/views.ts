import type { AppError } from '../errors.ts'
import type { Intent } from '../signing/intent.ts'
import type { Rao, Ss58 } from '../units/amounts.ts'
import type { JudgedSwap } from './coldkey-swap.ts'
import type { MultisigAccount, MultisigOperation, MultisigStep } from './multisig.ts'
import type { ProxyAnnouncement, ProxyCosts, ProxyFacts, ProxyRule, PureProxy } from './proxy.ts'

/** Announced changes of all coldkeys that the app shows, watch-only ones too. */
export interface ColdkeyGuard {
  /** Absent until the chain was asked for the first time: then nothing is known, not "nothing is announced". */
  readonly atBlock?: number | undefined
  readonly delayBlocks?: number | undefined
  readonly swaps: readonly JudgedSwap[]
  /** Coldkeys whose announcement nobody here made. */
  readonly alarms: readonly Ss58[]
  /** Why it is not newer. */
  readonly error?: AppError | undefined
}

/** A call that the chain holds the hash of, and this app the call itself. */
export interface KnownCall {
  readonly callHash: string
  /** `Pallet.call(name: value)` */
  readonly text: string
  /** Absent where the app has no word for the call. */
  readonly intent?: Intent | undefined
}

export interface ProxyView {
  readonly facts: ProxyFacts
  /** Announced by delegates in the name of this account. */
  readonly against: readonly ProxyAnnouncement[]
  readonly costs: ProxyCosts
  /** Those of `facts.announced` that were announced with this app. */
  readonly known: readonly KnownCall[]
  /** Accounts without a key that were made here. */
  readonly pure: readonly PureProxy[]
  /** Accounts that this wallet acts for. */
  readonly actingFor: readonly Ss58[]
  /** Absent where the runtime does not tell. */
  readonly rules?: readonly ProxyRule[] | undefined
}

export interface MultisigViewOperation extends MultisigOperation {
  /** Absent when the wallet that is looked at is no member. */
  readonly step?: MultisigStep | undefined
  readonly mayCancel?: boolean | undefined
}

export interface MultisigView {
  readonly account: MultisigAccount
  readonly atBlock: number
  readonly free: Rao
  readonly operations: readonly MultisigViewOperation[]
}

/** Whom the active wallet can act for, on the network of now. */
export interface ActingFor {
  /** Absent while there is no wallet or no chain. */
  readonly wallet?: Ss58 | undefined
  readonly genesis?: string | undefined
  /** All that this app knows; the wallet can act for those that it is a member of. */
  readonly shared: readonly MultisigAccount[]
  readonly proxyOf: readonly Ss58[]
}
