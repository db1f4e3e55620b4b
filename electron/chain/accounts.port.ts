import type { ColdkeySwaps } from '../../shared/accounts/coldkey-swap.ts'
import type { MultisigFacts, MultisigMembers } from '../../shared/accounts/multisig.ts'
import type { ProxyAnnouncement, ProxyCosts, ProxyFacts, ProxyRule } from '../../shared/accounts/proxy.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Intent, MaxWeight } from '../../shared/signing/intent.ts'
import type { Rao, Ss58 } from '../../shared/units/amounts.ts'
import type { PreparedBytes } from './chain.port.ts'

/** What an intent would cost and weigh, asked of the chain. */
export interface CallQuote {
  readonly atBlock: number
  readonly signer: Ss58
  /** Free and not frozen, of the signer. */
  readonly free: Rao
  readonly existentialDeposit: Rao
  /** Network fee of exactly this call by this signer. */
  readonly txFee: Rao
  /** What the call weighs: the room that a multisig has to give it. */
  readonly weight: MaxWeight
  /** blake2-256 of the call: under this name the chain keeps announcements and multisig operations. */
  readonly callHash: string
  readonly callHex: string
}

/** What the bytes of a call say. */
export interface CallWords {
  readonly callHash: string
  readonly callHex: string
  /** `Pallet.call(name: value)` */
  readonly text: string
  /** Absent where the call is none of those that the app has signed. */
  readonly intent?: Intent | undefined
}

/** The chain seen from what guards an account: changes of coldkey, proxies, shared accounts. One request each, unless said. */
export interface AccountsPort {
  coldkeySwaps(coldkeys: readonly Ss58[]): Promise<Result<ColdkeySwaps, AppError>>
  /** Charged for the first announcement of a coldkey, rao. */
  coldkeySwapCost(): Promise<Result<Rao, AppError>>
  /** What the chain would keep of this coldkey in an announcement. No request. @errors chain/bad-address */
  coldkeyHash(newColdkey: Ss58): Promise<Result<string, AppError>>

  proxies(account: Ss58): Promise<Result<ProxyFacts, AppError>>
  /** Announced by delegates of this account, to be rejected in time. Two requests. */
  announcementsAgainst(account: Ss58): Promise<Result<readonly ProxyAnnouncement[], AppError>>
  /** What each type may do. @errors chain/unsupported where the runtime does not tell */
  proxyRules(): Promise<Result<readonly ProxyRule[], AppError>>
  proxyCosts(): Promise<Result<ProxyCosts, AppError>>

  /** No request. @errors chain/bad-address */
  multisigAddress(account: MultisigMembers): Promise<Result<Ss58, AppError>>
  /** Open operations, each with its call where the opening extrinsic carries it: two requests, and one per operation. */
  multisig(address: Ss58): Promise<Result<MultisigFacts, AppError>>
  /** Kept back while an operation is open, rao. */
  multisigDeposit(threshold: number): Promise<Result<Rao, AppError>>

  /** Two requests. */
  quoteCall(signer: Ss58, intent: Intent): Promise<Result<CallQuote, AppError>>
  /** @param callHex of a call alone, as `quoteCall` and other wallets write it. @errors chain/bad-answer */
  describeCall(callHex: string): Promise<Result<CallWords, AppError>>
  /** Builds the extrinsic of an intent and decodes it again from its bytes. */
  prepareCall(signer: Ss58, intent: Intent): Promise<Result<PreparedBytes, AppError>>
}
